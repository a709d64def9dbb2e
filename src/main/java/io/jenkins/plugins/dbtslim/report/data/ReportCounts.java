package io.jenkins.plugins.dbtslim.report.data;

import io.jenkins.plugins.dbtslim.report.data.NodeRun.Result;
import java.io.Serializable;
import java.util.Collection;
import java.util.function.Predicate;

/**
 * The numbers of the summary line. Changes count everything but tests, which have numbers of their own.
 *
 * @param built models, seeds and snapshots that dbt built without an error
 * @param failed models, seeds, snapshots that failed
 * @param skipped nodes that dbt skipped, tests too
 * @param testsChanged new, modified or removed tests
 * @param notRebuilt models, seeds and snapshots of the project that were not run
 */
public record ReportCounts(
        int added,
        int modified,
        int renamed,
        int removed,
        int downstream,
        int selected,
        int built,
        int failed,
        int skipped,
        int testsPassed,
        int testsWarned,
        int testsFailed,
        int testsChanged,
        int notRebuilt)
        implements Serializable {

    /** Changed resources other than tests. */
    public int changed() {
        return added + modified + renamed + removed;
    }

    /** Counts the nodes of a report. */
    public static ReportCounts of(Collection<ReportNode> nodes, int notRebuilt) {
        return new ReportCounts(
                changed(nodes, ChangeKind.NEW),
                changed(nodes, ChangeKind.MODIFIED),
                changed(nodes, ChangeKind.RENAMED),
                changed(nodes, ChangeKind.REMOVED),
                changed(nodes, ChangeKind.DOWNSTREAM),
                count(nodes, ReportNode::selected),
                ran(nodes, ReportNode::isBuildable, Result.OK) + ran(nodes, ReportNode::isBuildable, Result.WARNED),
                ran(nodes, ReportNode::isBuildable, Result.FAILED),
                ran(nodes, node -> node.isBuildable() || node.isTest(), Result.SKIPPED),
                ran(nodes, ReportNode::isTest, Result.OK),
                ran(nodes, ReportNode::isTest, Result.WARNED),
                ran(nodes, ReportNode::isTest, Result.FAILED),
                count(nodes, node -> node.isTest() && node.change().isChange()),
                notRebuilt);
    }

    private static int changed(Collection<ReportNode> nodes, ChangeKind kind) {
        return count(nodes, node -> !node.isTest() && node.change() == kind);
    }

    private static int ran(Collection<ReportNode> nodes, Predicate<ReportNode> which, Result result) {
        return count(nodes, which.and(node -> node.run() != null && node.run().result() == result));
    }

    private static int count(Collection<ReportNode> nodes, Predicate<ReportNode> which) {
        return (int) nodes.stream().filter(which).count();
    }
}
