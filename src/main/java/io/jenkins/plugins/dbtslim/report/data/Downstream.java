package io.jenkins.plugins.dbtslim.report.data;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts what depends on each node, directly or not; tests do not count. */
public final class Downstream {
    private Downstream() {}

    /**
     * Number of dependents by unique_id. Nodes within a cycle (no dbt makes one) get what is known when the cycle is
     * cut.
     */
    public static Map<String, Integer> counts(List<ReportNode> all) {
        List<ReportNode> nodes = all.stream().filter(node -> !node.isTest()).toList();
        Map<String, Integer> index = new HashMap<>();
        nodes.forEach(node -> index.put(node.id(), index.size()));
        List<List<Integer>> parents = new ArrayList<>();
        int[] waiting = new int[nodes.size()];
        for (ReportNode node : nodes) {
            List<Integer> known = new ArrayList<>();
            for (String id : node.dependsOn()) {
                Integer parent = index.get(id);
                if (parent != null) {
                    known.add(parent);
                    waiting[parent]++;
                }
            }
            parents.add(known);
        }
        BitSet[] below = new BitSet[nodes.size()];
        Deque<Integer> ready = new ArrayDeque<>();
        for (int i = 0; i < nodes.size(); i++) {
            below[i] = new BitSet();
            if (waiting[i] == 0) {
                ready.add(i);
            }
        }
        Map<String, Integer> counts = new HashMap<>();
        while (!ready.isEmpty()) {
            int node = ready.remove();
            counts.put(nodes.get(node).id(), below[node].cardinality());
            for (int parent : parents.get(node)) {
                below[parent].or(below[node]);
                below[parent].set(node);
                if (--waiting[parent] == 0) {
                    ready.add(parent);
                }
            }
            below[node] = null;
        }
        return counts;
    }
}
