package io.jenkins.plugins.dbtslim.report.picture;

import io.jenkins.plugins.dbtslim.report.data.ReportNode;
import java.util.List;

/** The lineage picture as data: what is drawn, and where. Made with the report, so that a page only has to write it down. */
public record LineagePlan(LineageGraph graph, LineageLayout layout) {
    public static LineagePlan of(List<ReportNode> nodes) {
        LineageGraph graph = LineageGraph.of(nodes);
        return new LineagePlan(graph, LineageLayout.of(graph));
    }
}
