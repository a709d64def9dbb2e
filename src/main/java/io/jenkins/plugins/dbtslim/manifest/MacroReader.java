package io.jenkins.plugins.dbtslim.manifest;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.List;

/** Reads one macro: hashes its text, keeps which macros it calls. */
final class MacroReader {
    private final JsonParser parser;
    private final ValuePool pool;
    private String packageName;
    private String path;
    private Fingerprint body;
    private Fingerprint trimmed;
    private List<String> dependsOn;

    MacroReader(JsonParser parser, ValuePool pool) {
        this.parser = parser;
        this.pool = pool;
    }

    Macro read(String uniqueId) throws IOException {
        packageName = null;
        path = null;
        body = Fingerprint.NULL;
        trimmed = Fingerprint.NULL;
        dependsOn = List.of();
        Fields.each(parser, this::field);
        pool.count(160);
        return new Macro(uniqueId, packageName, path, body, trimmed, dependsOn);
    }

    private void field(String key) throws IOException {
        switch (key) {
            case "package_name" -> packageName = pool.text(parser);
            case "original_file_path" -> path = pool.text(parser);
            case "macro_sql" -> {
                body = pool.textFingerprint(parser);
                trimmed = TextHash.of(String.valueOf(parser.getText()).strip());
            }
            case "depends_on" -> {
                dependsOn = List.of();
                Fields.each(parser, part -> {
                    if ("macros".equals(part)) {
                        dependsOn = pool.list(parser);
                    } else {
                        parser.skipChildren();
                    }
                });
            }
            default -> parser.skipChildren();
        }
    }
}
