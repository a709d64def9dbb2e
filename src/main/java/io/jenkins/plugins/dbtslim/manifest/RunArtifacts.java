package io.jenkins.plugins.dbtslim.manifest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What selectors need of dbt's other artifacts, {@code run_results.json} and {@code sources.json}. */
public final class RunArtifacts {
    private RunArtifacts() {}

    /**
     * Status by unique_id of a {@code run_results.json}.
     *
     * @throws ManifestException one sentence with the file, what is wrong, and where
     */
    public static Map<String, String> statuses(Path runResults) throws ManifestException {
        Map<String, String> statuses = new LinkedHashMap<>();
        results(runResults, "run_results.json", result -> {
            if (result.get("unique_id") != null && result.get("status") != null) {
                statuses.put(result.get("unique_id"), result.get("status"));
            }
        });
        return statuses;
    }

    /**
     * When each source was loaded last, by unique_id of a {@code sources.json}; empty where the check itself failed.
     *
     * @throws ManifestException one sentence with the file, what is wrong, and where
     */
    public static Map<String, Optional<Instant>> loadedAt(Path sources) throws ManifestException {
        Map<String, Optional<Instant>> loaded = new LinkedHashMap<>();
        results(sources, "sources.json", result -> {
            if (result.get("unique_id") != null) {
                loaded.put(result.get("unique_id"), instant(result.get("max_loaded_at")));
            }
        });
        return loaded;
    }

    private static Optional<Instant> instant(String text) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException withoutOffset) {
            try {
                return Optional.of(LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
            } catch (DateTimeException noDate) {
                return Optional.empty();
            }
        }
    }

    private interface ResultSink {
        void accept(Map<String, String> texts) throws IOException;
    }

    private static void results(Path file, String kind, ResultSink sink) throws ManifestException {
        ManifestInput.read(file, ReadLimits.defaults(), parser -> {
            boolean[] found = new boolean[1];
            Fields.each(parser, key -> {
                if (!"results".equals(key) || parser.currentToken() != JsonToken.START_ARRAY) {
                    parser.skipChildren();
                    return;
                }
                found[0] = true;
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    sink.accept(texts(parser));
                }
            });
            if (!found[0]) {
                throw new ManifestException("is no " + kind + " of dbt: it has no results");
            }
            return null;
        });
    }

    /** The fields of one result that are text. */
    private static Map<String, String> texts(JsonParser parser) throws IOException {
        Map<String, String> texts = new HashMap<>();
        Fields.each(parser, key -> {
            boolean wanted =
                    switch (key) {
                        case "unique_id", "status", "max_loaded_at" -> true;
                        default -> false;
                    };
            if (wanted && parser.currentToken() == JsonToken.VALUE_STRING) {
                texts.put(key, parser.getText());
            } else {
                parser.skipChildren();
            }
        });
        return texts;
    }
}
