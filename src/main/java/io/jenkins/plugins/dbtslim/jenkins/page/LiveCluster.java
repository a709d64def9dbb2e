package io.jenkins.plugins.dbtslim.jenkins.page;

import io.jenkins.plugins.dbtslim.dbt.result.DeploymentState.Cluster;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A cluster that a deployment waits for. */
@Restricted(NoExternalUse.class)
@ExportedBean(defaultVisibility = 3)
public final class LiveCluster {
    private final Cluster cluster;

    LiveCluster(Cluster cluster) {
        this.cluster = cluster;
    }

    @Exported
    public String getName() {
        return cluster.name();
    }

    /** {@code ready}, {@code hydrating}, {@code lagging} or {@code failing}. */
    @Exported
    public String getStatus() {
        return cluster.status();
    }

    /** Objects that are hydrated. */
    @Exported
    public int getHydrated() {
        return cluster.hydrated();
    }

    /** Objects that are to be. */
    @Exported
    public int getTotal() {
        return cluster.total();
    }

    /** Seconds behind. */
    @Exported
    public int getLag() {
        return cluster.lag();
    }
}
