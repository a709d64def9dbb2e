package io.jenkins.plugins.dbtslim.dbt.result;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import io.jenkins.plugins.dbtslim.io.AtomicFile;
import io.jenkins.plugins.dbtslim.io.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What nodes took in former runs, as a file {@code timings.json} beside what the driver keeps: seconds by unique_id.
 */
public final class FormerTimings {
    private static final String FILE = "timings.json";

    private FormerTimings() {}

    /** Writes the file, which appears whole; the folder is made if it is missing. */
    public static void write(Path keep, Map<String, Double> seconds) throws IOException {
        AtomicFile.write(keep.resolve(FILE), out -> {
            try (JsonGenerator json = JsonObject.JSON.createGenerator(out, JsonEncoding.UTF8)) {
                JsonObject.write(json, seconds);
            }
        });
    }

    /** What the file says; nothing if there is none, or none that can be read. */
    public static Map<String, Double> read(Path keep) throws IOException {
        Map<String, Double> seconds = new HashMap<>();
        Path file = keep.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return seconds;
        }
        try {
            JsonObject.read(file).decimals().forEach((id, known) -> seconds.put(id, Math.max(0, known)));
        } catch (JacksonException e) {
            seconds.clear();
        }
        return seconds;
    }
}
