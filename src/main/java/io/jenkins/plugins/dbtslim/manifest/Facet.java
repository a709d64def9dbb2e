package io.jenkins.plugins.dbtslim.manifest;

import java.util.List;

/** The parts of a resource that dbt compares as a whole, each kept as one {@link Fingerprint}. */
public enum Facet {
    /** {@code raw_code}, or the checksum of a seed. */
    BODY,
    DESCRIPTION,
    /** The map of column to description. */
    COLUMN_DESCRIPTIONS,
    CONTRACT_CHECKSUM,
    LATEST_VERSION,
    DEPRECATION_DATE,
    ARGUMENTS,
    RETURNS,
    OVERLOADS,
    DATABASE,
    SCHEMA,
    IDENTIFIER,
    UNRENDERED_DATABASE,
    UNRENDERED_SCHEMA,
    QUOTING,
    FRESHNESS,
    LOADED_AT_FIELD,
    EXTERNAL,
    TYPE,
    OWNER,
    MATURITY,
    URL,
    LABEL,
    MODEL,
    DEFAULTS,
    ENTITIES,
    DIMENSIONS,
    MEASURES,
    /** The configs of entities, which dbt knows since 1.10; likewise the next two. */
    ENTITY_CONFIGS,
    DIMENSION_CONFIGS,
    MEASURE_CONFIGS,
    PRIMARY_ENTITY,
    GROUP,
    QUERY_METRICS,
    QUERY_GROUP_BY,
    QUERY_WHERE,
    EXPORTS,
    TAGS,
    /** The checksum of a unit test. */
    CHECKSUM;

    private static final List<Facet> NODE =
            List.of(BODY, DESCRIPTION, COLUMN_DESCRIPTIONS, CONTRACT_CHECKSUM, LATEST_VERSION, DEPRECATION_DATE);
    private static final List<Facet> FUNCTION = List.of(
            BODY,
            DESCRIPTION,
            COLUMN_DESCRIPTIONS,
            CONTRACT_CHECKSUM,
            LATEST_VERSION,
            DEPRECATION_DATE,
            ARGUMENTS,
            RETURNS,
            OVERLOADS);
    private static final List<Facet> SOURCE = List.of(
            DATABASE,
            SCHEMA,
            IDENTIFIER,
            UNRENDERED_DATABASE,
            UNRENDERED_SCHEMA,
            QUOTING,
            FRESHNESS,
            LOADED_AT_FIELD,
            EXTERNAL);
    private static final List<Facet> EXPOSURE = List.of(TYPE, OWNER, MATURITY, URL, DESCRIPTION, LABEL);
    private static final List<Facet> METRIC = List.of(TYPE, DESCRIPTION, LABEL);
    private static final List<Facet> SEMANTIC_MODEL = List.of(
            MODEL,
            DESCRIPTION,
            DEFAULTS,
            ENTITIES,
            DIMENSIONS,
            MEASURES,
            ENTITY_CONFIGS,
            DIMENSION_CONFIGS,
            MEASURE_CONFIGS,
            PRIMARY_ENTITY,
            GROUP);
    private static final List<Facet> SAVED_QUERY =
            List.of(QUERY_METRICS, QUERY_GROUP_BY, QUERY_WHERE, DESCRIPTION, LABEL, GROUP, EXPORTS, TAGS);
    private static final List<Facet> UNIT_TEST = List.of(CHECKSUM);

    /** The facets that resources of a section have. */
    public static List<Facet> of(Section section) {
        return switch (section) {
            case NODES -> NODE;
            case FUNCTIONS -> FUNCTION;
            case SOURCES -> SOURCE;
            case EXPOSURES -> EXPOSURE;
            case METRICS -> METRIC;
            case SEMANTIC_MODELS -> SEMANTIC_MODEL;
            case SAVED_QUERIES -> SAVED_QUERY;
            case UNIT_TESTS -> UNIT_TEST;
        };
    }
}
