package io.jenkins.plugins.dbtslim.manifest;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The fields of a resource while it is read; then {@link Resource} keeps it and shows it read-only. */
final class Draft {
    private static final Fingerprint EMPTY_LIST = PythonValues.fingerprint(List.of());

    String uniqueId;
    String resourceType;
    String name;
    String packageName;
    String originalFilePath;
    String patchPath;
    String access = "protected";
    String deprecationDate;
    String genericTestName;
    String sourceName;
    String checksumName;
    String content;
    Map<String, String> inputs = Map.of();
    PendingMark pending;
    Object version;
    Object latestVersion;
    Fingerprint checksum = Fingerprint.NULL;
    boolean contractEnforced;
    List<String> fqn = List.of();
    List<String> tags = List.of();
    List<String> dependsOnNodes = List.of();
    List<String> dependsOnMacros = List.of();
    Map<String, Object> config = Map.of();
    Map<String, Object> unrenderedConfig = Map.of();
    private Map<Facet, Fingerprint> facets = new EnumMap<>(Facet.class);

    void facet(Facet facet, Fingerprint value) {
        facets.put(facet, value);
    }

    boolean has(Facet facet) {
        return facets.containsKey(facet);
    }

    /** What was read, or what dbt's loader puts in place of an absent key. */
    Fingerprint facet(Facet facet) {
        Fingerprint value = facets.get(facet);
        if (value != null) {
            return value;
        }
        return switch (facet) {
            case DESCRIPTION -> Fingerprint.EMPTY_TEXT;
            case ARGUMENTS, OVERLOADS, ENTITIES, DIMENSIONS, MEASURES, EXPORTS, TAGS, QUERY_METRICS, QUERY_GROUP_BY ->
                EMPTY_LIST;
            default -> Fingerprint.NULL;
        };
    }

    /** Drops what only reading needs. */
    void close() {
        facets = null;
        checksum = null;
    }
}
