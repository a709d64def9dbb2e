package io.jenkins.plugins.dbtslim.report.picture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One connected part of the picture, in layers (after Sugiyama, Tagawa and Toda 1981): rank, break long edges with
 * points, order each layer by the median of its neighbours, then move boxes towards their neighbours without overlap.
 */
final class LayeredPart {
    private static final int ORDER_SWEEPS = 12;
    private static final int MOVE_SWEEPS = 10;

    private final LineageLayout.Sizes sizes;
    private final List<Integer> boxes;
    private final List<int[]> edges = new ArrayList<>();
    /** Vertices: boxes first (by their position in {@link #boxes}), then the points of long edges. */
    private final List<List<Integer>> before = new ArrayList<>();

    private final List<List<Integer>> after = new ArrayList<>();
    private final List<Integer> rank = new ArrayList<>();
    private final List<List<Integer>> chains = new ArrayList<>();
    private final List<List<Integer>> layers = new ArrayList<>();
    private final double[] y;
    private final double[] layerX;
    private final double height;

    LayeredPart(LineageGraph graph, List<Integer> boxes, LineageLayout.Sizes sizes) {
        this.sizes = sizes;
        this.boxes = boxes;
        Map<Integer, Integer> local = new HashMap<>();
        boxes.forEach(box -> local.put(box, local.size()));
        for (int[] edge : graph.edges()) {
            if (local.containsKey(edge[0])) {
                edges.add(new int[] {local.get(edge[0]), local.get(edge[1])});
            }
        }
        boolean[] last = new boolean[boxes.size()];
        for (int i = 0; i < last.length; i++) {
            last[i] = graph.boxes().get(boxes.get(i)).isExposure();
        }
        for (int each : LayerRanks.of(boxes.size(), edges, last)) {
            rank.add(each);
            before.add(new ArrayList<>());
            after.add(new ArrayList<>());
        }
        breakLongEdges();
        fillLayers();
        LayerOrder.sort(layers, before, after, ORDER_SWEEPS);
        y = new double[rank.size()];
        height = move();
        layerX = columns();
    }

    private boolean isPoint(int vertex) {
        return vertex >= boxes.size();
    }

    private void breakLongEdges() {
        for (int[] edge : edges) {
            int from = edge[0];
            int to = edge[1];
            List<Integer> chain = new ArrayList<>(List.of(from));
            for (int layer = rank.get(from) + 1; layer < rank.get(to); layer++) {
                int point = rank.size();
                rank.add(layer);
                before.add(new ArrayList<>());
                after.add(new ArrayList<>());
                connect(chain.get(chain.size() - 1), point);
                chain.add(point);
            }
            connect(chain.get(chain.size() - 1), to);
            chain.add(to);
            chains.add(chain);
        }
    }

    private void connect(int from, int to) {
        after.get(from).add(to);
        before.get(to).add(from);
    }

    private void fillLayers() {
        int count = rank.stream().mapToInt(Integer::intValue).max().orElse(0) + 1;
        for (int layer = 0; layer < count; layer++) {
            layers.add(new ArrayList<>());
        }
        for (int vertex = 0; vertex < rank.size(); vertex++) {
            layers.get(rank.get(vertex)).add(vertex);
        }
    }

    private double space(int above, int below) {
        double gap = isPoint(above) || isPoint(below) ? sizes.rowGap() / 2 : sizes.rowGap();
        return (size(above) + size(below)) / 2 + gap;
    }

    private double size(int vertex) {
        return isPoint(vertex) ? 2 : sizes.boxHeight();
    }

