package io.jenkins.plugins.dbtslim.selection;

import io.jenkins.plugins.dbtslim.manifest.PythonValues;
import io.jenkins.plugins.dbtslim.manifest.Resource;
import io.jenkins.plugins.dbtslim.manifest.Section;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The method {@code config.a.b:value} on the rendered config of nodes and sources. */
final class ConfigMethod implements Predicate<Resource> {
    private final List<String> path;
    private final String value;
    private final Boolean truth;

    ConfigMethod(List<String> path, String value) {
        this.path = path;
        this.value = value;
        boolean isTruth = value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false");
        this.truth = isTruth ? Boolean.valueOf(value.equalsIgnoreCase("true")) : null;
    }

    @Override
    public boolean test(Resource resource) {
        if (resource.section() != Section.NODES && resource.section() != Section.SOURCES) {
            return false;
        }
        Object found = resource.config();
        for (String key : path) {
            if (!(found instanceof Map<?, ?> map) || !map.containsKey(key)) {
                return false;
            }
            found = map.get(key);
        }
        if (path.equals(List.of("severity"))) {
            return String.valueOf(found).equalsIgnoreCase(value);
        }
        if (found instanceof List<?> list) {
            return list.stream().anyMatch(e -> value.equals(e) || (truth != null && PythonValues.equal(e, truth)));
        }
        return value.equals(found) || (truth != null && truth.equals(found));
    }
}
