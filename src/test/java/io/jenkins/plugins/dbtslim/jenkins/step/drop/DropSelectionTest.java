package io.jenkins.plugins.dbtslim.jenkins.step.drop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jenkins.plugins.dbtslim.io.UserException;
import io.jenkins.plugins.dbtslim.jenkins.engine.EnvironmentRecords.Entry;
import io.jenkins.plugins.dbtslim.jenkins.engine.RunSettings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which environments go: those that a closed change request left, and no others. */
class DropSelectionTest {
    private static final List<Entry> RECORDS = List.of(
            new Entry("gh_ci_41", "mz", "PR-41", "41", "shop/PR-41#1"),
            new Entry("gh_ci_42", "mz", "PR-42", "42", "shop/PR-42#1"),
            new Entry("gh_ci_43", "mz", "PR-43", "43", "shop/PR-43#1"),
            new Entry("GH_CI_45", "MZ", "PR-45", "45", "shop/PR-45#1"),
            new Entry("gh_ci_45", "mz", "PR-45-again", "45", "shop/PR-45-again#1"),
            new Entry("gh_ci_46", "mz", "PR-46", "46", "shop/PR-46#1"),
            new Entry("gh_ci_46", "mz", "PR-46-again", "46", "shop/PR-46-again#1"),
            new Entry("gh_ci_44", "elsewhere", "PR-44", "44", "shop/PR-44#1"));
    private static final Map<String, String> IN_USE = Map.of(
            "PR-42", "the job PR-42 is there",
            "PR-43", "a build of PR-43 is running",
            "PR-45-again", "the job PR-45-again is there");

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();

    @Test
    void staleIsWhatNoJobThatUsesItSpeaksFor() {
        DropSelection chosen = DropSelection.stale(RECORDS, entry -> IN_USE.get(entry.job()), "mz", stream());
        assertThat(chosen.tags()).containsExactly("gh_ci_41", "gh_ci_46");
        assertThat(chosen.kept()).containsExactly("gh_ci_42", "gh_ci_43", "GH_CI_45", "gh_ci_44");
        assertThat(log.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "The environment gh_ci_41 is stale: its job PR-41 is gone",
                        "Keeping the environment gh_ci_42: the job PR-42 is there",
                        "Keeping the environment gh_ci_43: a build of PR-43 is running",
                        "Keeping the environment GH_CI_45: the job PR-45-again is there",
                        "The environment gh_ci_46 is stale: its jobs PR-46, PR-46-again are gone",
                        "Keeping the environment gh_ci_44: it is on another host");
    }

    @Test
    void withoutRecordsNothingGoes() {
        assertThat(DropSelection.stale(List.of(), entry -> null, "mz", stream()).tags())
                .isEmpty();
        assertThat(log.toString(StandardCharsets.UTF_8)).contains("No environment is stale");
    }

    @Test
    void oneNeedsAName() throws Exception {
        assertThat(DropSelection.one(new RunSettings("mz", "gh_ci_42")).tags()).containsExactly("gh_ci_42");
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> DropSelection.one(new RunSettings("mz", null)))
                .withMessageContaining("set ciTag");
    }

    private PrintStream stream() {
        return new PrintStream(log, true, StandardCharsets.UTF_8);
    }
}
