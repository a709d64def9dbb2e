package io.jenkins.plugins.dbtslim.report.make;

import io.jenkins.plugins.dbtslim.report.data.ChangeKind;
import io.jenkins.plugins.dbtslim.report.data.Downstream;
import io.jenkins.plugins.dbtslim.report.data.NodeRun;
import io.jenkins.plugins.dbtslim.report.data.ReportNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What only the whole graph tells of a node, put into each node when the report is made: a page then needs no graph.
 */
public final class GraphFacts {
    private GraphFacts() {}

    /**
     * The same nodes, each with what depends on it, and where it was dropped with the parent that took it along.
     *
     * @param gone unique_ids of what was there before the run and is not any more
     */
    public static List<ReportNode> into(List<ReportNode> nodes, Set<String> gone) {
        Map<String, Integer> dependents = Downstream.counts(nodes);
        Set<String> recreated = new HashSet<>();
        for (ReportNode node : nodes) {
            boolean ran = node.run() != null && node.run().result() != NodeRun.Result.SKIPPED;
            if (ran && node.type().equals("model") && node.change() != ChangeKind.NEW) {
                recreated.add(node.id());
            }
        }
        return nodes.stream()
                .map(node -> node.with()
                        .setsOff(dependents.getOrDefault(node.id(), 0))
                        .droppedWith(droppedWith(node, recreated, gone))
                        .build())
                .toList();
    }

    /** The re-created parent of a node that was there before and was not made again. */
    private static String droppedWith(ReportNode node, Set<String> recreated, Set<String> gone) {
        boolean built = node.run() != null && node.run().result() == NodeRun.Result.OK;
        boolean wasThere = node.change() != ChangeKind.NEW && node.change() != ChangeKind.REMOVED;
        return built || !wasThere || !node.type().equals("model") || !gone.contains(node.id())
                ? null
                : node.dependsOn().stream()
                        .filter(parent -> recreated.contains(parent) || gone.contains(parent))
                        .findFirst()
                        .orElse(null);
    }
}
