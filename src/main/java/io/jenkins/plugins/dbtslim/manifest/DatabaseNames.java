package io.jenkins.plugins.dbtslim.manifest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/** What a manifest's nodes and sources use of the database, by name: so that nobody drops it as something else. */
public final class DatabaseNames {
    private DatabaseNames() {}

    /**
     * Its schemas, databases and clusters, in alphabetical order.
     *
     * @throws ManifestException one sentence with the file, what is wrong, and where
     */
    public static Set<String> of(Path manifest) throws ManifestException {
        Set<String> names = new TreeSet<>();
        ManifestInput.read(manifest, ReadLimits.defaults(), json -> {
            json.object(section -> {
                boolean relations = "nodes".equals(section) || "sources".equals(section);
                if (relations && json.isObject()) {
                    json.entries(id -> node(json, names));
                } else {
                    json.skip();
                }
            });
            return null;
        });
        return names;
    }

    private static void node(ValueReader json, Set<String> names) throws IOException {
        if (!json.isObject()) {
            json.skip();
            return;
        }
        json.object(key -> {
            if ("schema".equals(key) || "database".equals(key) || "cluster".equals(key)) {
                add(json.text(), names);
            } else if ("config".equals(key) && json.isObject()) {
                json.object(option -> {
                    if ("cluster".equals(option)) {
                        add(json.text(), names);
                    } else {
                        json.skip();
                    }
                });
            } else {
                json.skip();
            }
        });
    }

    private static void add(String name, Set<String> names) {
        if (name != null && !name.isBlank()) {
            names.add(name);
        }
    }
}
