package io.jenkins.plugins.dbtslim.selection;

import io.jenkins.plugins.dbtslim.selection.Spec.Criterion;
import io.jenkins.plugins.dbtslim.selection.Spec.Group;
import io.jenkins.plugins.dbtslim.selection.Spec.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** YAML selectors, which dbt keeps in the manifest in their long form. */
final class SelectorDefinition {
    private final Map<String, Object> selectors;
    private final IndirectSelection mode;
    private final Set<String> open = new HashSet<>();

    SelectorDefinition(Map<String, Object> selectors, IndirectSelection mode) {
        this.selectors = selectors;
        this.mode = mode;
    }

    /** The selector that says {@code default: true}. */
    static Optional<String> defaultOf(Map<String, Object> selectors) {
        return selectors.entrySet().stream()
                .filter(e -> e.getValue() instanceof Map<?, ?> map
                        && "true".equalsIgnoreCase(String.valueOf(map.get("default"))))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    Spec named(String name) throws SelectionException {
        if (!(selectors.get(name) instanceof Map<?, ?> selector)) {
            throw new SelectionException(
                    "DbtRuntimeError",
                    "there is no selector \"" + name + "\" in the manifest; it has "
                            + String.join(", ", selectors.keySet()));
        }
        if (!open.add(name)) {
            throw new SelectionException("DbtSelectorsError", "the selector \"" + name + "\" refers to itself");
        }
        Spec spec = spec(selector.get("definition"), name);
        open.remove(name);
        return spec;
    }

    private Spec spec(Object definition, String name) throws SelectionException {
        if (definition instanceof String text) {
            return SelectorParser.criterion(text, mode);
        }
        if (!(definition instanceof Map<?, ?> map)) {
            throw bad(name, "has a definition that is neither text nor map");
        }
        if (map.get("union") instanceof List<?> parts) {
            return group(Operation.UNION, parts, name);
        }
        if (map.get("intersection") instanceof List<?> parts) {
            return group(Operation.INTERSECTION, parts, name);
        }
        if (map.containsKey("method")) {
            return method(map, name);
        }
        if (map.size() == 1 && !map.containsKey("exclude")) {
            Map.Entry<?, ?> only = map.entrySet().iterator().next();
            return criterion(Map.of(), String.valueOf(only.getKey()), only.getValue());
        }
        throw bad(name, "has a definition without method, union or intersection");
    }

    private Spec group(Operation operation, List<?> parts, String name) throws SelectionException {
        List<Spec> included = new ArrayList<>();
        List<?> excluded = null;
        for (Object part : parts) {
            if (part instanceof Map<?, ?> map && map.size() == 1 && map.get("exclude") instanceof List<?> list) {
                if (excluded != null) {
                    throw bad(name, "has two excludes at one level");
                }
                excluded = list;
            } else {
                included.add(spec(part, name));
            }
        }
        return without(new Group(operation, included, IndirectSelection.EAGER, null), excluded, name);
    }

    private Spec without(Spec spec, List<?> excluded, String name) throws SelectionException {
        if (excluded == null) {
            return spec;
        }
        Spec exclusion = group(Operation.UNION, excluded, name);
        return new Group(Operation.DIFFERENCE, List.of(spec, exclusion), IndirectSelection.EAGER, null);
    }

    private Spec method(Map<?, ?> map, String name) throws SelectionException {
        String method = String.valueOf(map.get("method"));
        Spec spec = method.equals("selector")
                ? named(String.valueOf(map.get("value")))
                : criterion(map, method, map.get("value"));
        return without(spec, map.get("exclude") instanceof List<?> list ? list : null, name);
    }

    private Criterion criterion(Map<?, ?> map, String method, Object value) throws SelectionException {
        boolean at = truth(map.get("childrens_parents"));
        boolean children = truth(map.get("children"));
        String text = method + ":" + value;
        if (at && children) {
            throw new SelectionException(
                    "DbtRuntimeError", "\"" + text + "\": childrens_parents and children exclude each other");
        }
        List<String> parts = Arrays.asList(method.split("\\.", -1));
        Object indirect = map.get("indirect_selection");
        return new Criterion(
                text,
                parts.get(0),
                parts.subList(1, parts.size()),
                String.valueOf(value),
                depth(truth(map.get("parents")), map.get("parents_depth")),
                depth(children, map.get("children_depth")),
                at,
                indirect == null ? mode : IndirectSelection.of(String.valueOf(indirect)));
    }

    private static int depth(boolean wanted, Object depth) {
        if (!wanted) {
            return 0;
        }
        return depth instanceof Long number ? (int) Math.min(number, Integer.MAX_VALUE) : Criterion.ALL;
    }

    private static boolean truth(Object value) {
        return value != null && "true".equalsIgnoreCase(value.toString());
    }

    private static SelectionException bad(String name, String what) {
        return new SelectionException("DbtSelectorsError", "the selector \"" + name + "\" " + what);
    }
}
