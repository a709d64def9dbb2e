package io.jenkins.plugins.dbtslim.selection;

import io.jenkins.plugins.dbtslim.selection.Spec.Criterion;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Remembers what each criterion named, and finds shortest paths from there to what it set off. */
final class Paths {
    private final Lineage lineage;
    private final Map<Criterion, BitSet> named = new LinkedHashMap<>();

    Paths(Lineage lineage) {
        this.lineage = lineage;
    }

    void add(Criterion criterion, BitSet matches) {
        named.put(criterion, matches);
    }

    List<String> to(String uniqueId) {
        int destination = lineage.number(uniqueId);
        List<String> best = List.of();
        for (Map.Entry<Criterion, BitSet> entry : named.entrySet()) {
            Criterion criterion = entry.getKey();
            List<List<String>> found = new ArrayList<>();
            if (entry.getValue().get(destination)) {
                return List.of(uniqueId);
            }
            found.add(search(entry.getValue(), destination, true, false));
            if (criterion.ancestors() != 0) {
                found.add(search(entry.getValue(), destination, false, true));
            }
            if (criterion.at()) {
                found.add(search(entry.getValue(), destination, true, true));
            }
            for (List<String> path : found) {
                if (!path.isEmpty() && (best.isEmpty() || path.size() < best.size())) {
                    best = path;
                }
            }
        }
        return best.isEmpty() ? fallback(destination) : best;
    }

    /** A test that joined because of an ancestor that was selected. */
    private List<String> fallback(int destination) {
        BitSet all = new BitSet();
        named.values().forEach(all::or);
        List<String> path = search(all, destination, true, true);
        return path.isEmpty() ? List.of(lineage.vertex(destination).uniqueId()) : path;
    }

    private List<String> search(BitSet from, int destination, boolean down, boolean up) {
        int[] before = new int[lineage.size()];
        Arrays.fill(before, -2);
        Deque<Integer> queue = new ArrayDeque<>();
        from.stream().forEach(v -> {
            before[v] = -1;
            queue.add(v);
        });
        while (!queue.isEmpty() && before[destination] == -2) {
            int at = queue.remove();
            if (down) {
                visit(lineage.children(at), at, before, queue);
            }
            if (up) {
                visit(lineage.parents(at), at, before, queue);
            }
        }
        List<String> path = new ArrayList<>();
        for (int at = before[destination] == -2 ? -1 : destination; at >= 0; at = before[at]) {
            path.add(lineage.vertex(at).uniqueId());
        }
        Collections.reverse(path);
        return path;
    }

    private static void visit(int[] next, int at, int[] before, Deque<Integer> queue) {
        for (int v : next) {
            if (before[v] == -2) {
                before[v] = at;
                queue.add(v);
            }
        }
    }
}
