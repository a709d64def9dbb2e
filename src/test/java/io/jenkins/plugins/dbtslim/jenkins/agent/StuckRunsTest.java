package io.jenkins.plugins.dbtslim.jenkins.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What could not be ended keeps its environment. */
@DisabledOnOs(OS.WINDOWS)
class StuckRunsTest {
    @TempDir
    Path home;

    private StuckRuns afterRestart() {
        return new StuckRuns(home.resolve("stuck.properties"));
    }

    @Test
    void anEnvironmentStaysLockedUntilTheProcessIsGone() throws Exception {
        Process dbt = new ProcessBuilder("sleep", "600").start();
        try {
            afterRestart().note(List.of("mz gh_ci_31"), new AgentFolder("", "/run"), List.of(name(dbt)));
            assertThat(afterRestart().isStuck("mz gh_ci_31")).isTrue();
            assertThat(afterRestart().isStuck("mz gh_ci_32")).isFalse();
            assertThatThrownBy(() -> afterRestart().require("mz gh_ci_31"))
                    .hasMessage("A dbt that could not be ended may still be at work in this environment (mz gh_ci_31):"
                            + " end process " + dbt.pid() + " of the run in /run, then build again.");
        } finally {
            dbt.destroyForcibly().waitFor(1, TimeUnit.MINUTES);
        }
        afterRestart().require("mz gh_ci_31");
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void anEnvironmentIsFreeWhenTheNodeIsGoneForGood() throws Exception {
        afterRestart().note(List.of("mz gh_ci_31"), new AgentFolder("pod-7", "C:\\ws=1"), List.of("1@2", "3@4"));
        assertThat(home).isNotEmptyDirectory();
        assertThat(afterRestart().isStuck("mz gh_ci_31")).isFalse();
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void anEnvironmentIsLockedWhileNobodyCanTell() throws Exception {
        Files.createDirectory(home.resolve("stuck.properties"));
        assertThat(afterRestart().isStuck("mz gh_ci_31")).isTrue();
    }

    private static String name(Process process) throws IOException {
        return process.pid() + "@" + process.info().startInstant().orElseThrow().toEpochMilli();
    }
}
