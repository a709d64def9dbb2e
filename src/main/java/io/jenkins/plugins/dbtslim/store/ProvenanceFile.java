package io.jenkins.plugins.dbtslim.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** {@code provenance.json} beside a fetched manifest: one flat JSON object with the fields of {@link Provenance}. */
public final class ProvenanceFile {
    /** Its name, in the folder of the manifest. */
    public static final String NAME = "provenance.json";

    private static final int FORMAT = 1;

    private ProvenanceFile() {}

    /** Writes it beside the manifest. */
    public static void write(Path manifest, Provenance provenance) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("format", FORMAT);
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
        FlatJson.write(manifest.resolveSibling(NAME), fields);
    }

    /** What lies beside the manifest; empty when there is none, or none that can be read. */
    public static Optional<Provenance> read(Path manifest) {
        Path file = manifest.resolveSibling(NAME);
        try {
            return Files.isRegularFile(file) ? Optional.of(of(FlatJson.read(file))) : Optional.empty();
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Provenance of(Map<String, String> fields) {
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
