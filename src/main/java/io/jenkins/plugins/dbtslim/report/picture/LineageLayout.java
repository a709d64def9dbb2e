package io.jenkins.plugins.dbtslim.report.picture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Where the boxes of a graph lie: a pure function, so that one graph always gives one picture. Parents are left of
 * their children. Parts that hang together are laid out for themselves, big ones first; boxes without any edge fill a
 * grid below them.
 *
 * @param boxes place of each box, by its index in the graph
 * @param paths one an edge, in the order of the graph's edges
 */
public record LineageLayout(
        double width, double height, List<Place> boxes, List<Path> paths, double boxWidth, double boxHeight) {
    private static final double GAP = 26;

    public LineageLayout {
        width = tenths(width);
        height = tenths(height);
    }

    /** Exact to a tenth of a pixel, as the picture is drawn. */
    private static double tenths(double value) {
        return Math.round(value * 10) / 10.0;
    }

    /** A point: the upper left corner of a box, or a place where a line passes. */
    public record Place(double x, double y) {
        public Place {
            x = tenths(x);
            y = tenths(y);
        }
    }

    /** Points that a line goes through from left to right. */
    public record Path(int from, int to, List<Place> points) {}

    /**
     * Sizes in pixels.
     *
     * @param layerGap between two layers, where the lines run
     * @param rowGap between two boxes of a layer
     */
    record Sizes(double boxWidth, double boxHeight, double layerGap, double rowGap) {
        /** Big boxes with two lines of text for few, small ones for many. */
        static Sizes of(int boxes) {
            return boxes <= 80 ? new Sizes(200, 44, 52, 14) : new Sizes(190, 24, 50, 7);
        }
    }

    static LineageLayout of(LineageGraph graph) {
        Sizes sizes = Sizes.of(graph.boxes().size());
        int count = graph.boxes().size();
        Place[] places = new Place[count];
        List<Path> paths = new ArrayList<>();
        double width = 0;
        double y = 0;
        List<Integer> alone = new ArrayList<>();
        for (List<Integer> part : parts(graph)) {
            if (part.size() == 1) {
                alone.addAll(part);
                continue;
            }
            LayeredPart layered = new LayeredPart(graph, part, sizes);
            layered.place(y, places, paths);
            width = Math.max(width, layered.width());
            y += layered.height() + GAP;
        }
        if (!alone.isEmpty()) {
            y = grid(alone, y, width, sizes, places) + GAP;
            for (int box : alone) {
                width = Math.max(width, places[box].x() + sizes.boxWidth());
            }
        }
        paths.sort(Comparator.comparingInt(Path::from).thenComparingInt(Path::to));
        return new LineageLayout(
                width, Math.max(0, y - GAP), Arrays.asList(places), paths, sizes.boxWidth(), sizes.boxHeight());
    }

    /** Fills rows about as wide as the rest of the picture; gives the lower end. */
    private static double grid(List<Integer> alone, double top, double width, Sizes sizes, Place[] places) {
        double step = sizes.boxWidth() + 20;
        int fit = (int) Math.floor((width + 20) / step);
        int columns = Math.max(Math.max(fit, 1), (int) Math.ceil(Math.sqrt(alone.size() / 4.0)));
        columns = Math.min(Math.max(columns, Math.min(alone.size(), 4)), alone.size());
        int rows = (alone.size() + columns - 1) / columns;
        for (int i = 0; i < alone.size(); i++) {
            double y = top + i % rows * (sizes.boxHeight() + sizes.rowGap());
            int column = i / rows;
            places[alone.get(i)] = new Place(column * step, y);
        }
        return top + rows * (sizes.boxHeight() + sizes.rowGap()) - sizes.rowGap();
    }

    /** Connected parts, the biggest first, then by the index of their first box. */
    private static List<List<Integer>> parts(LineageGraph graph) {
        int count = graph.boxes().size();
        int[] root = new int[count];
        for (int i = 0; i < count; i++) {
            root[i] = i;
        }
        for (int[] edge : graph.edges()) {
            int a = find(root, edge[0]);
            int b = find(root, edge[1]);
            root[Math.max(a, b)] = Math.min(a, b);
        }
        List<List<Integer>> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            parts.add(new ArrayList<>());
        }
        for (int i = 0; i < count; i++) {
            parts.get(find(root, i)).add(i);
        }
        parts.removeIf(List::isEmpty);
        parts.sort(Comparator.comparingInt((List<Integer> part) -> -part.size()).thenComparing(part -> part.get(0)));
        return parts;
    }

    private static int find(int[] root, int of) {
        int at = of;
        while (root[at] != at) {
            root[at] = root[root[at]];
            at = root[at];
        }
        return at;
    }
}
