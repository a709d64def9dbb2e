package io.jenkins.plugins.dbtslim.standin;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program of the system. */
final class Program {
    private final List<String> command = new ArrayList<>();
    private String input = "";
    private File folder;

    Program(Path program) {
        command.add(program.toString());
    }

    Program with(String... words) {
        command.addAll(List.of(words));
        return this;
    }

    Program input(String text) {
        input = text;
        return this;
    }

    Program in(Path directory) {
        folder = directory.toFile();
        return this;
    }

    /** Starts it, and does not care for what it prints. */
    Process start() throws IOException {
        return new ProcessBuilder(command)
                .directory(folder)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Gives what it printed; a file takes it, because a server that it starts would keep a pipe open. */
    String run() throws IOException, InterruptedException {
        Path output = Files.createTempFile("program", ".log");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            try (OutputStream in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            }
            int status = process.waitFor();
            String text = Files.readString(output);
            if (status != 0) {
                throw new IOException(command.get(0) + " ended with " + status + ": " + text);
            }
            return text;
        } finally {
            Files.delete(output);
        }
    }
}
