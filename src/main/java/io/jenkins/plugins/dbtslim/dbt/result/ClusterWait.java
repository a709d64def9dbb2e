package io.jenkins.plugins.dbtslim.dbt.result;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.dbt.result.DeploymentState.Cluster;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A deployment that waits for its clusters to get ready.
 *
 * @param clusters as they were seen last
 * @param left seconds until it gives up
 */
public record ClusterWait(List<Cluster> clusters, double left) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The stage at which a deployment waits, as its driver calls it. */
    private static final String STAGE = "await";

    public ClusterWait {
        // A plain list, because this travels from agents.
        clusters = new ArrayList<>(clusters);
    }

    /** Clusters that are ready. */
    public long ready() {
        return clusters.stream()
                .filter(cluster -> cluster.status().equals("ready"))
                .count();
    }

    /** What the driver of a run noted, or null where it does not wait, and for what cannot be read. */
    @CheckForNull
    public static ClusterWait read(Path keep, RunProgress progress) throws IOException {
        DeploymentState state = STAGE.equals(progress.operation()) ? noted(keep) : null;
        if (state == null || state.waited() < 0 || state.clusters().isEmpty()) {
            return null;
        }
        long written =
                Files.getLastModifiedTime(keep.resolve(DeploymentState.FILE)).toMillis();
        double since = Math.max(0, System.currentTimeMillis() - written) / 1000.0;
        return new ClusterWait(state.clusters(), Math.max(0, state.waitLimit() - state.waited() - since));
    }

    private static DeploymentState noted(Path keep) throws IOException {
        try {
            return DeploymentState.read(keep);
        } catch (DbtException | NumberFormatException e) {
            // Nothing that a project can do to the file stops the view of a run.
            return null;
        }
    }
}
