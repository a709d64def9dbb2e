package io.jenkins.plugins.dbtslim.report.picture;

import io.jenkins.plugins.dbtslim.report.data.ReportNode;
import java.util.List;

/** The lineage picture as data: what is drawn, and where. */
public record LineagePlan(LineageGraph graph, LineageLayout layout) {
    public static LineagePlan of(List<ReportNode> nodes) {
        LineageGraph graph = LineageGraph.of(nodes);
        return new LineagePlan(graph, LineageLayout.of(graph));
    }
}
