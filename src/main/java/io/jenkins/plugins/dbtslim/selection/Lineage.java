package io.jenkins.plugins.dbtslim.selection;

import io.jenkins.plugins.dbtslim.manifest.Manifest;
import io.jenkins.plugins.dbtslim.manifest.Resource;
import io.jenkins.plugins.dbtslim.manifest.Section;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * dbt's graph of the enabled resources of a manifest: vertices are numbered from 0, edges go from what is depended on to
 * what depends on it.
 */
public final class Lineage {
    private static final Set<Section> PARENTS =
            EnumSet.of(Section.NODES, Section.SOURCES, Section.METRICS, Section.SEMANTIC_MODELS, Section.FUNCTIONS);

    private final List<Resource> vertices = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final int[][] parents;
    private final int[][] children;

    /** The graph of a manifest; dependencies that it does not have are left out. */
    public Lineage(Manifest manifest) {
        this(manifest, resource -> true);
    }

    /** The graph of some of the resources of a manifest. */
    Lineage(Manifest manifest, Predicate<Resource> member) {
        for (Resource resource : manifest.resources()) {
            if (resource.enabled() && member.test(resource)) {
                numbers.put(resource.uniqueId(), vertices.size());
                vertices.add(resource);
            }
        }
        parents = new int[vertices.size()][];
        int[] counts = new int[vertices.size()];
        for (int v = 0; v < parents.length; v++) {
            parents[v] = parentsOf(vertices.get(v));
            for (int p : parents[v]) {
                counts[p]++;
            }
        }
        children = new int[parents.length][];
        for (int v = 0; v < parents.length; v++) {
            children[v] = new int[counts[v]];
        }
        for (int v = 0; v < parents.length; v++) {
            for (int p : parents[v]) {
                children[p][--counts[p]] = v;
            }
        }
    }

    private int[] parentsOf(Resource resource) {
        Set<Integer> found = new LinkedHashSet<>();
        for (String id : resource.dependsOn()) {
            Integer number = numbers.get(id);
            if (number != null && PARENTS.contains(vertices.get(number).section())) {
                found.add(number);
            }
        }
        return found.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The resources by number. */
    public List<Resource> vertices() {
        return Collections.unmodifiableList(vertices);
    }

    int size() {
        return parents.length;
    }

    Resource vertex(int number) {
        return vertices.get(number);
    }

    /** The number of a resource, or -1. */
    int number(String uniqueId) {
        return numbers.getOrDefault(uniqueId, -1);
    }

    int[] parents(int number) {
        return parents[number];
    }

    int[] children(int number) {
        return children[number];
    }

    /** All ancestors up to a depth (negative: all) of the vertices, without these unless they are ancestors of others. */
    BitSet ancestors(BitSet of, int depth) {
        return walk(of, depth, parents);
    }

    /** All descendants up to a depth (negative: all) of the vertices, without these unless they are descendants of others. */
    BitSet descendants(BitSet of, int depth) {
        return walk(of, depth, children);
    }

    private static BitSet walk(BitSet from, int depth, int[][] edges) {
        BitSet found = new BitSet(edges.length);
        BitSet level = from;
        for (int i = 0; i != depth && !level.isEmpty(); i++) {
            BitSet next = new BitSet(edges.length);
            for (int v = level.nextSetBit(0); v >= 0; v = level.nextSetBit(v + 1)) {
                for (int w : edges[v]) {
                    if (!found.get(w)) {
                        found.set(w);
                        next.set(w);
                    }
                }
            }
            level = next;
        }
        return found;
    }
}
