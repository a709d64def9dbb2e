package io.jenkins.plugins.dbtslim.manifest;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the {@code metadata} of a manifest and checks that it is one that we know. */
final class MetadataReader {
    /** What dbt 1.12 reads: dbt 1.0 wrote v4, dbt 1.8 and all later ones, 2.x too, write v12. */
    private static final int OLDEST = 4;

    private static final int NEWEST = 12;
    /** Of dbt 2.0.0-preview.6 to .45; later previews and dbt 2 write {@link #NEWEST}. */
    private static final int EARLY_PREVIEW = 20;

    private static final Pattern SCHEMA = Pattern.compile(".*/([a-z-]+)/v(\\d{1,6})(?:\\.json)?/?");

    private MetadataReader() {}

    static Metadata read(ValueReader json) throws IOException {
        if (!json.isObject()) {
            json.skip();
            throw new ManifestException("is no dbt manifest: its metadata is no object" + ManifestException.RIGHT_FILE);
        }
        Map<String, String> texts = new HashMap<>();
        json.object(key -> texts.put(key, json.text()));
        return new Metadata(
                schemaVersion(texts.get("dbt_schema_version")),
                Objects.requireNonNullElse(texts.get("dbt_version"), ""),
                texts.get("project_name"),
                texts.get("adapter_type"),
                texts.get("generated_at"),
                texts.get("invocation_id"));
    }

    private static int schemaVersion(String schema) throws ManifestException {
        if (schema == null) {
            throw new ManifestException(
                    "is no dbt manifest: its metadata has no dbt_schema_version" + ManifestException.RIGHT_FILE);
        }
        Matcher matcher = SCHEMA.matcher(schema);
        if (!matcher.matches()) {
            throw new ManifestException("is no dbt manifest: its dbt_schema_version is \""
                    + ManifestException.shown(schema) + "\"" + ManifestException.RIGHT_FILE);
        }
        if (!matcher.group(1).equals("manifest")) {
            throw new ManifestException("is no dbt manifest but dbt's " + matcher.group(1)
                    + " artifact; give the manifest.json of the same target folder");
        }
        int version = Integer.parseInt(matcher.group(2));
        if (version == EARLY_PREVIEW) {
            throw new ManifestException("was written by an early preview of dbt 2 (schema v" + version
                    + "), which kept no code; let a current dbt write it again");
        }
        if (version < OLDEST || version > NEWEST) {
            throw new ManifestException("has manifest schema v" + version + ", and only v" + OLDEST + " to v" + NEWEST
                    + " (dbt 1.0 to 2.x) are known; "
                    + (version < OLDEST ? "write it again with dbt 1.0 or later" : "update this tool"));
        }
        return version;
    }
}
