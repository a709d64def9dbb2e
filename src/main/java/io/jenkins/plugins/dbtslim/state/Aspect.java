package io.jenkins.plugins.dbtslim.state;

/** What can differ between two versions of a resource. The first six have a {@code state:modified.…} of their own. */
public enum Aspect {
    BODY,
    CONFIGS,
    RELATION,
    PERSISTED_DESCRIPTIONS,
    CONTRACT,
    MACROS,
    /** What dbt does not see; it decides where it was asked to. */
    VARS,
    ENV,
    FQN,
    LATEST_VERSION,
    ACCESS,
    DEPRECATION_DATE,
    ARGUMENTS,
    RETURNS,
    OVERLOADS,
    QUOTING,
    FRESHNESS,
    LOADED_AT_FIELD,
    EXTERNAL,
    TYPE,
    OWNER,
    MATURITY,
    URL,
    DESCRIPTION,
    LABEL,
    DEPENDENCIES,
    MODEL,
    DEFAULTS,
    ENTITIES,
    DIMENSIONS,
    MEASURES,
    PRIMARY_ENTITY,
    GROUP,
    QUERY,
    EXPORTS,
    TAGS,
    /** The definition of a unit test, of which dbt keeps a checksum. */
    DEFINITION;
}
