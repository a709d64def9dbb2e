package io.jenkins.plugins.dbtslim.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the lineage picture shows: boxes and edges. Tests are part of the box that they test. Up to {@value #NODES} nodes each has a box of its
 * own; beyond that the nodes of a folder share one, but failed ones stay by themselves, because they are what one looks for.
 *
 * @param edges pairs of box indices, from parent to child, without doubles and without circles
 * @param collapsed whether boxes stand for folders
 */
record LineageGraph(List<Box> boxes, List<int[]> edges, boolean collapsed) {
    static final int NODES = 500;
    private static final int FOLDERS = 120;
    private static final int FAILED_APART = 30;

    /**
     * One box.
     *
     * @param nodes one node, or those of a folder
     * @param tests tests of these nodes that ran
     * @param failedTests how many of them failed
     */
    record Box(String label, List<ReportNode> nodes, int tests, int failedTests) {
        ReportNode only() {
            return nodes.size() == 1 ? nodes.get(0) : null;
        }

        boolean isExposure() {
            return nodes.stream().allMatch(node -> node.type().equals("exposure"));
        }

        /** The kind to colour a box by: that of its node, or the one that most of the changed nodes of a folder have. */
        ChangeKind kind() {
            Map<ChangeKind, Integer> counts = new TreeMap<>();
            nodes.forEach(node -> counts.merge(node.change(), 1, Integer::sum));
            ChangeKind most = ChangeKind.UNCHANGED;
            for (Map.Entry<ChangeKind, Integer> count : counts.entrySet()) {
                boolean stronger = count.getKey().isChange() && !most.isChange();
                boolean same = count.getKey().isChange() == most.isChange();
                boolean better = stronger || (same && count.getValue() > counts.getOrDefault(most, 0));
                most = better ? count.getKey() : most;
            }
            return most;
        }

        /** The worst result of the nodes and their tests, or null if nothing ran. */
        NodeRun.Result result() {
            NodeRun.Result worst = failedTests > 0 ? NodeRun.Result.FAILED : null;
            for (ReportNode node : nodes) {
                NodeRun.Result result = node.run() == null ? null : node.run().result();
                if (result != null && (worst == null || rank(result) > rank(worst))) {
                    worst = result;
                }
            }
            return worst;
        }

        private static int rank(NodeRun.Result result) {
            return switch (result) {
                case OK -> 0;
                case SKIPPED -> 1;
                case WARNED -> 2;
                case FAILED -> 3;
            };
        }
    }

    static LineageGraph of(SlimReport report) {
        List<ReportNode> drawn = report.nodes().stream()
                .filter(node -> !node.isTest())
                .sorted((a, b) -> a.id().compareTo(b.id()))
                .toList();
        boolean collapse = drawn.size() > NODES;
        boolean packages = drawn.stream()
                        .map(ReportNode::packageName)
                        .filter(Objects::nonNull)
                        .distinct()
                        .count()
                > 1;
        int depth = collapse ? folderDepth(drawn, packages) : 0;
        Map<String, List<ReportNode>> groups = new LinkedHashMap<>();
        int apart = 0;
        for (ReportNode node : drawn) {
            boolean single = !collapse || (node.failed() && apart < FAILED_APART);
            apart += single ? 1 : 0;
            groups.computeIfAbsent(
                            single ? "\u0000" + node.id() : folder(node, depth, packages), key -> new ArrayList<>())
                    .add(node);
        }
        Map<String, int[]> tests = tests(report);
        Map<String, Integer> boxOf = new HashMap<>();
        List<Box> boxes = new ArrayList<>();
        groups.forEach((key, nodes) -> {
            int ran = 0;
            int failed = 0;
            for (ReportNode node : nodes) {
                boxOf.put(node.id(), boxes.size());
                int[] counts = tests.getOrDefault(node.id(), new int[2]);
                ran += counts[0];
                failed += counts[1];
            }
            String label = key.startsWith("\u0000") ? nodes.get(0).name() : key;
            boxes.add(new Box(label, List.copyOf(nodes), ran, failed));
        });
        List<int[]> edges = edges(drawn, boxes, boxOf);
        return new LineageGraph(boxes, collapse ? withoutShortcuts(boxes.size(), edges) : edges, collapse);
    }

    /** Folders can depend on each other in circles; an edge between them leads from the one whose nodes come earlier on average. */
    private static List<int[]> edges(List<ReportNode> drawn, List<Box> boxes, Map<String, Integer> boxOf) {
        Map<String, Integer> depths = NodeDepths.of(drawn);
        double[] depth = new double[boxes.size()];
        for (int i = 0; i < depth.length; i++) {
            depth[i] = boxes.get(i).nodes().stream()
                    .mapToInt(node -> depths.get(node.id()))
                    .average()
                    .orElse(0);
        }
        TreeSet<int[]> edges = new TreeSet<>(Arrays::compare);
        for (ReportNode node : drawn) {
            int to = boxOf.get(node.id());
            for (String id : node.dependsOn()) {
                int from = boxOf.getOrDefault(id, to);
                if (from != to) {
                    boolean forward = depth[from] < depth[to] || (depth[from] == depth[to] && from < to);
                    edges.add(forward ? new int[] {from, to} : new int[] {to, from});
                }
            }
        }
        return new ArrayList<>(edges);
    }

    /** Folders are connected with nearly everything before them; an edge that says no more than others together is left out. */
    private static List<int[]> withoutShortcuts(int count, List<int[]> edges) {
        List<List<Integer>> children = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            children.add(new ArrayList<>());
        }
        edges.forEach(edge -> children.get(edge[0]).add(edge[1]));
        BitSet[] below = new BitSet[count];
        for (int i = 0; i < count; i++) {
            below(i, children, below);
        }
        return edges.stream()
                .filter(edge -> children.get(edge[0]).stream().noneMatch(child -> below[child].get(edge[1])))
                .toList();
    }

    private static BitSet below(int box, List<List<Integer>> children, BitSet[] known) {
        if (known[box] == null) {
            BitSet all = new BitSet();
            for (int child : children.get(box)) {
                all.set(child);
                all.or(below(child, children, known));
            }
            known[box] = all;
        }
        return known[box];
    }

    /** By unique_id of the tested node: tests that ran, tests that failed. */
    private static Map<String, int[]> tests(SlimReport report) {
        Map<String, int[]> tests = new HashMap<>();
        for (ReportNode test : report.nodes()) {
            if (test.isTest() && test.run() != null && !test.dependsOn().isEmpty()) {
                // A test of a relationship depends on both sides; dbt lists the tested one last.
                String tested = test.dependsOn().get(test.dependsOn().size() - 1);
                int[] counts = tests.computeIfAbsent(tested, key -> new int[2]);
                counts[0]++;
                counts[1] += test.failed() ? 1 : 0;
            }
        }
        return tests;
    }

    /** The deepest folder level that still makes a readable number of boxes. */
    private static int folderDepth(List<ReportNode> nodes, boolean packages) {
        for (int depth = 6; depth > 1; depth--) {
            int level = depth;
            if (nodes.stream()
                            .map(node -> folder(node, level, packages))
                            .distinct()
                            .count()
                    <= FOLDERS) {
                return depth;
            }
        }
        return 1;
    }

    private static String folder(ReportNode node, int depth, boolean packages) {
        if (node.type().equals("exposure")) {
            return "exposures";
        }
        String place = packages && node.packageName() != null ? node.packageName() : "";
        String[] parts = node.path() == null ? new String[0] : node.path().split("[/\\\\]");
        StringBuilder folder = new StringBuilder(place);
        for (int i = 0; i < Math.min(depth, parts.length - 1); i++) {
            if (i > 0 || !parts[i].equals("models")) {
                folder.append(folder.length() == 0 ? "" : "/").append(parts[i]);
            }
        }
        return folder.length() == 0 ? String.valueOf(node.packageName()) : folder.toString();
    }
}
