package io.jenkins.plugins.dbtslim.store;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serializable;
import java.util.Objects;

/**
 * Whose manifest it is.
 *
 * @param project name of the dbt project, or null when not known
 * @param adapter such as materialize, or null when not known
 */
public record ProjectIdentity(
        @CheckForNull String project, @CheckForNull String adapter) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Whether both are known well enough to say that they are not the same. */
    public boolean differsFrom(ProjectIdentity other) {
        return differ(project, other.project) || differ(adapter, other.adapter);
    }

    private static boolean differ(String one, String other) {
        return one != null && other != null && !Objects.equals(one, other);
    }

    @Override
    public String toString() {
        return "project " + (project == null ? "(unknown)" : project) + " on "
                + (adapter == null ? "(unknown)" : adapter);
    }
}
