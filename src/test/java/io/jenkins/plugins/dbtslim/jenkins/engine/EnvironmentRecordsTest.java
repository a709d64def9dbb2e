package io.jenkins.plugins.dbtslim.jenkins.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jenkins.plugins.dbtslim.jenkins.engine.EnvironmentRecords.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        Entry second = new Entry("gh_ci_42", "mz.example.com:6875", "PR-42", "shop/PR-42#8");
        Entry other = new Entry("gh_ci_42", null, "PR-42", "shop/PR-42#9");
        records.note(new Entry("gh_ci_42", "mz.example.com:6875", "PR-42", "shop/PR-42#7"));
        records.note(second);
        records.note(other);
        assertThat(records.all()).containsExactlyInAnyOrder(second, other);
        records.forget("MZ.example.com:6875", "GH_CI_42");
        assertThat(records.all()).containsExactly(other);
        assertThat(folder.resolve("environments")).isDirectoryContaining("glob:**.properties");
        assertThat(folder.resolve("environments").toFile().list()).hasSize(1);
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
                .isThrownBy(() -> records.note(new Entry("../../config", null, "PR-1", "a#1")));
    }
}
