package io.jenkins.plugins.dbtslim.state;

import io.jenkins.plugins.dbtslim.manifest.PythonValues;
import io.jenkins.plugins.dbtslim.manifest.Resource;
import io.jenkins.plugins.dbtslim.manifest.Section;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which keys of the config dbt finds changed. It compares configs as they were before rendering, and of each kind of
 * resource leaves out (or, for data tests, only takes) certain keys.
 */
final class ConfigDifference {
    private static final Set<String> NOT_FOR_NODES = Set.of("alias", "schema", "database", "tags", "group");
    private static final Set<String> NOT_FOR_METRICS = Set.of("group");
    private static final Set<String> ONLY_FOR_TESTS = Set.of(
            "severity",
            "where",
            "limit",
            "fail_calc",
            "warn_if",
            "error_if",
            "store_failures",
            "store_failures_as",
            "sql_header");
    private static final Map<String, Object> SEMANTIC_MODEL = Map.of("enabled", true, "meta", Map.of());
    private static final Map<String, Object> SAVED_QUERY =
            Map.of("enabled", true, "meta", Map.of(), "cache", Map.of("enabled", false));
    /** Data tests compare {@code sql_header} since this minor version. */
    private static final int TEST_SQL_HEADER = 12;

    private ConfigDifference() {}

    /** Whether dbt compares the rendered config of this section as a whole. */
    static boolean rendered(Section section) {
        return section == Section.SEMANTIC_MODELS || section == Section.SAVED_QUERIES;
    }

    /** The keys that differ, sorted; empty means the same config. */
    static NavigableSet<String> keys(Resource current, Map<String, Object> now, Map<String, Object> then, Rules rules) {
        NavigableSet<String> keys = new TreeSet<>();
        if (now == then) {
            return keys;
        }
        for (String key : now.keySet()) {
            if (counts(key, current, rules) && differs(key, now, then)) {
                keys.add(key);
            }
        }
        for (String key : then.keySet()) {
            if (!now.containsKey(key) && counts(key, current, rules)) {
                keys.add(key);
            }
        }
        return keys;
    }

    /**
     * The keys of a rendered config that differ. dbt loads both with the classes of the current version, which fill in what a
     * former one did not write; null is the same as absent.
     */
    static NavigableSet<String> renderedKeys(Section section, Map<String, Object> now, Map<String, Object> then) {
        NavigableSet<String> keys = new TreeSet<>();
        NavigableSet<String> all = new TreeSet<>(now.keySet());
        all.addAll(then.keySet());
        Map<String, Object> loaded = section == Section.SAVED_QUERIES ? SAVED_QUERY : SEMANTIC_MODEL;
        for (String key : all) {
            if (!PythonValues.equal(known(key, now, loaded), known(key, then, loaded))) {
                keys.add(key);
            }
        }
        return keys;
    }

    private static Object known(String key, Map<String, Object> config, Map<String, Object> loaded) {
        Object value = config.containsKey(key) ? config.get(key) : loaded.get(key);
        return "meta".equals(key) ? value : PythonValues.withoutNulls(value);
    }

    static boolean differs(String key, Map<String, Object> now, Map<String, Object> then) {
        return now.containsKey(key) != then.containsKey(key) || !PythonValues.equal(now.get(key), then.get(key));
    }

    private static boolean counts(String key, Resource resource, Rules rules) {
        if (rules.fusion() && "static_analysis".equals(key)) {
            return false;
        }
        if ("test".equals(resource.resourceType())) {
            return ONLY_FOR_TESTS.contains(key) && (rules.minor() >= TEST_SQL_HEADER || !"sql_header".equals(key));
        }
        return switch (resource.section()) {
            case NODES, FUNCTIONS -> !NOT_FOR_NODES.contains(key);
            case METRICS -> !NOT_FOR_METRICS.contains(key);
            default -> true;
        };
    }
}
