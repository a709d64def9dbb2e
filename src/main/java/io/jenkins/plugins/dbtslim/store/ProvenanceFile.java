package io.jenkins.plugins.dbtslim.store;

import io.jenkins.plugins.dbtslim.io.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * {@code provenance.json} beside a fetched manifest: one flat JSON object with the fields of {@link Provenance}. Where
 * nothing was fetched, it says what a deploy saw at the store when it began ({@link Seen}).
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
    public record Seen(String uri, String etag) {
        /** What must still hold when the deploy publishes. */
        public Condition unchanged() {
            return etag == null ? new Condition.Absent() : new Condition.Unchanged(etag);
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

    /** What lies beside the manifest; empty when there is none, or none that can be read. */
    public static Optional<Provenance> read(Path manifest) {
        try {
            return fields(manifest)
                    .filter(fields -> fields.containsKey("sha256"))
                    .map(ProvenanceFile::of);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** What lay at the store at the last fetch, or look, into this folder; empty when that is not known. */
    public static Optional<Seen> seen(Path manifest) {
        return fields(manifest)
                .filter(fields -> fields.containsKey("uri"))
                .map(fields -> new Seen(fields.get("uri"), fields.get("etag")));
    }

    private static Optional<Map<String, String>> fields(Path manifest) {
        Path file = manifest.resolveSibling(NAME);
        try {
            return Files.isRegularFile(file) ? Optional.of(JsonObject.read(file).scalars()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
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
