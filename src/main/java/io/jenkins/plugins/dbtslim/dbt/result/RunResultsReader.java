package io.jenkins.plugins.dbtslim.dbt.result;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One streaming pass over {@code run_results.json}: compiled code, which is nearly all of it, is skipped. */
final class RunResultsReader {
    private static final Pattern SCHEMA = Pattern.compile("/run-results/v(\\d+)\\.json$");
    /** Arguments that let dbt build relations with a part of their rows only. */
    private static final Set<String> NARROWING = Set.of("empty", "sample");

    private static final JsonFactory JSON = new JsonFactory();

    private final Path file;
    private int schemaVersion;
    private String dbtVersion;
    private String generatedAt;
    private String invocationId;
    private double elapsed;
    private String command;
    private String narrowed;
    private final List<RunResult> results = new ArrayList<>();

    RunResultsReader(Path file) {
        this.file = file;
    }

    RunResults read() throws IOException {
        try (JsonParser json = JSON.createParser(Files.newInputStream(file))) {
            read(json);
        }
        if (schemaVersion < 4) {
            throw new DbtException(
                    file
                            + " is not a dbt run_results.json of a known schema version (4 to 6): let dbt 1.0 to 1.12 write it.");
        }
        return new RunResults(
                schemaVersion, dbtVersion, generatedAt, invocationId, elapsed, command, narrowed, List.copyOf(results));
    }

    private void read(JsonParser json) throws IOException {
        try {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new DbtException(file + " is not a dbt run_results.json: it holds no JSON object. Build again.");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String key = json.currentName();
                JsonToken value = json.nextToken();
                switch (key) {
                    case "metadata" -> metadata(json);
                    case "elapsed_time" -> elapsed = value.isNumeric() ? json.getDoubleValue() : 0;
                    case "args" -> arguments(json);
                    case "results" -> results(json);
                    default -> json.skipChildren();
                }
            }
        } catch (StreamConstraintsException e) {
            throw new DbtException(
                    file + " is not dbt's: " + e.getOriginalMessage() + ". Look what wrote it, and build again.", e);
        } catch (StreamReadException e) {
            // The end may also come in the middle of a word or number.
            if (e instanceof JsonEOFException || json.currentLocation().getByteOffset() >= Files.size(file)) {
                throw new DbtException(
                        file + " is cut off: dbt was stopped while writing it, or the disk is full. Build again.", e);
            }
            throw new DbtException(file + " is not JSON: " + e.getOriginalMessage() + ".", e);
        }
    }

    private void metadata(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            return;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            json.nextToken();
            switch (key) {
                case "dbt_schema_version" -> {
                    Matcher m = SCHEMA.matcher(String.valueOf(json.getValueAsString()));
                    schemaVersion = m.find() ? Integer.parseInt(m.group(1)) : 0;
                }
                case "dbt_version" -> dbtVersion = json.getValueAsString();
                case "generated_at" -> generatedAt = json.getValueAsString();
                case "invocation_id" -> invocationId = json.getValueAsString();
                default -> {}
            }
            json.skipChildren();
        }
    }

    private void arguments(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            return;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            JsonToken value = json.nextToken();
            if (NARROWING.contains(key) && value != JsonToken.VALUE_FALSE && value != JsonToken.VALUE_NULL) {
                narrowed = "--" + key;
            } else if (key.equals("which")) {
                command = json.getValueAsString();
            }
            json.skipChildren();
        }
    }

    private void results(JsonParser json) throws IOException {
        while (json.nextToken() == JsonToken.START_OBJECT) {
            results.add(result(json));
        }
    }

    private RunResult result(JsonParser json) throws IOException {
        String uniqueId = null;
        String status = "";
        double seconds = 0;
        String message = null;
        Long failures = null;
        String relation = null;
        String startedAt = null;
        Long rows = null;
        String thread = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            JsonToken value = json.nextToken();
            switch (key) {
                case "unique_id" -> uniqueId = json.getValueAsString();
                case "status" -> status = json.getValueAsString("");
                case "execution_time" -> seconds = value.isNumeric() ? json.getDoubleValue() : 0;
                case "message" -> message = cut(json.getValueAsString());
                case "failures" -> failures = number(json);
                case "relation_name" -> relation = json.getValueAsString();
                case "thread_id" -> thread = json.getValueAsString();
                case "timing" -> startedAt = firstStart(json);
                case "adapter_response" -> rows = rowsAffected(json);
                default -> {}
            }
            json.skipChildren();
        }
        if (uniqueId == null) {
            throw new DbtException(file + " is not a dbt run_results.json: a result has no unique_id. Build again.");
        }
        return new RunResult(uniqueId, status, seconds, message, failures, relation, startedAt, rows, thread);
    }

    /** Timing is a list of compile and execute; the earliest start is the first's. */
    private static String firstStart(JsonParser json) throws IOException {
        String first = null;
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return null;
        }
        while (json.nextToken() == JsonToken.START_OBJECT) {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String key = json.currentName();
                json.nextToken();
                if (key.equals("started_at") && first == null) {
                    first = json.getValueAsString();
                }
                json.skipChildren();
            }
        }
        return first;
    }

    private static Long rowsAffected(JsonParser json) throws IOException {
        Long rows = null;
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return null;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean wanted = json.currentName().equals("rows_affected");
            json.nextToken();
            if (wanted) {
                rows = number(json);
            }
            json.skipChildren();
        }
        return rows;
    }

    private static Long number(JsonParser json) throws IOException {
        boolean fits = json.currentToken() == JsonToken.VALUE_NUMBER_INT
                && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
        if (!fits) {
            json.skipChildren();
        }
        return fits ? json.getLongValue() : null;
    }

    private static String cut(String text) {
        return text == null || text.length() <= RunResult.MAX_MESSAGE
                ? text
                : text.substring(0, RunResult.MAX_MESSAGE) + "…";
    }
}
