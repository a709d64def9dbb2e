package io.jenkins.plugins.dbtslim.jenkins.page;

import io.jenkins.plugins.dbtslim.dbt.result.ClusterWait;
import io.jenkins.plugins.dbtslim.dbt.result.RunProgress;
import io.jenkins.plugins.dbtslim.report.page.LiveView;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** How far a running dbt is, as the controller last heard. */
@Restricted(NoExternalUse.class)
@ExportedBean(defaultVisibility = 2)
public final class LiveState {
    private final ProgressLook glance;
    private final long heard = System.currentTimeMillis();

    /**
     * Heard now.
     *
     * @param glance null before the first
     */
    LiveState(ProgressLook glance) {
        this.glance = glance;
    }

    private RunProgress progress() {
        return glance == null ? RunProgress.NONE : glance.progress();
    }

    private double now() {
        return glance == null ? 0 : glance.seconds() + sinceHeard();
    }

    private double sinceHeard() {
        return (System.currentTimeMillis() - heard) / 1000.0;
    }

    private ClusterWait waiting() {
        ClusterWait wait = glance == null ? null : glance.waiting();
        return wait == null ? null : new ClusterWait(wait.clusters(), Math.max(0, wait.left() - sinceHeard()));
    }

    /** In words. */
    LiveView view() {
        return new LiveView(progress(), now(), waiting());
    }

    /** {@code import}, {@code parse}, {@code operation} or {@code build}; null before the first. */
    @Exported
    public String getPhase() {
        return progress().phase();
    }

    /** Nodes that are to run; -1 until dbt has chosen them. */
    @Exported
    public int getTotal() {
        return progress().total();
    }

    /** Nodes that ended. */
    @Exported
    public int getDone() {
        return progress().done();
    }

    @Exported
    public int getFailed() {
        return progress().failed();
    }

    @Exported
    public int getSkipped() {
        return progress().skipped();
    }

    /** unique_ids of the nodes that are at work. */
    @Exported
    public List<String> getRunning() {
        return new ArrayList<>(progress().running().keySet());
    }

    /** Seconds since dbt was started. */
    @Exported
    public double getSeconds() {
        return now();
    }

    /** Seconds until the end by former timings, or -1 if too few are known. */
    @Exported
    public double getSecondsLeft() {
        return progress().secondsLeft(now());
    }

    /** The clusters that a deployment waits for, as they were seen last; none where it does not wait. */
    @Exported
    public List<LiveCluster> getClusters() {
        ClusterWait wait = waiting();
        return wait == null
                ? List.of()
                : wait.clusters().stream().map(LiveCluster::new).toList();
    }

    /** Seconds until waiting for clusters is given up, or -1 where a deployment does not wait. */
    @Exported
    public double getSecondsUntilLimit() {
        ClusterWait wait = waiting();
        return wait == null ? -1 : wait.left();
    }
}
