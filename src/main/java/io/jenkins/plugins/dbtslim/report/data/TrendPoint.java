package io.jenkins.plugins.dbtslim.report.data;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;

/**
 * One slim build on its way through the builds of a job.
 *
 * @param name of the build, such as {@code #12}
 * @param href relative link to its report
 * @param counts of its report, or null if it has none
 * @param seconds the whole run took, or 0 if unknown
 * @param saved seconds that were not spent because nodes were not rebuilt, or -1 if unknown
 */
public record TrendPoint(
        String name,
        String href,
        RunStatus outcome,
        @CheckForNull ReportCounts counts,
        double seconds,
        double saved) {
    public int changed() {
        return counts == null ? 0 : counts.changed();
    }

    public int built() {
        return counts == null ? 0 : counts.built();
    }

    /** Nodes and tests. */
    public int failed() {
        return counts == null ? 0 : counts.failed() + counts.testsFailed();
    }
}
