package io.jenkins.plugins.dbtslim.dbt;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.io.UserException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What a build does otherwise on Materialize than on other databases, where objects are dropped with all that reads from
 * them.
 *
 * @param copyPrivileges whether what was granted on an object is granted on the one that takes its place
 * @param replaceMinutes for how long replacements in place may hydrate; 0 to replace nothing in place
 * @param environments names of those of open change requests: what reads in them is no stranger
 */
public record MaterializeOptions(boolean copyPrivileges, int replaceMinutes, List<String> environments)
        implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final List<String> REPLACED = List.of("state:modified+");

    /** What is done unasked. */
    public static final MaterializeOptions DEFAULT = new MaterializeOptions(true, 0, List.of());

    /** Minutes that replacements may take to hydrate if nothing is said. */
    public static final int MINUTES = 60;

    public MaterializeOptions {
        environments = new ArrayList<>(environments); // a plain list, because this travels to agents
    }

    /**
     * For how long replacements may hydrate.
     *
     * @throws UserException if that is no time in which anything could be replaced
     */
    public static int minutes(boolean replace, int limit) throws UserException {
        if (replace && limit < 1) {
            throw new UserException("The time limit for replacing in place (replaceTimeLimit, --replace-time-limit) is"
                    + " above 0 minutes, and not " + limit + ": to replace nothing, leave replace out.");
        }
        return replace ? limit : 0;
    }

    /**
     * Refuses to replace in place where it is not known what.
     *
     * @param select what is built, or null if nothing is compared
     */
    void check(@CheckForNull List<String> select) throws UserException {
        if (replaceMinutes > 0 && select != null && !select.equals(REPLACED)) {
            throw new UserException("Replacing in place goes by what is modified: select state:modified+ and nothing"
                    + " else, or build without replace.");
        }
    }

    /** The same where these environments are known. */
    public MaterializeOptions besides(Collection<String> tags) {
        return new MaterializeOptions(copyPrivileges, replaceMinutes, List.copyOf(tags));
    }
}
