package io.jenkins.plugins.dbtslim.report.data;

import io.jenkins.plugins.dbtslim.io.RecordParts;
import io.jenkins.plugins.dbtslim.report.data.NodeRun.Result;
import java.io.Serializable;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * The numbers of the summary line. What dbt builds (models, seeds and snapshots), tests, and all others (sources,
 * exposures, metrics, …) are counted apart, so that numbers with one base add up.
 *
 * @param added new nodes, tests apart; likewise modified, renamed and removed
 * @param downstream models, seeds and snapshots that a change sets off
 * @param built models, seeds and snapshots that dbt built without an error
 * @param failed models, seeds, snapshots that failed
 * @param skipped models, seeds and snapshots that dbt skipped
 * @param testsChanged new, modified or removed tests
 * @param notRebuilt models, seeds and snapshots of the project that were not run
 * @param changedOthers how many of the changed nodes are neither models nor seeds nor snapshots
 * @param downstreamOthers exposures, metrics and the like that a change sets off
 * @param notModels how many of those built, failed and skipped are seeds or snapshots
 * @param hooksFailed hooks and other nodes that failed
 * @param dataCompared models whose data was compared with production's
 * @param dataChanged how many of these have other data
 * @param behind nodes that differ only because production is ahead of the branch: counted in none of the others
 * @param readers how many of those downstream read what changed; where that is not proven, one is in neither number
 * @param nonReaders how many of those downstream provably do not
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
        int notRebuilt,
        int changedOthers,
        int downstreamOthers,
        int notModels,
        int testsSkipped,
        int hooksFailed,
        int dataCompared,
        int dataChanged,
        int behind,
        int readers,
        int nonReaders)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final RecordParts<ReportCounts> PARTS = new RecordParts<>(ReportCounts.class);

    /**
     * The numbers that are kept somewhere.
     *
     * @param number by the name of a component; 0 for what was not counted yet when it was kept
     */
    public static ReportCounts kept(ToIntFunction<String> number) {
        return PARTS.make(PARTS.names().stream().map(number::applyAsInt).toArray());
    }

    /** Each number by its name, in their order: what keeps, writes or exports them goes by it. */
    public Map<String, Integer> toMap() {
        Map<String, Integer> map = new LinkedHashMap<>();
        Object[] values = PARTS.values(this);
        PARTS.names().forEach(name -> map.put(name, (Integer) values[map.size()]));
        return map;
    }

    /** Changed resources other than tests. */
    public int changed() {
        return added + modified + renamed + removed;
    }

    /** Models, seeds and snapshots that were to be built. */
    public int models() {
        return built + failed + skipped;
    }

    /** Tests that were to run. */
    public int tests() {
        return testsPassed + testsWarned + testsFailed + testsSkipped;
    }

    /** Counts the nodes of a report. */
    public static ReportCounts of(Collection<ReportNode> nodes, int notRebuilt) {
        return new ReportCounts(
                changed(nodes, ChangeKind.NEW),
                changed(nodes, ChangeKind.MODIFIED),
                changed(nodes, ChangeKind.RENAMED),
                changed(nodes, ChangeKind.REMOVED),
                count(nodes, ReportCounts::isDownstream),
                count(nodes, ReportNode::selected),
                ran(nodes, ReportNode::isBuildable, Result.OK) + ran(nodes, ReportNode::isBuildable, Result.WARNED),
                ran(nodes, ReportNode::isBuildable, Result.FAILED),
                ran(nodes, ReportNode::isBuildable, Result.SKIPPED),
                ran(nodes, ReportNode::isTest, Result.OK),
                ran(nodes, ReportNode::isTest, Result.WARNED),
                ran(nodes, ReportNode::isTest, Result.FAILED),
                count(nodes, node -> node.isTest() && node.isChangeOfBranch()),
                notRebuilt,
                count(nodes, node -> isOther(node) && node.isChangeOfBranch()),
                count(nodes, node -> isOther(node) && node.change() == ChangeKind.DOWNSTREAM),
                count(nodes, node -> node.isBuildable() && !node.isModel() && node.run() != null),
                ran(nodes, ReportNode::isTest, Result.SKIPPED),
                ran(nodes, ReportCounts::isOther, Result.FAILED),
                count(nodes, node -> node.data() != null && node.data().isCompared()),
                count(
                        nodes,
                        node -> node.data() != null
                                && node.data().isCompared()
                                && node.data().isDifferent()),
                count(nodes, ReportNode::isBehind),
                count(
                        nodes,
                        node -> isDownstream(node)
                                && node.sql() != null
                                && node.sql().isReached()),
                count(
                        nodes,
                        node -> isDownstream(node)
                                && node.sql() != null
                                && node.sql().isUnreached()));
    }

    private static boolean isDownstream(ReportNode node) {
        return node.isBuildable() && node.change() == ChangeKind.DOWNSTREAM;
    }

    private static boolean isOther(ReportNode node) {
        return !node.isBuildable() && !node.isTest();
    }

    private static int changed(Collection<ReportNode> nodes, ChangeKind kind) {
        return count(nodes, node -> !node.isTest() && node.change() == kind && !node.isBehind());
    }

    private static int ran(Collection<ReportNode> nodes, Predicate<ReportNode> which, Result result) {
        return count(nodes, which.and(node -> node.run() != null && node.run().result() == result));
    }

    private static int count(Collection<ReportNode> nodes, Predicate<ReportNode> which) {
        return (int) nodes.stream().filter(which).count();
    }
}
