package io.jenkins.plugins.dbtslim.jenkins.page;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.dbt.result.ClusterWait;
import io.jenkins.plugins.dbtslim.dbt.result.RunProgress;
import java.io.Serializable;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * One look at a running dbt.
 *
 * @param progress what its events tell
 * @param seconds since the start of the run, by the agent's clock
 * @param waiting for the clusters of a deployment, or null
 */
@Restricted(NoExternalUse.class)
public record ProgressLook(
        RunProgress progress, double seconds, @CheckForNull ClusterWait waiting) implements Serializable {
    private static final long serialVersionUID = 1L;
    static final ProgressLook NONE = new ProgressLook(RunProgress.NONE, 0, null);
}
