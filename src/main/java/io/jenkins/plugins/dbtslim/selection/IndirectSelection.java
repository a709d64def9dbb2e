package io.jenkins.plugins.dbtslim.selection;

import java.util.Locale;

/** Which tests join a selection because their parents are in it. */
public enum IndirectSelection {
    /** Every test of which one parent is selected; dbt's default. */
    EAGER,
    /** Tests all of whose parents are selected. */
    CAUTIOUS,
    /** Tests all of whose parents are selected, or ancestors of what is selected, or sources. */
    BUILDABLE,
    /** None. */
    EMPTY;

    /**
     * The mode of dbt's name, in any case.
     *
     * @throws SelectionException if there is none
     */
    public static IndirectSelection of(String name) throws SelectionException {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "eager" -> EAGER;
            case "cautious" -> CAUTIOUS;
            case "buildable" -> BUILDABLE;
            case "empty" -> EMPTY;
            default ->
                throw new SelectionException(
                        "DbtUsageException",
                        "\"" + name
                                + "\" is no mode of indirect selection; there are eager, cautious, buildable and empty");
        };
    }
}
