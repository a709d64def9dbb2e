package io.jenkins.plugins.dbtslim.selection;

import io.jenkins.plugins.dbtslim.manifest.PythonValues;
import io.jenkins.plugins.dbtslim.manifest.Resource;
import io.jenkins.plugins.dbtslim.manifest.Section;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The method {@code config.a.b:value} on the rendered config of nodes and sources. Text equals text only, but the words
 * true and false also equal truth values; a YAML selector may give any value.
 */
final class ConfigMethod implements Predicate<Resource> {
    /** dbt finds these methods of Python's maps before any key of that name. */
    private static final Set<String> HIDDEN = Set.of(
            "clear", "copy", "fromkeys", "get", "items", "keys", "pop", "popitem", "setdefault", "update", "values");

    private final List<String> path;
    private final Object value;
    private final Boolean truth;
    private final boolean anyCase;

    ConfigMethod(List<String> path, Object value) {
        this.path = path;
        this.value = value;
        String text = String.valueOf(value);
        boolean isTruth = text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false");
        truth = isTruth ? Boolean.valueOf(text.equalsIgnoreCase("true")) : null;
        anyCase = path.equals(List.of("severity"));
    }

    @Override
    public boolean test(Resource resource) {
        if (path.isEmpty() || (resource.section() != Section.NODES && resource.section() != Section.SOURCES)) {
            return false;
        }
        Object found = resource.config();
        for (int i = 0; i < path.size(); i++) {
            boolean hidden = i > 0 && HIDDEN.contains(path.get(i));
            // A key that the config itself lacks is null to dbt, one further down is no match.
            if (hidden || !(found instanceof Map<?, ?> map) || (i > 0 && !map.containsKey(path.get(i)))) {
                return false;
            }
            found = map.get(path.get(i));
        }
        if (found instanceof List<?> list) {
            return list.stream().anyMatch(e -> equal(e) || (truth != null && PythonValues.equal(e, truth)));
        }
        return equal(found) || (truth != null && truth.equals(found));
    }

    private boolean equal(Object found) {
        return anyCase
                ? found instanceof String text && text.equalsIgnoreCase(value())
                : PythonValues.equal(found, value);
    }

    private String value() {
        return String.valueOf(value);
    }
}
