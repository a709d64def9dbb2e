package io.jenkins.plugins.dbtslim.jenkins.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.dbtslim.jenkins.step.slimbuild.SlimBuildStep;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Host and tag: the option, else the environment, else the default. */
class RunSettingsTest {
    private final SlimBuildStep step = new SlimBuildStep();

    private RunSettings of(Map<String, String> environment, String defaultHost) throws Exception {
        return RunSettings.of(step, step.getCiTag(), false, environment, defaultHost);
    }

    @Test
    void optionsComeFirst() throws Exception {
        step.setHost("mz.example.com");
        step.setCiTag("pr_7");
        RunSettings settings = of(Map.of("MZ_HOST", "other", "CI_TAG", "tag", "CHANGE_ID", "12"), "third");
        assertThat(settings.variables())
                .containsExactlyEntriesOf(
                        new java.util.TreeMap<>(Map.of("MZ_HOST", "mz.example.com", "CI_TAG", "pr_7")).descendingMap());
    }

    @Test
    void environmentComesSecond() throws Exception {
        RunSettings settings = of(Map.of("MZ_HOST", "other", "CI_TAG", "tag", "CHANGE_ID", "12"), "third");
        assertThat(settings).isEqualTo(new RunSettings("other", "tag"));
    }

    @Test
    void defaultsComeLast() throws Exception {
        assertThat(of(Map.of("CHANGE_ID", "12"), "third")).isEqualTo(new RunSettings("third", "gh_ci_12"));
        assertThat(of(Map.of(), null)).isEqualTo(new RunSettings(null, null));
    }

    /** What no second build may work in; unquoted names know no case. */
    @Test
    void anEnvironmentIsHostAndTag() {
        assertThat(new RunSettings("MZ", "Gh_Ci_7").environment("shop")).containsExactly("mz gh_ci_7");
        assertThat(new RunSettings("mz", null).environment("shop")).isEmpty();
        assertThat(new RunSettings("mz", null).deployment("shop")).containsExactly("mz blue/green deployment");
    }

    /** Change request 7 of one repository has nothing to do with that of another. */
    @Test
    void aTagOnAnUnknownHostCountsWithinItsProject() {
        assertThat(new RunSettings(null, "x").environment("team/shop")).containsExactly("team/shop x");
        assertThat(new RunSettings(null, "x").environment("")).containsExactly("x");
    }

    @Test
    void namesAreChecked() {
        assertThatThrownBy(() -> of(Map.of("CI_TAG", "x\"; drop schema y"), null))
                .hasMessageContaining("cannot be a CI tag");
        assertThatThrownBy(() -> of(Map.of("MZ_HOST", "a b"), null))
                .hasMessage(
                        "\"a b\" is not the name of a host: give it without https:// and path, in host or MZ_HOST.");
    }
}
