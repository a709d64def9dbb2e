package io.jenkins.plugins.dbtslim.state;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/** The values of dbt's {@code state:} method. */
public enum StateSelector {
    NEW("new"),
    OLD("old"),
    MODIFIED("modified"),
    UNMODIFIED("unmodified"),
    BODY("modified.body"),
    CONFIGS("modified.configs"),
    PERSISTED_DESCRIPTIONS("modified.persisted_descriptions"),
    RELATION("modified.relation"),
    MACROS("modified.macros"),
    CONTRACT("modified.contract");

    private final String value;

    StateSelector(String value) {
        this.value = value;
    }

    /** The text after {@code state:}. */
    public String value() {
        return value;
    }

    /** The selector of this value, or null. dbt takes case seriously. */
    @CheckForNull
    public static StateSelector of(String value) {
        for (StateSelector selector : values()) {
            if (selector.value.equals(value)) {
                return selector;
            }
        }
        return null;
    }
}
