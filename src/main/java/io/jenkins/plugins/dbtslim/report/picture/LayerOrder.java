package io.jenkins.plugins.dbtslim.report.picture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Orders the vertices of each layer so that few lines cross: sweeps by the mean position of the neighbours, the best
 * order is kept.
 */
final class LayerOrder {
    private LayerOrder() {}

    static void sort(List<List<Integer>> layers, List<List<Integer>> before, List<List<Integer>> after, int sweeps) {
        int[] position = new int[before.size()];
        layers.forEach(layer -> number(layer, position));
        long fewest = Long.MAX_VALUE;
        List<List<Integer>> best = List.of();
        for (int sweep = 0; sweep <= sweeps; sweep++) {
            long crossings = 0;
            for (int layer = 1; layer < layers.size() && crossings < fewest; layer++) {
                crossings += crossings(
                        layers.get(layer - 1),
                        after,
                        position,
                        layers.get(layer).size());
            }
            if (crossings < fewest) {
                fewest = crossings;
                best = layers.stream()
                        .map(layer -> (List<Integer>) new ArrayList<>(layer))
                        .toList();
            }
            boolean forward = sweep % 2 == 0;
            for (int i = 1; i < layers.size() && fewest > 0; i++) {
                List<Integer> layer = layers.get(forward ? i : layers.size() - 1 - i);
                arrange(layer, forward ? before : after, position);
            }
        }
        for (int i = 0; i < layers.size(); i++) {
            layers.set(i, new ArrayList<>(best.get(i)));
        }
    }

    private static void number(List<Integer> layer, int[] position) {
        for (int i = 0; i < layer.size(); i++) {
            position[layer.get(i)] = i;
        }
    }

    /** Sorts a layer by its neighbours; vertices without neighbours keep their place as well as they can. */
    private static void arrange(List<Integer> layer, List<List<Integer>> neighbours, int[] position) {
        double[] key = new double[position.length];
        for (int vertex : layer) {
            List<Integer> near = neighbours.get(vertex);
            double sum = 0;
            for (int neighbour : near) {
                sum += position[neighbour];
            }
            key[vertex] = near.isEmpty() ? position[vertex] : sum / near.size();
        }
        layer.sort(Comparator.comparingDouble((Integer vertex) -> key[vertex])
                .thenComparingInt(vertex -> position[vertex]));
        number(layer, position);
    }

    /** Pairs of lines between two layers that cross, counted with a tree of partial sums. */
    private static long crossings(List<Integer> upper, List<List<Integer>> after, int[] position, int lowerSize) {
        long[] tree = new long[lowerSize + 1];
        long crossings = 0;
        long lines = 0;
        for (int vertex : upper) {
            int[] ends = after.get(vertex).stream()
                    .mapToInt(child -> position[child])
                    .toArray();
            Arrays.sort(ends);
            for (int end : ends) {
                long notRight = 0;
                for (int at = end + 1; at > 0; at -= at & -at) {
                    notRight += tree[at];
                }
                crossings += lines - notRight;
            }
            for (int end : ends) {
                for (int at = end + 1; at <= lowerSize; at += at & -at) {
                    tree[at]++;
                }
                lines++;
            }
        }
        return crossings;
    }
}
