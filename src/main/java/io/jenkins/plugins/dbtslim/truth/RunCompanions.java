package io.jenkins.plugins.dbtslim.truth;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.dbt.result.DbtException;
import io.jenkins.plugins.dbtslim.dbt.result.FormerTimings;
import io.jenkins.plugins.dbtslim.dbt.result.RunResult;
import io.jenkins.plugins.dbtslim.dbt.result.RunResults;
import io.jenkins.plugins.dbtslim.io.Artifacts;
import io.jenkins.plugins.dbtslim.io.AtomicFile;
import io.jenkins.plugins.dbtslim.io.JsonObject;
import io.jenkins.plugins.dbtslim.store.Companion;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;

/**
 * Makes what travels with a manifest of what a run left. dbt's results go without SQL, messages and answers of the database,
 * in which a secret may stand, and which no selector asks.
 */
public final class RunCompanions {
    private RunCompanions() {}

    /**
     * Writes them beside the manifest that is to be published.
     *
     * @param kept folder of what the run left
     * @param former manifest that it was compared with, or null
     */
    public static void write(Path kept, @CheckForNull Path former, Path manifest) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(kept)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (Files.isRegularFile(file)
                        && (name.equals(Companion.SOURCES.fileName())
                                || !Companion.ofFile(name).isEmpty())) {
                    Files.copy(file, manifest.resolveSibling(name), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        Map<String, Double> seconds = new HashMap<>(FormerTimings.read(kept));
        if (former != null) {
            seconds.putAll(FormerTimings.read(former.toAbsolutePath().resolveSibling("")));
        }
        Path file = kept.resolve(Artifacts.RUN_RESULTS);
        if (Files.isRegularFile(file)) {
            try {
                RunResults results = RunResults.read(file);
                results.results().stream()
                        .filter(RunResult::isTiming)
                        .forEach(result -> seconds.put(result.uniqueId(), result.executionSeconds()));
                results(results, manifest.resolveSibling(Companion.RESULTS.fileName()));
            } catch (DbtException e) {
                // What cannot be read is not needed for the manifest.
                Files.deleteIfExists(manifest.resolveSibling(Companion.RESULTS.fileName()));
            }
        }
        if (!seconds.isEmpty()) {
            FormerTimings.write(manifest.toAbsolutePath().resolveSibling(""), seconds);
        }
    }

    private static void results(RunResults results, Path out) throws IOException {
        AtomicFile.write(out, stream -> {
            try (JsonGenerator json = JsonObject.JSON.createGenerator(stream, JsonEncoding.UTF8)) {
                json.writeStartObject();
                json.writeObjectFieldStart("metadata");
                json.writeStringField(
                        "dbt_schema_version",
                        "https://schemas.getdbt.com/dbt/run-results/v" + results.schemaVersion() + ".json");
                json.writeStringField("dbt_version", results.dbtVersion());
                json.writeStringField("generated_at", results.generatedAt());
                json.writeStringField("invocation_id", results.invocationId());
                json.writeObjectFieldStart("env");
                json.writeEndObject();
                json.writeEndObject();
                json.writeArrayFieldStart("results");
                for (RunResult result : results.results()) {
                    result(json, result);
                }
                json.writeEndArray();
                json.writeNumberField("elapsed_time", results.elapsedSeconds());
                json.writeObjectFieldStart("args");
                json.writeEndObject();
                json.writeEndObject();
            }
        });
    }

    /** With every field that dbt wants to read. */
    private static void result(JsonGenerator json, RunResult result) throws IOException {
        json.writeStartObject();
        json.writeStringField("unique_id", result.uniqueId());
        json.writeStringField("status", result.status());
        json.writeArrayFieldStart("timing");
        if (result.startedAt() != null) {
            json.writeStartObject();
            json.writeStringField("name", "execute");
            json.writeStringField("started_at", result.startedAt());
            json.writeStringField("completed_at", result.startedAt());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeStringField("thread_id", "");
        json.writeNumberField("execution_time", result.executionSeconds());
        json.writeObjectFieldStart("adapter_response");
        json.writeEndObject();
        json.writeNullField("message");
        json.writeNullField("failures");
        json.writeNullField("compiled");
        json.writeNullField("compiled_code");
        json.writeNullField("relation_name");
        json.writeEndObject();
    }
}
