package io.jenkins.plugins.dbtslim.dbt;

import io.jenkins.plugins.dbtslim.io.UserException;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a run refuses to do unawares. Each stops it with one sentence before anything in the database is changed; who
 * knows better allows it by its name. All but {@link #CI_TAG} are checked by the driver, where dbt runs.
 */
public enum Guard {
    /** The CI tag is no plain name, which macros may put into SQL without quotes. */
    CI_TAG("ciTag"),
    /** The profile reads environment variables that are not set; dbt would send the template's text as the password. */
    UNBOUND_CREDENTIALS("unboundCredentials"),
    /** The state lies in dbt's target directory, where dbt overwrites it before it compares. */
    STATE_IN_TARGET("stateInTarget"),
    /** Another major version of dbt wrote the state, and compares by other rules. */
    OTHER_DBT_VERSION("otherDbtVersion"),
    /** The state is another project's: all of this one would count as new. */
    OTHER_PROJECT("otherProject"),
    /** On Materialize: what is selected takes down with it what is not selected and will not be built again. */
    UNSELECTED_DOWNSTREAM("unselectedDownstream"),
    /** On Materialize: sources and sinks of production are dropped and made again. */
    RECREATED_SOURCES("recreatedSources"),
    /** A change request's build: a selected node's relation is the very one that production has. */
    WRITES_PRODUCTION("writesProduction");

    private final String id;

    Guard(String id) {
        this.id = id;
    }

    /** Its name in options. */
    public String id() {
        return id;
    }

    /**
     * Finds guards by their names.
     *
     * @throws UserException with a sentence that lists them
     */
    public static Set<Guard> parse(Collection<String> ids) throws UserException {
        EnumSet<Guard> guards = EnumSet.noneOf(Guard.class);
        for (String id : ids) {
            guards.add(Arrays.stream(values())
                    .filter(guard -> guard.id.equals(id.strip()))
                    .findFirst()
                    .orElseThrow(() -> new UserException("There is no guard \"" + id + "\" to allow: there are "
                            + Arrays.stream(values()).map(Guard::id).collect(Collectors.joining(", ")) + ".")));
        }
        return guards;
    }
}
