package io.jenkins.plugins.dbtslim.manifest;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;

/** The index of one manifest: all that selectors and comparison need, without the texts. It cannot be changed. */
public final class Manifest {
    private final Path file;
    private final Metadata metadata;
    private final Map<String, Resource> resources;
    private final Map<String, Macro> macros;
    private final Map<String, Resource> disabled;
    private final Map<String, Object> selectors;

    Manifest(
            Path file,
            Metadata metadata,
            Map<String, Resource> resources,
            Map<String, Macro> macros,
            Map<String, Resource> disabled,
            Map<String, Object> selectors) {
        this.file = file;
        this.metadata = metadata;
        this.resources = Collections.unmodifiableMap(resources);
        this.macros = Collections.unmodifiableMap(macros);
        this.disabled = Collections.unmodifiableMap(disabled);
        this.selectors = selectors;
    }

    /** The file it was read from, for the second pass. */
    public Path file() {
        return file;
    }

    public Metadata metadata() {
        return metadata;
    }

    /** Every entry of the eight sections, in the order of the file. */
    public Collection<Resource> resources() {
        return resources.values();
    }

    /** The resource of this unique_id, or null. Disabled ones are not here. */
    @CheckForNull
    public Resource resource(String uniqueId) {
        return resources.get(uniqueId);
    }

    /** Macros by unique_id. */
    public Map<String, Macro> macros() {
        return macros;
    }

    /** The first disabled resource of this unique_id, or null. */
    @CheckForNull
    public Resource disabled(String uniqueId) {
        return disabled.get(uniqueId);
    }

    /** YAML selectors by name, as dbt stores them: {@code {name, definition, …}}. */
    public Map<String, Object> selectors() {
        return selectors;
    }
}
