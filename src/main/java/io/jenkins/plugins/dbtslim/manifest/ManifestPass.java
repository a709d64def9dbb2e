package io.jenkins.plugins.dbtslim.manifest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The one pass over a manifest: dispatches the top-level keys, whatever their order. */
final class ManifestPass {
    /** Last schema whose metrics have another shape; dbt drops them when it reads a state. */
    private static final int METRICS_DROPPED = 9;

    private final Path file;
    private final ValueReader json;
    private final ResourceReader reader;
    private final Map<Section, Map<String, Resource>> sections = new EnumMap<>(Section.class);
    private Metadata metadata;
    private Map<String, Macro> macros = Map.of();
    private Map<String, Resource> disabled = Map.of();
    private Map<String, Object> selectors = Map.of();

    ManifestPass(Path file, ValueReader json) {
        this.file = file;
        this.json = json;
        this.reader = new ResourceReader(json);
    }

    Manifest read() throws IOException {
        json.object(key -> {
            Section section = Section.ofKey(key);
            if (section != null) {
                sections.put(section, section(section));
            } else {
                other(key);
            }
        });
        if (metadata == null) {
            throw new ManifestException("is no dbt manifest: it has no metadata" + ManifestException.RIGHT_FILE);
        }
        if (metadata.schemaVersion() <= METRICS_DROPPED) {
            sections.remove(Section.METRICS);
        }
        Map<String, Resource> all = new LinkedHashMap<>();
        for (Section section : Section.values()) {
            sections.getOrDefault(section, Map.of()).forEach(all::putIfAbsent);
        }
        return new Manifest(file, metadata, all, macros, disabled, selectors);
    }

    private void other(String key) throws IOException {
        switch (key) {
            case "metadata" -> metadata = MetadataReader.read(json);
            case "macros" -> macros = macros();
            case "disabled" -> disabled = disabled();
            case "selectors" -> selectors = json.map();
            default -> json.skip();
        }
    }

    private Map<String, Resource> section(Section section) throws IOException {
        Map<String, Resource> resources = new LinkedHashMap<>();
        json.entries(key -> {
            Resource resource = reader.read(key, section);
            if (resource != null) {
                resources.put(key, resource);
            }
        });
        return resources;
    }

    private Map<String, Macro> macros() throws IOException {
        Map<String, Macro> read = new HashMap<>();
        MacroReader macro = new MacroReader(json);
        json.entries(key -> {
            if (json.isObject()) {
                read.put(key, macro.read(key));
            } else {
                json.skip();
            }
        });
        return read;
    }

    /** unique_id to a list: several files may define one id. dbt looks at the first. */
    private Map<String, Resource> disabled() throws IOException {
        Map<String, Resource> read = new HashMap<>();
        json.entries(id -> json.array(() -> {
            if (read.containsKey(id)) {
                json.skip();
            } else {
                Resource first = reader.read(id, Section.NODES);
                if (first != null) {
                    read.put(id, first);
                }
            }
        }));
        return read;
    }
}
