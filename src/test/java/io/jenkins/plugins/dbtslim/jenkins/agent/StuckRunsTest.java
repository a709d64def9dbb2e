package io.jenkins.plugins.dbtslim.jenkins.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What could not be ended keeps its environment. */
@DisabledOnOs(OS.WINDOWS)
class StuckRunsTest {
    @Test
    void anEnvironmentStaysLockedUntilTheProcessIsGone() throws Exception {
        Process dbt = new ProcessBuilder("sleep", "600").start();
        try {
            StuckRuns.note(List.of("mz gh_ci_31"), new AgentFolder("", "/run"), List.of(name(dbt)));
            assertThat(StuckRuns.isStuck("mz gh_ci_31")).isTrue();
            assertThat(StuckRuns.isStuck("mz gh_ci_32")).isFalse();
            assertThatThrownBy(() -> StuckRuns.require("mz gh_ci_31"))
                    .hasMessage("A dbt that could not be ended may still be at work in this environment (mz gh_ci_31):"
                            + " end process " + dbt.pid() + " of the run in /run, then build again.");
        } finally {
            dbt.destroyForcibly().waitFor(1, TimeUnit.MINUTES);
        }
        StuckRuns.require("mz gh_ci_31");
        assertThat(StuckRuns.isStuck("mz gh_ci_31")).isFalse();
    }

    private static String name(Process process) throws IOException {
        return process.pid() + "@" + process.info().startInstant().orElseThrow().toEpochMilli();
    }
}
