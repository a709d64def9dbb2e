package io.jenkins.plugins.dbtslim.dbt;

import io.jenkins.plugins.dbtslim.io.UserException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What a build sees and leaves beyond what dbt does.
 *
 * @param alsoChanged what counts as a change although dbt does not see it: other values of {@code vars}, of the {@code env}
 * @param keepParse targets whose parse is kept for the builds that start from this one
 */
public record Unseen(List<String> alsoChanged, List<String> keepParse) implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final List<String> KINDS = List.of("vars", "env");

    /** What dbt does. */
    public static final Unseen NOTHING = new Unseen(List.of(), List.of());

    public Unseen {
        // Plain lists, because these travel to agents.
        alsoChanged = new ArrayList<>(alsoChanged);
        keepParse = new ArrayList<>(keepParse);
    }

    /** Refuses what is no kind of variable, and what a change request's build may not leave to others. */
    void check(boolean ofChange) throws UserException {
        for (String kind : alsoChanged) {
            if (!KINDS.contains(kind)) {
                throw new UserException("What also counts as changed (alsoChanged, --also-changed) is vars or env; \""
                        + kind + "\" is neither.");
            }
        }
        if (ofChange && !keepParse.isEmpty()) {
            throw new UserException("A change request's parse is for nobody else: keepParse (--keep-parse) is for the"
                    + " builds of production.");
        }
    }
}
