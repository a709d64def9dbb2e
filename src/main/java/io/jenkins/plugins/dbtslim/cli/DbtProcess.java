package io.jenkins.plugins.dbtslim.cli;

import io.jenkins.plugins.dbtslim.dbt.DbtDriver;
import io.jenkins.plugins.dbtslim.dbt.result.DbtException;
import io.jenkins.plugins.dbtslim.dbt.result.DbtOutcome;
import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs the driver as a child of this JVM and shows what it prints. */
final class DbtProcess {
    /** More than the driver gives dbt to cancel its statements. */
    static final int SECONDS_TO_END = 20;

    private final DbtDriver driver;
    private final Map<String, String> environment;
    private volatile boolean ended;

    /**
     * A process to be.
     *
     * @param environment variables to set beside those of this process
     */
    DbtProcess(DbtDriver driver, Map<String, String> environment) {
        this.driver = driver;
        this.environment = environment;
    }

    /** Runs it to its end, copying its output; when this JVM is told to end, dbt is interrupted and waited for. */
    DbtOutcome run(PrintWriter out) throws IOException, InterruptedException {
        List<String> command = driver.command();
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        builder.environment().put("PYTHONUNBUFFERED", "1");
        builder.environment().put("PYTHONIOENCODING", "utf-8");
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new DbtException(
                    command.get(0) + " cannot be started: install Python 3.9 or newer with dbt, or give --venv.", e);
        }
        // A driver that was killed may leave a dbt that goes on building, and holds the pipe that is read here.
        CompletableFuture<Void> rest = process.onExit().thenRun(() -> endRest(out));
        Thread end = new Thread(() -> end(process), "end of dbt");
        try {
            Runtime.getRuntime().addShutdownHook(end);
        } catch (IllegalStateException e) {
            end(process); // the signal came first
        }
        try {
            copy(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8), out);
            int status = process.waitFor();
            rest.join();
            return outcome(status);
        } finally {
            if (process.isAlive()) {
                end(process);
            }
            try {
                Runtime.getRuntime().removeShutdownHook(end);
            } catch (IllegalStateException e) {
                // The JVM is ending: the hook is at work, or has done its work.
            }
        }
    }

    /** Of one that was ended before it could write how: that is known here. */
    private DbtOutcome outcome(int status) throws IOException {
        try {
            return driver.outcome(status);
        } catch (DbtException e) {
            if (ended) {
                return DbtOutcome.without(RunStatus.ABORTED, null);
            }
            throw e;
        }
    }

    private void endRest(PrintWriter out) {
        try {
            List<String> left = driver.endRest();
            if (!left.isEmpty()) {
                out.println("dbt-slim: dbt goes on and could not be ended: end " + String.join(", ", left));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void end(Process process) {
        ended = true;
        // Not Process.destroy, which closes the pipe with dbt's last lines.
        process.toHandle().destroy();
        try {
            if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static void copy(Reader in, PrintWriter out) throws IOException {
        char[] buffer = new char[8192];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            out.write(buffer, 0, n);
            out.flush();
        }
    }
}
