package io.jenkins.plugins.dbtslim.report.make;

import io.jenkins.plugins.dbtslim.manifest.Manifest;
import io.jenkins.plugins.dbtslim.manifest.Resource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What depends on the changed resources, each with a shortest way from one of them. */
final class Reach {
    private final Map<String, String> before = new LinkedHashMap<>();

    private Reach() {}

    static Reach of(Manifest manifest, Collection<String> changed) {
        Map<String, List<String>> children = new HashMap<>();
        for (Resource resource : manifest.resources()) {
            for (String parent : resource.dependsOn()) {
                children.computeIfAbsent(parent, key -> new ArrayList<>()).add(resource.uniqueId());
            }
        }
        Reach reach = new Reach();
        changed.forEach(id -> reach.before.put(id, null));
        Deque<String> open = new ArrayDeque<>(reach.before.keySet());
        while (!open.isEmpty()) {
            String id = open.remove();
            for (String child : children.getOrDefault(id, List.of())) {
                if (!reach.before.containsKey(child)) {
                    reach.before.put(child, id);
                    open.add(child);
                }
            }
        }
        return reach;
    }

    /** Whether something that changed is above the resource (or it changed itself). */
    boolean contains(String id) {
        return before.containsKey(id);
    }

    /**
     * From the changed resource to this one, both included; empty for a changed one and for one that is not reached.
     */
    List<String> way(String id) {
        if (before.get(id) == null) {
            return List.of();
        }
        Deque<String> way = new ArrayDeque<>();
        for (String at = id; at != null; at = before.get(at)) {
            way.push(at);
        }
        return List.copyOf(way);
    }
}
