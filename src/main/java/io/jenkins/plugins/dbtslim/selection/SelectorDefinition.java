package io.jenkins.plugins.dbtslim.selection;

import io.jenkins.plugins.dbtslim.manifest.PythonValues;
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

/**
 * YAML selectors, which dbt keeps in the manifest in their long form. What refers to another selector is replaced by that
 * one's definition up to dbt 1.11 (mostly in the manifest already); since 1.12 it is a criterion of its own.
 */
final class SelectorDefinition {
    /** The minor version since which {@code selector} is a method. */
    static final int SELECTOR_METHOD = 12;

    private final Map<String, Object> selectors;
    private final IndirectSelection mode;
    private final int minor;
    private final Set<String> open = new HashSet<>();

    SelectorDefinition(Map<String, Object> selectors, IndirectSelection mode, int minor) {
        this.selectors = selectors;
        this.mode = mode;
        this.minor = minor;
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
                            + (selectors.isEmpty() ? "none" : String.join(", ", selectors.keySet())));
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

    /**
     * Of a part that has an exclude dbt takes nothing else, even when a method and a value stand beside it, unless the part
     * stands for another selector.
     */
    private Spec group(Operation operation, List<?> parts, String name) throws SelectionException {
        List<Spec> included = new ArrayList<>();
        List<?> excluded = null;
        for (Object part : parts) {
            if (part instanceof Map<?, ?> map && map.get("exclude") instanceof List<?> list && !isSelector(map)) {
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
        List<Spec> parts = new ArrayList<>();
        for (Object part : excluded) {
            parts.add(spec(part, name));
        }
        Spec exclusion = new Group(Operation.UNION, parts, IndirectSelection.EAGER, null);
        return new Group(Operation.DIFFERENCE, List.of(spec, exclusion), IndirectSelection.EAGER, null);
    }

    /** Whether dbt put the definition of another selector here: the manifest no longer tells, but they are equal then. */
    private boolean isSelector(Map<?, ?> part) {
        return minor < SELECTOR_METHOD
                && part.containsKey("method")
                && selectors.values().stream()
                        .anyMatch(other -> other instanceof Map<?, ?> map && part.equals(map.get("definition")));
    }

    private Spec method(Map<?, ?> map, String name) throws SelectionException {
        String method = String.valueOf(map.get("method"));
        if (method.equals("selector") && minor < SELECTOR_METHOD) {
            return named(String.valueOf(map.get("value")));
        }
        // dbt leaves out the value of a criterion written as text when it is empty.
        Spec spec = criterion(map, method, map.containsKey("value") ? map.get("value") : "");
        return without(spec, map.get("exclude") instanceof List<?> list ? list : null, name);
    }

    private Criterion criterion(Map<?, ?> map, String method, Object value) throws SelectionException {
        boolean at = PythonValues.truthy(map.get("childrens_parents"));
        boolean children = PythonValues.truthy(map.get("children"));
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
                value,
                depth(PythonValues.truthy(map.get("parents")), map.get("parents_depth")),
                depth(children, map.get("children_depth")),
                at,
                indirect == null ? mode : IndirectSelection.of(String.valueOf(indirect)));
    }

    /** A depth of 0 is no depth to dbt when it is a number, but one when it is text (as of a criterion written as text). */
    private static int depth(boolean wanted, Object depth) {
        if (!wanted) {
            return 0;
        }
        return PythonValues.truthy(depth) && depth.toString().matches("\\d{1,9}")
                ? Integer.parseInt(depth.toString())
                : Criterion.ALL;
    }

    private static SelectionException bad(String name, String what) {
        return new SelectionException("DbtSelectorsError", "the selector \"" + name + "\" " + what);
    }
}
