package io.jenkins.plugins.dbtslim.report.picture;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The layer of each box: behind its parents, and no layer much higher than the picture can bear (a full layer passes
 * its boxes on to the next, after Coffman and Graham). Boxes without parents move up to their first child, exposures to
 * the end.
 */
final class LayerRanks {
    private LayerRanks() {}

    static int[] of(int count, List<int[]> edges, boolean[] last) {
        List<List<Integer>> children = new ArrayList<>();
        int[] waiting = new int[count];
        int[] parents = new int[count];
        for (int i = 0; i < count; i++) {
            children.add(new ArrayList<>());
        }
        for (int[] edge : edges) {
            children.get(edge[0]).add(edge[1]);
            waiting[edge[1]]++;
            parents[edge[1]]++;
        }
        int[] rank = new int[count];
        int highest = Math.max(12, (int) Math.ceil(1.5 * Math.sqrt(count)));
        List<Integer> filled = new ArrayList<>();
        PriorityQueue<Integer> ready = new PriorityQueue<>(Comparator.comparingInt((Integer box) -> rank[box])
                .thenComparingInt(box -> -children.get(box).size())
                .thenComparingInt(box -> box));
        for (int i = 0; i < count; i++) {
            if (waiting[i] == 0) {
                ready.add(i);
            }
        }
        while (!ready.isEmpty()) {
            int box = ready.poll();
            int layer = rank[box];
            while (layer < filled.size() && filled.get(layer) >= highest) {
                layer++;
            }
            while (filled.size() <= layer) {
                filled.add(0);
            }
            filled.set(layer, filled.get(layer) + 1);
            rank[box] = layer;
            for (int child : children.get(box)) {
                rank[child] = Math.max(rank[child], layer + 1);
                if (--waiting[child] == 0) {
                    ready.add(child);
                }
            }
        }
        pullRoots(rank, children, parents, filled, highest);
        pushLast(rank, last, children);
        return rank;
    }

    private static void pullRoots(
            int[] rank, List<List<Integer>> children, int[] parents, List<Integer> filled, int highest) {
        for (int box = 0; box < rank.length; box++) {
            if (parents[box] == 0 && !children.get(box).isEmpty()) {
                int nearest = Integer.MAX_VALUE;
                for (int child : children.get(box)) {
                    nearest = Math.min(nearest, rank[child]);
                }
                int layer = nearest - 1;
                if (layer > rank[box] && filled.get(layer) < highest) {
                    filled.set(rank[box], filled.get(rank[box]) - 1);
                    filled.set(layer, filled.get(layer) + 1);
                    rank[box] = layer;
                }
            }
        }
    }

    private static void pushLast(int[] rank, boolean[] last, List<List<Integer>> children) {
        int end = 0;
        for (int box = 0; box < rank.length; box++) {
            end = Math.max(end, last[box] ? rank[box] : rank[box] + (hasLast(children.get(box), last) ? 1 : 0));
        }
        for (int box = 0; box < rank.length; box++) {
            if (last[box] && children.get(box).isEmpty()) {
                rank[box] = Math.max(rank[box], end);
            }
        }
    }

    private static boolean hasLast(List<Integer> children, boolean[] last) {
        return children.stream().anyMatch(child -> last[child]);
    }
}
