package io.jenkins.plugins.dbtslim.truth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.dbtslim.dbt.DbtEnvironment;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A real dbt that stays: starting one for each of many small commands would take most of the time. */
final class DbtWorker implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path log;
    private final Process process;
    private final Writer words;
    private final BufferedReader answers;

    /** dbt's answer to one command. */
    record Answer(boolean success, String exception, List<String> lines) {}

    DbtWorker(Path venv, Path log) throws IOException {
        this.log = log;
        process = new ProcessBuilder(
                        DbtEnvironment.venv(venv.toString()).python(),
                        Path.of("src/test/python/live_dbt.py").toAbsolutePath().toString())
                .redirectError(log.toFile())
                .start();
        words = process.outputWriter(StandardCharsets.UTF_8);
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    Answer run(List<String> command) throws IOException {
        words.write(JSON.writeValueAsString(command) + "\n");
        words.flush();
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("dbt ended: " + Files.readString(log));
        }
        JsonNode answer = JSON.readTree(line);
        List<String> lines = new ArrayList<>();
        answer.get("lines").forEach(item -> lines.add(item.asText()));
        return new Answer(
                answer.get("success").asBoolean(), answer.get("exception").asText(), lines);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
