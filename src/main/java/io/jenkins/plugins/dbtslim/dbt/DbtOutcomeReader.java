package io.jenkins.plugins.dbtslim.dbt;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.jenkins.plugins.dbtslim.dbt.DbtOutcome.Message;
import io.jenkins.plugins.dbtslim.dbt.DbtOutcome.OperationResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Reads the driver's {@code outcome.json}. */
final class DbtOutcomeReader {
    private static final JsonFactory JSON = new JsonFactory();

    private final Path keep;
    private ExitStatus status = ExitStatus.ERROR;
    private String error;
    private String dbtVersion;
    private String adapter;
    private boolean oneProcess;
    private String invocationId;
    private SortedSet<String> selected;
    private final Map<String, Boolean> flags = new LinkedHashMap<>();
    private final List<OperationResult> operations = new ArrayList<>();
    private final Map<String, Double> seconds = new LinkedHashMap<>();
    private final List<Message> messages = new ArrayList<>();
    private final List<RunResult> interrupted = new ArrayList<>();

    DbtOutcomeReader(Path keep) {
        this.keep = keep;
    }

    DbtOutcome read() throws IOException {
        Path file = keep.resolve(DbtOutcome.FILE);
        if (!Files.isRegularFile(file)) {
            throw new DbtException("The dbt driver left no " + file
                    + ": it could not be started or was killed; the lines above say which.");
        }
        try (JsonParser json = JSON.createParser(Files.newInputStream(file))) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String key = json.currentName();
                json.nextToken();
                field(key, json);
            }
        } catch (JsonParseException e) {
            throw new DbtException(
                    file + " is damaged, so dbt may have been killed or the disk may be full: build again ("
                            + e.getOriginalMessage() + ").",
                    e);
        }
        return new DbtOutcome(
                status,
                error,
                dbtVersion,
                adapter,
                oneProcess,
                invocationId,
                selected,
                Map.copyOf(flags),
                List.copyOf(operations),
                Map.copyOf(seconds),
                List.copyOf(messages),
                List.copyOf(interrupted),
                kept("manifest.json"),
                kept("run_results.json"));
    }

    private void field(String key, JsonParser json) throws IOException {
        switch (key) {
            case "status" -> status = ExitStatus.valueOf(json.getValueAsString());
            case "error" -> error = json.getValueAsString();
            case "dbt_version" -> dbtVersion = json.getValueAsString();
            case "adapter" -> adapter = json.getValueAsString();
            case "one_process" -> oneProcess = json.getValueAsBoolean();
            case "invocation_id" -> invocationId = json.getValueAsString();
            case "selected" -> selected = ids(json);
            case "flags" -> object(json).forEach((name, value) -> flags.put(name, Boolean.valueOf(value)));
            case "seconds" -> {
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    String phase = json.currentName();
                    json.nextToken();
                    seconds.put(phase, json.getValueAsDouble());
                }
            }
            case "operations" -> {
                while (json.nextToken() == JsonToken.START_OBJECT) {
                    Map<String, String> o = object(json);
                    operations.add(new OperationResult(
                            o.get("macro"), o.get("status"), Double.parseDouble(o.getOrDefault("seconds", "0"))));
                }
            }
            case "messages" -> {
                while (json.nextToken() == JsonToken.START_OBJECT) {
                    Map<String, String> m = object(json);
                    messages.add(new Message(m.get("level"), m.get("event"), m.get("text")));
                }
            }
            case "interrupted" -> {
                while (json.nextToken() == JsonToken.START_OBJECT) {
                    Map<String, String> i = object(json);
                    interrupted.add(RunResult.interrupted(
                            i.get("id"), i.get("started"), Double.parseDouble(i.getOrDefault("seconds", "0"))));
                }
            }
            default -> json.skipChildren();
        }
    }

    private static SortedSet<String> ids(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            return null;
        }
        SortedSet<String> ids = new TreeSet<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            ids.add(json.getValueAsString());
        }
        return ids;
    }

    private static Map<String, String> object(JsonParser json) throws IOException {
        Map<String, String> values = new LinkedHashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            json.nextToken();
            values.put(key, json.getValueAsString());
        }
        return values;
    }

    private Path kept(String name) {
        Path file = keep.resolve(name);
        return Files.isRegularFile(file) ? file : null;
    }
}
