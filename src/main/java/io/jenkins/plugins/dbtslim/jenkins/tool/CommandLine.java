package io.jenkins.plugins.dbtslim.jenkins.tool;

import io.jenkins.plugins.dbtslim.dbt.result.DbtException;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs one command on this machine and keeps the last lines of what it prints, for a message. */
final class CommandLine {
    private static final int LAST_LINES = 8;
    private static final int MAX_LINE = 500;
    private final File directory;
    private final Map<String, String> environment;
    private final int minutes;

    /**
     * Runs nothing yet.
     *
     * @param environment the whole environment of the commands
     * @param minutes after which a command is ended
     */
    CommandLine(File directory, Map<String, String> environment, int minutes) {
        this.directory = directory;
        this.environment = environment;
        this.minutes = minutes;
    }

    /** How a command ended, and its last lines. */
    record Ended(int status, List<String> lines) {
        String text() {
            return String.join("\n", lines);
        }
    }

    /**
     * Runs it to its end; ends it when this thread is interrupted.
     *
     * @throws IOException when it cannot be started
     */
    Ended run(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.redirectInput(ProcessBuilder.Redirect.from(new File(File.separatorChar == '\\' ? "NUL" : "/dev/null")));
        Process process = builder.start();
        Deque<String> last = new ArrayDeque<>();
        Thread reader = new Thread(() -> read(process, last), "output of " + command.get(0));
        reader.setDaemon(true);
        reader.start();
        try {
            if (!process.waitFor(minutes, TimeUnit.MINUTES)) {
                throw new DbtException(String.join(" ", command) + " did not end within " + minutes
                        + " minutes: look what holds it up there, such as a package index that does not answer.");
            }
            reader.join(TimeUnit.SECONDS.toMillis(10));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        synchronized (last) {
            return new Ended(process.exitValue(), new ArrayList<>(last));
        }
    }

    private static void read(Process process, Deque<String> last) {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                synchronized (last) {
                    if (!line.isBlank()) {
                        last.add(line.length() > MAX_LINE ? line.substring(0, MAX_LINE) + "…" : line);
                    }
                    if (last.size() > LAST_LINES) {
                        last.remove();
                    }
                }
            }
        } catch (IOException e) {
            // The process was ended: what it said so far is kept.
        }
    }
}