    /** Finds the middle of each vertex; gives the height of the part. */
    private double move() {
        for (List<Integer> layer : layers) {
            for (int i = 1; i < layer.size(); i++) {
                y[layer.get(i)] = y[layer.get(i - 1)] + space(layer.get(i - 1), layer.get(i));
            }
        }
        for (int sweep = 0; sweep < MOVE_SWEEPS; sweep++) {
            boolean forward = sweep % 2 == 0;
            for (int i = 0; i < layers.size(); i++) {
                List<Integer> layer = layers.get(forward ? i : layers.size() - 1 - i);
                pull(layer, forward ? before : after);
            }
        }
        double top = Double.MAX_VALUE;
        double bottom = 0;
        for (int vertex = 0; vertex < y.length; vertex++) {
            top = Math.min(top, y[vertex] - size(vertex) / 2);
        }
        for (int vertex = 0; vertex < y.length; vertex++) {
            y[vertex] -= top;
            bottom = Math.max(bottom, y[vertex] + size(vertex) / 2);
        }
        return bottom;
    }

    /**
     * Moves the vertices of a layer as near to the middle of their neighbours as their order and size allow: least
     * squares, by pooling neighbours that push each other.
     */
    private void pull(List<Integer> layer, List<List<Integer>> neighbours) {
        int count = layer.size();
        double[] offset = new double[count];
        double[] mean = new double[count];
        int[] length = new int[count];
        int pools = 0;
        for (int i = 0; i < count; i++) {
            int vertex = layer.get(i);
            offset[i] = i == 0 ? 0 : offset[i - 1] + space(layer.get(i - 1), vertex);
            mean[pools] = wanted(vertex, neighbours.get(vertex)) - offset[i];
            length[pools++] = 1;
            while (pools > 1 && mean[pools - 2] > mean[pools - 1]) {
                int both = length[pools - 2] + length[pools - 1];
                mean[pools - 2] = (mean[pools - 2] * length[pools - 2] + mean[pools - 1] * length[pools - 1]) / both;
                length[pools - 2] = both;
                pools--;
            }
        }
        int at = 0;
        for (int pool = 0; pool < pools; pool++) {
            for (int i = 0; i < length[pool]; i++, at++) {
                y[layer.get(at)] = mean[pool] + offset[at];
            }
        }
    }

    private double wanted(int vertex, List<Integer> neighbours) {
        if (neighbours.isEmpty()) {
            return y[vertex];
        }
        double sum = 0;
        for (int neighbour : neighbours) {
            sum += y[neighbour];
        }
        return sum / neighbours.size();
    }

    /** Left edges of the layers; more lines between two layers get more room. */
    private double[] columns() {
        double[] x = new double[layers.size()];
        for (int layer = 1; layer < x.length; layer++) {
            int lines = 0;
            for (int vertex : layers.get(layer)) {
                lines += before.get(vertex).size();
            }
            x[layer] = x[layer - 1] + sizes.boxWidth() + sizes.layerGap() + Math.min(90, lines);
        }
        return x;
    }

    double width() {
        return layerX[layerX.length - 1] + sizes.boxWidth();
    }

    double height() {
        return height;
    }

    /** Writes places and paths in the picture's coordinates. */
    void place(double top, LineageLayout.Place[] places, List<LineageLayout.Path> paths) {
        for (int i = 0; i < boxes.size(); i++) {
            places[boxes.get(i)] = new LineageLayout.Place(layerX[rank.get(i)], top + y[i] - sizes.boxHeight() / 2);
        }
        for (int i = 0; i < edges.size(); i++) {
            List<Integer> chain = chains.get(i);
            List<LineageLayout.Place> points = new ArrayList<>();
            for (int j = 0; j < chain.size(); j++) {
                int vertex = chain.get(j);
                double x = layerX[rank.get(vertex)];
                if (j > 0) {
                    points.add(new LineageLayout.Place(x, top + y[vertex]));
                }
                if (j < chain.size() - 1) {
                    points.add(new LineageLayout.Place(x + sizes.boxWidth(), top + y[vertex]));
                }
            }
            paths.add(new LineageLayout.Path(boxes.get(edges.get(i)[0]), boxes.get(edges.get(i)[1]), points));
        }
    }
}
