package io.jenkins.plugins.dbtslim.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.manifest.Section;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** dbt compares the configs of semantic models and saved queries as its current version loads them. */
class ConfigDifferenceTest {
    @Test
    void whatAFormerVersionDidNotWriteIsWhatTheCurrentOneFillsIn() {
        Map<String, Object> of16 = Map.of("enabled", true);
        Map<String, Object> of18 = Map.of("enabled", true, "meta", Map.of());
        assertThat(ConfigDifference.renderedKeys(Section.SEMANTIC_MODELS, of18, of16))
                .isEmpty();
        assertThat(ConfigDifference.renderedKeys(Section.SEMANTIC_MODELS, of16, Map.of()))
                .isEmpty();
        Map<String, Object> of111 = Map.of("enabled", true, "cache", Map.of("enabled", false));
        assertThat(ConfigDifference.renderedKeys(Section.SAVED_QUERIES, of111, of16))
                .isEmpty();
    }

    @Test
    void whatIsSetStillDiffers() {
        assertThat(ConfigDifference.renderedKeys(
                        Section.SEMANTIC_MODELS, Map.of("enabled", true, "meta", Map.of("a", 1)), Map.of()))
                .containsExactly("meta");
        assertThat(ConfigDifference.renderedKeys(
                        Section.SAVED_QUERIES, Map.of("cache", Map.of("enabled", true)), Map.of()))
                .containsExactly("cache");
        assertThat(ConfigDifference.renderedKeys(Section.SEMANTIC_MODELS, Map.of("enabled", false), Map.of()))
                .containsExactly("enabled");
    }
}
