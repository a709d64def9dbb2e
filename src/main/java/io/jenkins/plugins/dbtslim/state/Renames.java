package io.jenkins.plugins.dbtslim.state;

import io.jenkins.plugins.dbtslim.manifest.Facet;
import io.jenkins.plugins.dbtslim.manifest.Fingerprint;
import io.jenkins.plugins.dbtslim.manifest.Resource;
import io.jenkins.plugins.dbtslim.manifest.Section;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Removed resources whose body came back under another unique_id; dbt sees a removal and an addition. */
final class Renames {
    /** What a renamed resource keeps. */
    private record Key(String type, Fingerprint body) {}

    private Renames() {}

    static Map<String, String> of(StateComparison comparison) {
        Map<Key, Deque<Resource>> added = new HashMap<>();
        for (Resource now : comparison.current().resources()) {
            if (comparison.old(now) == null && recognizable(now)) {
                added.computeIfAbsent(key(now), k -> new ArrayDeque<>()).add(now);
            }
        }
        Map<String, String> renamed = new LinkedHashMap<>();
        for (Resource old : comparison.removed()) {
            Deque<Resource> candidates = recognizable(old) ? added.get(key(old)) : null;
            if (candidates != null && !candidates.isEmpty()) {
                renamed.put(old.uniqueId(), candidates.remove().uniqueId());
            }
        }
        return renamed;
    }

    /** Code of generic tests is generated and much the same for all; other sections have no body. */
    private static boolean recognizable(Resource resource) {
        return (resource.section() == Section.NODES || resource.section() == Section.FUNCTIONS)
                && !AspectComparison.generic(resource)
                && !resource.isWithoutCode()
                && !resource.blank()
                && !resource.fingerprint(Facet.BODY).equals(Fingerprint.NULL);
    }

    private static Key key(Resource resource) {
        return new Key(resource.resourceType(), resource.fingerprint(Facet.BODY));
    }
}
