package io.jenkins.plugins.dbtslim.jenkins.step.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.dbtslim.store.FetchOptions.IfMissing;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Options of the fetch, from text to what they mean. */
class ManifestFetchingTest {
    @Test
    void readsAges() throws Exception {
        assertThat(ManifestFetching.age(null)).isNull();
        assertThat(ManifestFetching.age("36h")).isEqualTo(Duration.ofHours(36));
        assertThat(ManifestFetching.age("7 d")).isEqualTo(Duration.ofDays(7));
        assertThat(ManifestFetching.age("90m")).isEqualTo(Duration.ofMinutes(90));
        assertThatThrownBy(() -> ManifestFetching.age("soon"))
                .hasMessage("maxAge is a number with m, h or d, such as 36h or 7d, and not \"soon\".");
    }

    @Test
    void readsWhatToDoWhenMissing() throws Exception {
        assertThat(ManifestFetching.ifMissing(new FetchStep("s3://b/k").getIfMissing()))
                .isEqualTo(IfMissing.FAIL);
        assertThat(ManifestFetching.ifMissing("fullBuild")).isEqualTo(IfMissing.FULL_BUILD);
        assertThat(ManifestFetching.ifMissing("skip")).isEqualTo(IfMissing.SKIP);
        assertThatThrownBy(() -> ManifestFetching.ifMissing("never"))
                .hasMessage("ifMissing is fail, fullBuild or skip, and not \"never\".");
    }
}
