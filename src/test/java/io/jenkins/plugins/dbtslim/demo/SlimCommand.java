package io.jenkins.plugins.dbtslim.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs the packed command as a user does: {@code java -jar target/dbt-slim.jar …}, its output in a log file. */
public final class SlimCommand {
    private final Path log;
    private final Map<String, String> environment = new LinkedHashMap<>();

    /** Logs to this file, anew. */
    public SlimCommand(Path log) throws IOException {
        this.log = log;
        Files.createDirectories(log.getParent());
        Files.deleteIfExists(log);
    }

    /** Sets a variable of the command's environment. */
    public SlimCommand with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Runs it and gives the exit status and what it printed. */
    public Result run(String... args) throws IOException, InterruptedException {
        Path output = Files.createTempFile("dbt-slim", ".log");
        try {
            int status = start(output, args).waitFor();
            String text = Files.readString(output);
            Files.writeString(
                    log,
                    (Files.exists(log) ? Files.readString(log) : "") + "$ dbt-slim " + String.join(" ", args) + "\n"
                            + text + "\n");
            return new Result(status, text);
        } finally {
            Files.delete(output);
        }
    }

    /** Starts it; what it prints goes to this file. */
    public Process start(Path output, String... args) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:TieredStopAtLevel=1"); // short runs: a quick start counts
        command.add("-jar");
        command.add(jar().toString());
        command.addAll(List.of(args));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static Path jar() throws IOException {
        Path jar = Path.of(System.getProperty("project.build.directory", "target"), "dbt-slim.jar");
        if (!Files.exists(jar)) {
            throw new IOException(jar + " is missing: build it with 'mvn package'.");
        }
        return jar;
    }

    /**
     * What came of a command.
     *
     * @param status exit status
     * @param output standard output and error
     */
    public record Result(int status, String output) {}
}
