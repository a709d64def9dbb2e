package io.jenkins.plugins.dbtslim.dbt;

import io.jenkins.plugins.dbtslim.io.UserException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Whether the packages that the project wants ({@code packages.yml}) are installed before dbt reads it. */
public enum Deps {
    /** Where those that are there are not the ones that its files say. */
    AUTO,
    /** Anew by {@code dbt deps}, whatever is there. */
    ALWAYS,
    /** They are somebody else's business. */
    NEVER;

    /** Its name in options. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Finds one by its name.
     *
     * @throws UserException with a sentence that lists them
     */
    public static Deps parse(String id) throws UserException {
        return Arrays.stream(values())
                .filter(deps -> deps.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new UserException("There is no \"" + id + "\" of deps: there are "
                        + Arrays.stream(values()).map(Deps::id).collect(Collectors.joining(", ")) + "."));
    }
}
