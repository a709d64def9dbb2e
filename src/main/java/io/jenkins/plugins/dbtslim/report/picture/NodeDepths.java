package io.jenkins.plugins.dbtslim.report.picture;

import io.jenkins.plugins.dbtslim.report.data.ReportNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many nodes lie before each node on the longest way to it. */
final class NodeDepths {
    private NodeDepths() {}

    /** Depth by unique_id. Nodes of a cycle (dbt makes none, a damaged file may) come last, one after the other. */
    static Map<String, Integer> of(List<ReportNode> nodes) {
        Map<String, List<String>> children = new HashMap<>();
        Map<String, Integer> waiting = new HashMap<>();
        nodes.forEach(node -> waiting.put(node.id(), 0));
        for (ReportNode node : nodes) {
            for (String parent : node.dependsOn()) {
                if (waiting.containsKey(parent)) {
                    children.computeIfAbsent(parent, key -> new ArrayList<>()).add(node.id());
                    waiting.merge(node.id(), 1, Integer::sum);
                }
            }
        }
        Map<String, Integer> depths = new HashMap<>();
        Deque<String> ready = new ArrayDeque<>();
        for (ReportNode node : nodes) {
            if (waiting.get(node.id()) == 0) {
                ready.add(node.id());
            }
        }
        Map<String, Integer> reached = new HashMap<>();
        while (!ready.isEmpty()) {
            String id = ready.remove();
            int depth = reached.getOrDefault(id, 0);
            depths.put(id, depth);
            for (String child : children.getOrDefault(id, List.of())) {
                reached.merge(child, depth + 1, Math::max);
                if (waiting.merge(child, -1, Integer::sum) == 0) {
                    ready.add(child);
                }
            }
        }
        for (ReportNode node : nodes) {
            depths.putIfAbsent(node.id(), nodes.size() + depths.size());
        }
        return depths;
    }
}
