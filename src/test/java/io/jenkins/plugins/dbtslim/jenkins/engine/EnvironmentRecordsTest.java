package io.jenkins.plugins.dbtslim.jenkins.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jenkins.plugins.dbtslim.jenkins.engine.EnvironmentRecords.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is remembered of environments, and how long. */
class EnvironmentRecordsTest {
    @TempDir
    Path folder;

    @Test
    void remembersTheLastBuildUntilTheEnvironmentIsGone() throws IOException {
        EnvironmentRecords records = new EnvironmentRecords(null, folder.resolve("environments"));
        assertThat(records.all()).isEmpty();
        records.forget(null, "gh_ci_1");
        Entry second = new Entry("gh_ci_42", "mz.example.com:6875", "PR-42", "42", "shop/PR-42#8");
        Entry other = new Entry("gh_ci_42", null, "PR-42", "42", "shop/PR-42#9");
        records.note(new Entry("gh_ci_42", "mz.example.com:6875", "PR-42", "42", "shop/PR-42#7"));
        records.note(second);
        records.note(other);
        assertThat(records.all()).containsExactlyInAnyOrder(second, other);
        records.forget("MZ.example.com:6875", "GH_CI_42");
        assertThat(records.all()).containsExactly(other);
        assertThat(folder.resolve("environments")).isDirectoryContaining("glob:**.properties");
        assertThat(folder.resolve("environments").toFile().list()).hasSize(1);
    }

    /** The last one to write must not take an environment from the others. */
    @Test
    void eachJobHasARecordOfItsOwn() throws IOException {
        EnvironmentRecords records = new EnvironmentRecords(null, folder);
        Entry owner = new Entry("gh_ci_7", "mz", "PR-7", "7", "shop/PR-7#1");
        Entry other = new Entry("GH_CI_7", "MZ", "feature%2Fä b", "7", "shop/x#1");
        records.note(owner);
        records.note(other);
        assertThat(records.all()).containsExactlyInAnyOrder(owner, other);
        assertThat(records.of("mz", "gh_ci_7")).containsExactlyInAnyOrder(owner, other);
        assertThat(records.of(null, "gh_ci_7")).isEmpty();
        records.forget("mz", "gh_ci_7");
        assertThat(records.all()).isEmpty();
    }

    /** Also where a former version, or anybody else, wrote down that a pull request used it. */
    @Test
    void whatIsNoChangeRequestsOwnIsKept() {
        EnvironmentRecords records = new EnvironmentRecords(null, folder);
        StepKey key = new StepKey("shop/main#1", "5");
        assertThat(List.of(
                        new Entry("production", null, "PR-8", "8", "shop/PR-8#1"),
                        new Entry("gh_ci_7", null, "PR-8", "8", "shop/PR-8#1"),
                        new Entry("gh_ci_8", null, "PR-8", null, "shop/PR-8#1")))
                .allSatisfy(entry -> assertThat(records.keptBy(entry, List.of(), key))
                        .isEqualTo("it is not known to be a change request's own, only that PR-8 used it"));
    }

    /** What lies in one of these may be dropped with what it reads, so that no other name may be among them. */
    @Test
    void onlyChangeRequestsOwnTagsAreKnown() throws IOException {
        EnvironmentRecords records = new EnvironmentRecords(null, folder);
        records.note(new Entry("gh_ci_7", "mz", "PR-7", "7", "shop/PR-7#1"));
        records.note(new Entry("gh_ci_7", "mz", "feature", "7", "shop/x#1"));
        records.note(new Entry("gh_ci_8", "elsewhere", "PR-8", "8", "shop/PR-8#1"));
        records.note(new Entry("public", "mz", "PR-9", "9", "shop/PR-9#1"));
        records.note(new Entry("gh_ci_10", "mz", "PR-10", null, "shop/PR-10#1"));
        assertThat(records.tags("MZ", List.of())).containsExactly("gh_ci_7");
    }

    @Test
    void whatIsNoRecordIsLeftAlone() throws IOException {
        EnvironmentRecords records = new EnvironmentRecords(null, folder);
        Files.writeString(folder.resolve("half.properties"), "tag=x\n");
        Files.writeString(folder.resolve("README"), "tag=x\njob=y\n");
        assertThat(records.all()).isEmpty();
    }

    @Test
    void aNameCannotLeaveTheFolder() {
        EnvironmentRecords records = new EnvironmentRecords(null, folder);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> records.note(new Entry("../../config", null, "PR-1", "1", "a#1")));
    }
}
