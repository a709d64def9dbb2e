package io.jenkins.plugins.dbtslim.state;

import io.jenkins.plugins.dbtslim.manifest.PythonValues;
import io.jenkins.plugins.dbtslim.manifest.ResourceText;
import io.jenkins.plugins.dbtslim.manifest.ResourceText.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Details of a change that only the second pass can tell. */
final class TextDetails {
    private static final List<String> RELATION = List.of("database", "schema", "identifier");
    private static final Map<Aspect, List<String>> KEYS = Map.ofEntries(
            Map.entry(Aspect.QUOTING, List.of("quoting")),
            Map.entry(Aspect.FRESHNESS, List.of("freshness")),
            Map.entry(Aspect.LOADED_AT_FIELD, List.of("loaded_at_field")),
            Map.entry(Aspect.EXTERNAL, List.of("external")),
            Map.entry(Aspect.TYPE, List.of("type")),
            Map.entry(Aspect.OWNER, List.of("owner")),
            Map.entry(Aspect.MATURITY, List.of("maturity")),
            Map.entry(Aspect.URL, List.of("url")),
            Map.entry(Aspect.LABEL, List.of("label")),
            Map.entry(Aspect.MODEL, List.of("model")),
            Map.entry(Aspect.DEFAULTS, List.of("defaults")),
            Map.entry(Aspect.PRIMARY_ENTITY, List.of("primary_entity")),
            Map.entry(Aspect.GROUP, List.of("group")),
            Map.entry(Aspect.ARGUMENTS, List.of("arguments")),
            Map.entry(Aspect.RETURNS, List.of("returns")),
            Map.entry(Aspect.RELATION, RELATION));

    private TextDetails() {}

    static List<String> of(Aspect aspect, ResourceText before, ResourceText after) {
        return switch (aspect) {
            case BODY -> body(before, after);
            case DESCRIPTION -> List.of(Values.change(before.description(), after.description()));
            case PERSISTED_DESCRIPTIONS -> descriptions(before, after);
            case CONTRACT -> columns(before, after);
            case ENTITIES, DIMENSIONS, MEASURES, EXPORTS, OVERLOADS -> ElementDetails.of(aspect, before, after);
            case QUERY -> query(before, after);
            case RELATION -> after.uniqueId().startsWith("source.") ? relation(before, after) : List.of();
            default -> values(aspect, before, after);
        };
    }

    private static List<String> body(ResourceText before, ResourceText after) {
        String sentence = InvisibleDifference.of(before.rawCode(), after.rawCode());
        return sentence == null ? List.of() : List.of(sentence);
    }

    /** What people wrote; dbt's own keys for it only where nothing else differs, by the names that people know. */
    private static List<String> relation(ResourceText before, ResourceText after) {
        List<String> lines = new ArrayList<>(values(Aspect.RELATION, before, after));
        for (String key : lines.isEmpty() ? RELATION : List.<String>of()) {
            Object old = before.values().get("unrendered_" + key);
            Object now = after.values().get("unrendered_" + key);
            if (!PythonValues.equal(old, now)) {
                lines.add(key + ": " + Values.change(old, now));
            }
        }
        return lines;
    }

    private static List<String> values(Aspect aspect, ResourceText before, ResourceText after) {
        List<String> lines = new ArrayList<>();
        for (String key : KEYS.getOrDefault(aspect, List.of())) {
            Object old = before.values().get(key);
            Object now = after.values().get(key);
            if (!PythonValues.equal(old, now)) {
                lines.add(key + ": " + Values.change(old, now));
            }
        }
        return lines;
    }

    private static List<String> query(ResourceText before, ResourceText after) {
        List<String> lines = new ArrayList<>();
        for (String key : List.of("metrics", "group_by", "where")) {
            Object old = before.map("query_params").get(key);
            Object now = after.map("query_params").get(key);
            if (!PythonValues.equal(old, now)) {
                lines.add(key + ": " + Values.change(old, now));
            }
        }
        return lines;
    }

    private static List<String> descriptions(ResourceText before, ResourceText after) {
        List<String> lines = new ArrayList<>();
        if (!Objects.equals(before.description(), after.description())) {
            lines.add("of the relation");
        }
        for (String column : columnNames(before, after)) {
            Column old = before.columns().get(column);
            Column now = after.columns().get(column);
            if (old == null || now == null || !old.description().equals(now.description())) {
                lines.add("of column " + column + (old == null ? " (added)" : now == null ? " (removed)" : ""));
            }
        }
        return lines;
    }

    private static List<String> columns(ResourceText before, ResourceText after) {
        List<String> lines = new ArrayList<>();
        for (String column : columnNames(before, after)) {
            Column old = before.columns().get(column);
            Column now = after.columns().get(column);
            if (old == null) {
                lines.add("column " + column + " added: " + now.dataType());
            } else if (now == null) {
                lines.add("column " + column + " removed");
            } else if (!Objects.equals(old.dataType(), now.dataType())) {
                lines.add("column " + column + ": " + old.dataType() + " → " + now.dataType());
            } else if (!PythonValues.equal(old.constraints(), now.constraints())) {
                lines.add("column " + column + ": other constraints");
            }
        }
        Object old = before.list("constraints");
        Object now = after.list("constraints");
        if (!PythonValues.equal(old, now)) {
            lines.add("constraints: " + Values.change(old, now));
        }
        return lines;
    }

    private static Set<String> columnNames(ResourceText before, ResourceText after) {
        TreeSet<String> names = new TreeSet<>(before.columns().keySet());
        names.addAll(after.columns().keySet());
        return names;
    }
}
