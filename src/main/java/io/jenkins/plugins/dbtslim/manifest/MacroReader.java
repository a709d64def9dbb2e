package io.jenkins.plugins.dbtslim.manifest;

import java.io.IOException;
import java.util.List;

/** Reads one macro: hashes its text, keeps which macros it calls. */
final class MacroReader {
    private final ValueReader json;
    private String packageName;
    private String path;
    private Fingerprint body;
    private Fingerprint trimmed;
    private List<String> dependsOn;

    MacroReader(ValueReader json) {
        this.json = json;
    }

    Macro read(String uniqueId) throws IOException {
        packageName = null;
        path = null;
        body = Fingerprint.NULL;
        trimmed = Fingerprint.NULL;
        dependsOn = List.of();
        json.object(this::field);
        json.count(160);
        return new Macro(uniqueId, packageName, path, body, trimmed, dependsOn);
    }

    private void field(String key) throws IOException {
        switch (key) {
            case "package_name" -> packageName = json.text();
            case "original_file_path" -> path = json.text();
            case "macro_sql" -> {
                String text = json.longText();
                body = text == null ? Fingerprint.NULL : Fingerprint.of(text);
                trimmed = text == null ? Fingerprint.NULL : Fingerprint.of(text.strip());
            }
            case "depends_on" -> {
                dependsOn = List.of();
                json.object(part -> {
                    if ("macros".equals(part)) {
                        dependsOn = json.list();
                    } else {
                        json.skip();
                    }
                });
            }
            default -> json.skip();
        }
    }
}
