package io.jenkins.plugins.dbtslim.manifest;

/** The maps of a manifest whose entries are vertices of dbt's graph, in the order in which dbt looks for an old counterpart. */
public enum Section {
    NODES("nodes"),
    SOURCES("sources"),
    EXPOSURES("exposures"),
    METRICS("metrics"),
    SEMANTIC_MODELS("semantic_models"),
    UNIT_TESTS("unit_tests"),
    SAVED_QUERIES("saved_queries"),
    FUNCTIONS("functions");

    private final String key;

    Section(String key) {
        this.key = key;
    }

    /** The top-level key of the manifest. */
    public String key() {
        return key;
    }

    static Section ofKey(String key) {
        for (Section section : values()) {
            if (section.key.equals(key)) {
                return section;
            }
        }
        return null;
    }
}
