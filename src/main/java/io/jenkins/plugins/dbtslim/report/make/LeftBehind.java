package io.jenkins.plugins.dbtslim.report.make;

import io.jenkins.plugins.dbtslim.manifest.ManifestException;
import io.jenkins.plugins.dbtslim.manifest.ManifestTexts;
import io.jenkins.plugins.dbtslim.manifest.Resource;
import io.jenkins.plugins.dbtslim.manifest.ResourceText;
import io.jenkins.plugins.dbtslim.report.data.FormerObject;
import io.jenkins.plugins.dbtslim.report.data.ReportNode;
import io.jenkins.plugins.dbtslim.state.StateComparison;
import io.jenkins.plugins.dbtslim.state.StateSelector;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Which objects of production nothing of the project makes or reads any more: those of removed nodes, and of nodes that got
 * another name, alias, schema or database. Where in doubt an object is not listed, because the page then advises to drop it:
 * names are compared without quotes and case, and a pull request's own schemas are seen as the ones that they stand for.
 */
final class LeftBehind {
    /** Where objects lie. */
    private record Place(String database, String schema) {}

    /** One object. */
    private record Relation(Place place, String name) {}

    private final Map<String, Relation> before;
    private final Set<Relation> used;
    /** Where what did not move lies now: in a pull request's own schemas, and where it was before. */
    private final Map<Place, Set<Place>> places = new HashMap<>();

    private final Set<String> names = new HashSet<>();

    private LeftBehind(StateComparison comparison) throws ManifestException {
        before = relations(comparison.state().file());
        Map<String, Relation> now = relations(comparison.current().file());
        used = Set.copyOf(now.values());
        used.forEach(relation -> names.add(relation.name()));
        for (Resource resource : comparison.current().resources()) {
            Relation old = before.get(resource.uniqueId());
            Relation made = now.get(resource.uniqueId());
            if (old != null
                    && made != null
                    && isOurs(resource)
                    && !comparison.matches(StateSelector.RELATION, resource)) {
                places.computeIfAbsent(old.place(), key -> new HashSet<>(Set.of(key)))
                        .add(made.place());
            }
        }
    }

    /**
     * The objects by the node that left them.
     *
     * @param moved unique_ids of changed nodes, each with that of the node in production, which may be the same
     * @param texts of those nodes and of the removed ones, as production has them
     */
    static Map<String, FormerObject> of(
            StateComparison comparison,
            List<Resource> removed,
            Map<String, String> moved,
            Map<String, ResourceText> texts,
            Map<String, ResourceText> ofCurrent)
            throws ManifestException {
        Map<String, Resource> candidates = new HashMap<>();
        removed.forEach(old -> candidates.put(old.uniqueId(), old));
        moved.forEach((id, former) -> {
            Relation old = relation(texts.get(former));
            if (old != null && !old.equals(relation(ofCurrent.get(id)))) {
                candidates.put(id, comparison.state().resource(former));
            }
        });
        candidates
                .values()
                .removeIf(old -> old == null
                        || !isOurs(old)
                        || "ephemeral".equals(old.materialized())
                        || texts.get(old.uniqueId()) == null
                        || texts.get(old.uniqueId()).relationName() == null);
        Map<String, FormerObject> left = new HashMap<>();
        if (!candidates.isEmpty()) {
            LeftBehind facts = new LeftBehind(comparison);
            candidates.forEach((id, old) -> {
                if (facts.isLeft(old.uniqueId())) {
                    String name = texts.get(old.uniqueId()).relationName();
                    left.put(id, new FormerObject(name, old.materialized()));
                }
            });
        }
        return left;
    }

    private boolean isLeft(String former) {
        Relation old = before.get(former);
        if (old == null) {
            return false;
        }
        Set<Place> same = places.get(old.place());
        return same == null
                ? !names.contains(old.name())
                : same.stream().map(place -> new Relation(place, old.name())).noneMatch(used::contains);
    }

    private static boolean isOurs(Resource resource) {
        return ReportNode.isBuildable(resource.resourceType()) && !resource.isOfAnotherProject();
    }

    private static Map<String, Relation> relations(Path file) throws ManifestException {
        Map<String, Relation> relations = new HashMap<>();
        ManifestTexts.visit(file, id -> !id.startsWith("macro."), text -> {
            Relation relation = relation(text);
            if (relation != null) {
                relations.put(text.uniqueId(), relation);
            }
        });
        return relations;
    }

    private static Relation relation(ResourceText text) {
        if (text == null || text.relationName() == null) {
            return null;
        }
        List<String> parts = parts(text.relationName());
        int last = parts.size() - 1;
        return new Relation(
                new Place(last > 1 ? parts.get(last - 2) : "", last > 0 ? parts.get(last - 1) : ""), parts.get(last));
    }

    /** The parts of a name as adapters write it, without quotes and in lower case. */
    private static List<String> parts(String name) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        char quote = 0;
        for (char c : name.toLowerCase(Locale.ROOT).toCharArray()) {
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
                if (quote != 0) {
                    part.append(c);
                }
            } else if (c == '"' || c == '`' || c == '[') {
                quote = c == '[' ? ']' : c;
            } else if (c == '.') {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString());
        return parts;
    }
}
