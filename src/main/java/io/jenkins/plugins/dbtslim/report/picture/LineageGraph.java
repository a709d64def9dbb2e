package io.jenkins.plugins.dbtslim.report.picture;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.report.data.ChangeKind;
import io.jenkins.plugins.dbtslim.report.data.DisplayText;
import io.jenkins.plugins.dbtslim.report.data.NodeRun;
import io.jenkins.plugins.dbtslim.report.data.ReportNode;
import io.jenkins.plugins.dbtslim.report.html.NodeWords;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What the lineage picture shows: boxes and edges. Tests are part of the box that they test. Up to {@value #NODES}
 * nodes each has a box of its own; beyond that the nodes of a folder share one, but failed ones stay by themselves,
 * because they are what one looks for.
 *
 * @param edges pairs of box indices, from parent to child, without doubles and without circles
 * @param collapsed whether boxes stand for folders
 */
public record LineageGraph(List<Box> boxes, List<int[]> edges, boolean collapsed) {
    public static final int NODES = 500;

    /**
     * More lines than these between single nodes are a ball of wool, and cost memory by the layers that each crosses.
     */
    private static final int LINES = 5_000;

    private static final int FAILED_APART = 30;

    /**
     * One box.
     *
     * @param id unique_id of its node, or null for a folder
     * @param number of its node in the report, or -1 for a folder
     * @param changes nodes by what changed about them; one entry of 1 for a single node
     * @param result the worst of the nodes, or null if none ran; tests have a sign of their own
     * @param about what else there is to say of a single node: aspects that changed, or what it is
     * @param tests tests of these nodes that ran
     * @param failedTests how many of them failed
     */
    public record Box(
            String label,
            @CheckForNull String id,
            int number,
            Map<ChangeKind, Integer> changes,
            @CheckForNull NodeRun.Result result,
            boolean isExposure,
            About about,
            int tests,
            int failedTests) {
        boolean isFolder() {
            return id == null;
        }

        /**
         * The kind to colour a box by: that of its node, or the one that most of the changed nodes of a folder have.
         */
        ChangeKind kind() {
            ChangeKind most = ChangeKind.UNCHANGED;
            for (Map.Entry<ChangeKind, Integer> count : changes.entrySet()) {
                boolean stronger = count.getKey().isChange() && !most.isChange();
                boolean same = count.getKey().isChange() == most.isChange();
                boolean better = stronger || (same && count.getValue() > changes.getOrDefault(most, 0));
                most = better ? count.getKey() : most;
            }
            return most;
        }
    }

    /**
     * What a box says below its name; both parts are empty for a folder.
     *
     * @param aspects what changed, in words
     * @param kind materialization, or type and owner of an exposure
     */
    public record About(List<String> aspects, String kind) {}

    static LineageGraph of(List<ReportNode> nodes) {
        Map<String, Integer> numbers = new HashMap<>();
        nodes.forEach(node -> numbers.put(node.id(), numbers.size()));
        List<ReportNode> drawn = nodes.stream()
                .filter(node -> !node.isTest() && !node.isHook())
                .sorted((a, b) -> a.id().compareTo(b.id()))
                .toList();
        boolean collapse = drawn.size() > NODES
                || drawn.stream().mapToInt(node -> node.dependsOn().size()).sum() > LINES;
        Folders folders = collapse ? Folders.of(drawn) : null;
        Map<String, List<ReportNode>> groups = new LinkedHashMap<>();
        int apart = 0;
        for (ReportNode node : drawn) {
            boolean single = !collapse || (node.failed() && apart < FAILED_APART);
            apart += single ? 1 : 0;
            groups.computeIfAbsent(single ? "\u0000" + node.id() : folders.of(node), key -> new ArrayList<>())
                    .add(node);
        }
        Map<String, int[]> tests = tests(nodes);
        List<Box> boxes = new ArrayList<>();
        groups.forEach((key, group) -> {
            boolean single = key.startsWith("\u0000");
            ReportNode first = group.get(0);
            boxes.add(box(
                    single ? first.name() : key,
                    single ? first.id() : null,
                    single ? numbers.get(first.id()) : -1,
                    group,
                    tests));
        });
        List<int[]> edges = edges(drawn, List.copyOf(groups.values()));
        return new LineageGraph(boxes, collapse ? withoutShortcuts(boxes.size(), edges) : edges, collapse);
    }

    private static Box box(String label, String id, int number, List<ReportNode> nodes, Map<String, int[]> tests) {
        Map<ChangeKind, Integer> changes = new EnumMap<>(ChangeKind.class);
        int ran = 0;
        int failed = 0;
        NodeRun.Result worst = null;
        for (ReportNode node : nodes) {
            changes.merge(node.change(), 1, Integer::sum);
            int[] counts = tests.getOrDefault(node.id(), new int[2]);
            ran += counts[0];
            failed += counts[1];
            NodeRun.Result result = node.run() == null ? null : node.run().result();
            worst = result == null || (worst != null && rank(result) <= rank(worst)) ? worst : result;
        }
        return new Box(
                label,
                id,
                number,
                changes,
                worst,
                nodes.stream().allMatch(node -> node.type().equals("exposure")),
                id == null ? new About(List.of(), null) : about(nodes.get(0)),
                ran,
                failed);
    }

    private static About about(ReportNode node) {
        List<String> aspects = node.reasons().stream()
                .map(reason -> NodeWords.aspect(node, reason))
                .toList();
        String reads = NodeWords.reads(node);
        if (node.exposure() == null) {
            String kind = node.materialized() == null ? node.type() : node.materialized();
            return new About(aspects.isEmpty() && reads != null ? List.of(reads) : aspects, kind);
        }
        List<String> parts = new ArrayList<>();
        if (reads != null) {
            parts.add(reads);
        }
        for (String part : new String[] {node.exposure().type(), node.exposure().owner()}) {
            if (part != null) {
                parts.add(DisplayText.cut(part, 200));
            }
        }
        return new About(List.of(), String.join(" · ", parts));
    }

    private static int rank(NodeRun.Result result) {
        return switch (result) {
            case OK -> 0;
            case SKIPPED -> 1;
            case WARNED -> 2;
            case FAILED -> 3;
        };
    }

    /**
     * Folders can depend on each other in circles; an edge between them leads from the one whose nodes come earlier on
     * average.
     */
    private static List<int[]> edges(List<ReportNode> drawn, List<List<ReportNode>> boxes) {
        Map<String, Integer> depths = NodeDepths.of(drawn);
        Map<String, Integer> boxOf = new HashMap<>();
        double[] depth = new double[boxes.size()];
        for (int i = 0; i < depth.length; i++) {
            double sum = 0;
            for (ReportNode node : boxes.get(i)) {
                boxOf.put(node.id(), i);
                sum += depths.get(node.id());
            }
            depth[i] = sum / boxes.get(i).size();
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

    /**
     * Folders are connected with nearly everything before them; an edge that says no more than others together is left
     * out.
     */
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

    /** By unique_id: tests of it that ran, tests that failed. A test of several nodes tells of each. */
    private static Map<String, int[]> tests(List<ReportNode> nodes) {
        Map<String, int[]> tests = new HashMap<>();
        for (ReportNode test : nodes) {
            if (test.isTest() && test.run() != null) {
                for (String tested : test.dependsOn()) {
                    int[] counts = tests.computeIfAbsent(tested, key -> new int[2]);
                    counts[0]++;
                    counts[1] += test.failed() ? 1 : 0;
                }
            }
        }
        return tests;
    }
}
