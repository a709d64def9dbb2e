package io.jenkins.plugins.dbtslim.jenkins.page;

import io.jenkins.plugins.dbtslim.dbt.ClusterWait;
import io.jenkins.plugins.dbtslim.dbt.RunProgress;
import java.io.Serializable;

/**
 * One look at a running dbt.
 *
 * @param progress what its events tell
 * @param seconds since the start of the run, by the agent's clock
 * @param waiting for the clusters of a deployment, or null
 */
public record ProgressLook(RunProgress progress, double seconds, ClusterWait waiting) implements Serializable {
    private static final long serialVersionUID = 1L;
    static final ProgressLook NONE = new ProgressLook(RunProgress.NONE, 0, null);
}
