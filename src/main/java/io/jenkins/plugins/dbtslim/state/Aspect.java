package io.jenkins.plugins.dbtslim.state;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/** What can differ between two versions of a resource. The first six have a {@code state:modified.…} of their own. */
public enum Aspect {
    BODY("body", "code"),
    CONFIGS("configs", "config"),
    RELATION("relation", "database, schema or alias"),
    PERSISTED_DESCRIPTIONS("persisted_descriptions", "persisted descriptions"),
    CONTRACT("contract", "contract"),
    MACROS("macros", "a macro"),
    /** What dbt does not see; it decides where it was asked to. */
    VARS("a var"),
    ENV("an environment variable"),
    FQN("folder"),
    LATEST_VERSION("latest version"),
    ACCESS("access"),
    DEPRECATION_DATE("deprecation date"),
    ARGUMENTS("arguments"),
    RETURNS("returned value"),
    OVERLOADS("overloads"),
    QUOTING("quoting"),
    FRESHNESS("freshness"),
    LOADED_AT_FIELD("loaded_at_field"),
    EXTERNAL("external properties"),
    TYPE("type"),
    OWNER("owner"),
    MATURITY("maturity"),
    URL("URL"),
    DESCRIPTION("description"),
    LABEL("label"),
    DEPENDENCIES("dependencies"),
    MODEL("model"),
    DEFAULTS("defaults"),
    ENTITIES("entities"),
    DIMENSIONS("dimensions"),
    MEASURES("measures"),
    PRIMARY_ENTITY("primary entity"),
    GROUP("group"),
    QUERY("query"),
    EXPORTS("exports"),
    TAGS("tags"),
    /** The definition of a unit test, of which dbt keeps a checksum. */
    DEFINITION("definition");

    private final String subSelector;
    private final String title;

    Aspect(String title) {
        this(null, title);
    }

    Aspect(String subSelector, String title) {
        this.subSelector = subSelector;
        this.title = title;
    }

    /** The selector that shows it, such as {@code state:modified.body}, or null when only plain {@code state:modified} does. */
    @CheckForNull
    public String selector() {
        return subSelector == null ? null : "state:modified." + subSelector;
    }

    /** What a reader calls it, in lower case. */
    public String title() {
        return title;
    }
}
