package io.jenkins.plugins.dbtslim.manifest;

import io.jenkins.plugins.dbtslim.io.Artifacts;
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
        results(runResults, Artifacts.RUN_RESULTS, result -> {
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

    /** Takes the texts of each result. */
    private interface ResultSink {
        void accept(Map<String, String> texts) throws IOException;
    }

    private static void results(Path file, String kind, ResultSink sink) throws ManifestException {
        ManifestInput.read(file, ReadLimits.defaults(), json -> {
            boolean[] found = new boolean[1];
            json.object(key -> {
                found[0] |= "results".equals(key) && json.isArray();
                if ("results".equals(key)) {
                    json.array(() -> sink.accept(texts(json)));
                } else {
                    json.skip();
                }
            });
            if (!found[0]) {
                throw new ManifestException("is no " + kind + " of dbt: it has no results");
            }
            return null;
        });
    }

    /** The fields of one result that are text. */
    private static Map<String, String> texts(ValueReader json) throws IOException {
        Map<String, String> texts = new HashMap<>();
        json.object(key -> {
            switch (key) {
                case "unique_id", "status", "max_loaded_at" -> texts.put(key, json.text());
                default -> json.skip();
            }
        });
        return texts;
    }
}
