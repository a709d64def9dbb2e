package io.jenkins.plugins.dbtslim.dbt;

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

    /** What is done unasked. */
    public static final MaterializeOptions DEFAULT = new MaterializeOptions(true, 0, List.of());

    /** Minutes that replacements may take to hydrate if nothing is said. */
    public static final int MINUTES = 60;

    public MaterializeOptions {
        environments = new ArrayList<>(environments); // a plain list, because this travels to agents
    }

    /** The same where these environments are known. */
    public MaterializeOptions besides(Collection<String> tags) {
        return new MaterializeOptions(copyPrivileges, replaceMinutes, List.copyOf(tags));
    }
}
