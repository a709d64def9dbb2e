package io.jenkins.plugins.dbtslim.store;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.io.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * {@code provenance.json} beside a fetched manifest, for people: one flat JSON object with the fields of {@link Provenance}.
 * Where nothing was fetched, it says what a deploy saw at the store when it began ({@link Seen}). Nothing reads it, because a
 * checkout may bring such a file along: what decides is noted where no checkout can write, in the same fields.
 */
public final class ProvenanceFile {
    /** Its name, in the folder of the manifest. */
    public static final String NAME = "provenance.json";

    private static final int FORMAT = 1;

    private ProvenanceFile() {}

    /**
     * What lay at a store when somebody looked.
     *
     * @param uri where
     * @param etag of it, or null when nothing was there
     */
    public record Seen(String uri, @CheckForNull String etag) {
        /** What must still hold when the deploy publishes. */
        public Condition unchanged() {
            return Condition.unchanged(etag);
        }
    }

    /** Writes it beside the manifest. */
    public static void write(Path manifest, Provenance provenance) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("format", FORMAT);
        fields.putAll(fields(provenance));
        JsonObject.write(manifest.resolveSibling(NAME), fields);
    }

    /** Writes what was seen where the manifest would lie. */
    static void write(Path manifest, Seen seen) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("format", FORMAT);
        fields.put("uri", seen.uri());
        fields.put("etag", seen.etag());
        JsonObject.write(manifest.resolveSibling(NAME), fields);
    }

    /** Names and values as in the file, without those that are not known. */
    public static Map<String, Object> fields(Provenance provenance) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("uri", provenance.uri());
        fields.put("etag", provenance.etag());
        fields.put("version_id", provenance.versionId());
        fields.put("last_modified", provenance.lastModified());
        fields.put("sha256", provenance.sha256());
        fields.put("size", provenance.size());
        fields.put("schema_version", provenance.schemaVersion());
        fields.put("dbt_version", provenance.dbtVersion());
        fields.put("project", provenance.project());
        fields.put("adapter", provenance.adapter());
        fields.put("generated_at", provenance.generatedAt());
        fields.put("build", provenance.build());
        fields.put("commit", provenance.commit());
        fields.put("fetched_at", provenance.fetchedAt());
        fields.values().removeIf(Objects::isNull);
        return fields;
    }

    /** The same as texts, to be stored. */
    public static Map<String, String> texts(Provenance provenance) {
        Map<String, String> texts = new LinkedHashMap<>();
        fields(provenance).forEach((name, value) -> texts.put(name, value.toString()));
        return texts;
    }

    /** The record of such fields. */
    public static Provenance of(Map<String, String> fields) {
        return new Provenance(
                fields.get("uri"),
                fields.get("etag"),
                fields.get("version_id"),
                fields.get("last_modified"),
                fields.get("sha256"),
                Long.parseLong(fields.getOrDefault("size", "0")),
                Integer.parseInt(fields.getOrDefault("schema_version", "0")),
                fields.get("dbt_version"),
                fields.get("project"),
                fields.get("adapter"),
                fields.get("generated_at"),
                fields.get("build"),
                fields.get("commit"),
                fields.get("fetched_at"));
    }
}
