package io.jenkins.plugins.dbtslim.state;

import io.jenkins.plugins.dbtslim.manifest.PythonValues;
import io.jenkins.plugins.dbtslim.manifest.ResourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which elements of a list of named things were added, removed or changed, and in which of their keys. */
final class ElementDetails {
    /**
     * A list in which every element has a name.
     *
     * @param key the list's key in the manifest
     * @param name the key of an element's name
     * @param compared the keys that dbt compares; none means all
     */
    private record Elements(String key, String name, Set<String> compared) {}

    private static final Map<Aspect, Elements> LISTS = Map.of(
            Aspect.ENTITIES, new Elements("entities", "name", Set.of()),
            Aspect.DIMENSIONS, new Elements("dimensions", "name", Set.of()),
            Aspect.MEASURES, new Elements("measures", "name", Set.of()),
            Aspect.EXPORTS, new Elements("exports", "name", Set.of("unrendered_config")),
            Aspect.OVERLOADS, new Elements("overloads", "defined_in", Set.of("arguments", "returns", "raw_body")));

    private final Elements elements;

    private ElementDetails(Elements elements) {
        this.elements = elements;
    }

    static List<String> of(Aspect aspect, ResourceText before, ResourceText after) {
        Elements elements = LISTS.get(aspect);
        return new ElementDetails(elements).lines(before.list(elements.key()), after.list(elements.key()));
    }

    private List<String> lines(List<?> before, List<?> after) {
        List<String> lines = new ArrayList<>();
        for (Object now : after) {
            Object old = find(before, name(now));
            if (old == null) {
                lines.add(name(now) + " added");
            } else if (old instanceof Map<?, ?> then && now instanceof Map<?, ?> map) {
                lines.addAll(changes(then, map));
            }
        }
        for (Object old : before) {
            if (find(after, name(old)) == null) {
                lines.add(name(old) + " removed");
            }
        }
        return lines;
    }

    private List<String> changes(Map<?, ?> old, Map<?, ?> now) {
        Set<String> keys = new TreeSet<>();
        old.keySet().forEach(key -> keys.add((String) key));
        now.keySet().forEach(key -> keys.add((String) key));
        List<String> lines = new ArrayList<>();
        for (String key : keys) {
            boolean compared =
                    elements.compared().isEmpty() || elements.compared().contains(key);
            if (compared && !PythonValues.equal(loaded(old.get(key)), loaded(now.get(key)))) {
                lines.add(name(now) + "." + key + ": " + Values.change(old.get(key), now.get(key)));
            }
        }
        return lines;
    }

    private static Object loaded(Object value) {
        return PythonValues.withoutNulls(value);
    }

    private Object find(List<?> list, String name) {
        return list.stream().filter(e -> name(e).equals(name)).findFirst().orElse(null);
    }

    private String name(Object element) {
        return String.valueOf(element instanceof Map<?, ?> map ? map.get(elements.name()) : element);
    }
}
