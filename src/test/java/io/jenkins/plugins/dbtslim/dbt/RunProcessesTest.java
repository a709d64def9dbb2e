package io.jenkins.plugins.dbtslim.dbt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Nothing of a run goes on building when its driver is gone, in whatever way that went. */
@DisabledOnOs(OS.WINDOWS)
class RunProcessesTest {
    private static final Duration SHORT = Duration.ofMillis(500);

    @TempDir
    Path folder;

    private final List<ProcessHandle> started = new ArrayList<>();

    @AfterEach
    void endAll() {
        started.forEach(ProcessHandle::destroyForcibly);
    }

    /** A driver that ends when it is told, with a dbt that does not; gives the driver. */
    private Process start(Path plan) throws IOException {
        String script = "export DBT_SLIM_PLAN=\"$1\"; (trap '' TERM INT; exec sleep 600) & echo $!; wait";
        Process driver = new ProcessBuilder("sh", "-c", script, "sh", plan.toString()).start();
        BufferedReader out = driver.inputReader();
        started.add(driver.toHandle());
        ProcessHandle dbt = ProcessHandle.of(Long.parseLong(out.readLine())).orElseThrow();
        started.add(dbt);
        while (!dbt.info().command().orElse("").endsWith("sleep")) {
            Thread.onSpinWait(); // until then it has its parent's arguments
        }
        return driver;
    }

    private Process start() throws IOException {
        return start(folder.resolve("plan.json"));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whatAKilledDriverLeavesIsEnded() throws Exception {
        Process driver = start();
        driver.destroyForcibly().waitFor();
        ProcessHandle dbt = started.get(1);
        assertThat(dbt.isAlive()).isTrue();
        RunProcesses.Ended ended = new RunProcesses(folder).end(true, SHORT);
        assertThat(ended).isEqualTo(new RunProcesses.Ended(0, 1, List.of()));
        dbt.onExit().get(1, TimeUnit.MINUTES);
    }

    @Test
    void aDriverIsToldToEndAndWhatItStartedIsEndedToo() throws Exception {
        Process driver = start();
        RunProcesses.Ended ended = new RunProcesses(folder).end(true, Duration.ofMinutes(1));
        assertThat(ended).isEqualTo(new RunProcesses.Ended(0, 1, List.of()));
        assertThat(driver.waitFor(1, TimeUnit.MINUTES)).isTrue();
        started.get(1).onExit().get(1, TimeUnit.MINUTES);
    }

    @Test
    void aDriverThatGoesOnIsEndedByForce() throws Exception {
        start();
        assertThat(new RunProcesses(folder).end(false, SHORT)).isEqualTo(new RunProcesses.Ended(1, 1, List.of()));
    }

    @Test
    void otherRunsAreLeftAlone() throws Exception {
        Process other = start(folder.resolve("2/plan.json"));
        assertThat(new RunProcesses(folder).end(true, SHORT)).isEqualTo(new RunProcesses.Ended(0, 0, List.of()));
        assertThat(other.isAlive()).isTrue();
        assertThat(started.get(1).isAlive()).isTrue();
    }

    @Test
    void oneIsThereUntilItIsGone() throws Exception {
        Process driver = start();
        String name =
                driver.pid() + "@" + driver.info().startInstant().orElseThrow().toEpochMilli();
        assertThat(RunProcesses.isThere(List.of(name))).isTrue();
        assertThat(RunProcesses.isThere(List.of(driver.pid() + "@1")))
                .as("another one of that number")
                .isFalse();
        driver.destroyForcibly().waitFor();
        assertThat(RunProcesses.isThere(List.of(name))).isFalse();
    }
}
