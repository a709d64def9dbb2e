package io.jenkins.plugins.dbtslim.state;

import io.jenkins.plugins.dbtslim.manifest.Resource;
import io.jenkins.plugins.dbtslim.manifest.ResourceText;
import io.jenkins.plugins.dbtslim.state.jinja.ConfigCall;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Another target of dbt than the one with which production's nodes were built, as what made nodes modified: dbt compares
 * the arguments of {@code config()} as they were rendered, unless the flag {@value StateOptions#COMPARE_MORE_UNRENDERED}
 * is on. Only what is proven is told: the code is the same, and each key that differs depends on the target alone.
 *
 * @param then name of the target with which they were built
 * @param now name of this one
 * @param nodes unique_ids
 */
public record TargetChange(String then, String now, List<String> nodes) {
    /** Key of the driver's note. */
    static final String NOTE = "target";

    public TargetChange {
        nodes = List.copyOf(nodes);
    }

    /**
     * The one of most nodes first.
     *
     * @param texts of nodes that changed, as they are now
     */
    public static List<TargetChange> of(StateComparison comparison, Map<String, ResourceText> texts) {
        Map<TargetChange, List<String>> found = new LinkedHashMap<>();
        for (ResourceText text : texts.values()) {
            Resource now = comparison.current().resource(text.uniqueId());
            Resource old = now == null ? null : comparison.old(now);
            String here = now == null ? null : now.inputs().get(NOTE);
            String there = old == null ? null : old.inputs().get(NOTE);
            if (here != null && there != null && !here.equals(there) && isOfTarget(comparison, now, text.rawCode())) {
                found.computeIfAbsent(new TargetChange(there, here, List.of()), one -> new ArrayList<>())
                        .add(text.uniqueId());
            }
        }
        return found.entrySet().stream()
                .map(each -> new TargetChange(each.getKey().then, each.getKey().now, each.getValue()))
                .sorted(Comparator.comparingInt(change -> -change.nodes.size()))
                .toList();
    }

    private static boolean isOfTarget(StateComparison comparison, Resource now, String code) {
        Set<String> keys = new HashSet<>(comparison.configKeys(now));
        keys.addAll(comparison.relationKeys(now));
        return code != null
                && !keys.isEmpty()
                && !comparison.differing(now).contains(Aspect.BODY)
                && ConfigCall.ofTarget(code).containsAll(keys);
    }
}
