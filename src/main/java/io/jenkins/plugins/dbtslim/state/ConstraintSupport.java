package io.jenkins.plugins.dbtslim.state;

import java.util.Map;
import java.util.Set;

/** Which kinds of constraints a dbt adapter enforces; to lose an enforced one breaks a contract. */
final class ConstraintSupport {
    private static final Set<String> ALL = Set.of("check", "not_null", "unique", "primary_key", "foreign_key");
    private static final Set<String> NOT_NULL = Set.of("not_null");
    /** As the adapters declare them; dbt's own default for adapters that declare nothing. */
    private static final Set<String> DEFAULT = Set.of("not_null", "foreign_key");

    private static final Map<String, Set<String>> ENFORCED = Map.of(
            "postgres", ALL,
            "duckdb", ALL,
            "materialize", NOT_NULL,
            "redshift", NOT_NULL,
            "snowflake", NOT_NULL,
            "bigquery", NOT_NULL,
            "databricks", Set.of("check", "not_null"),
            "spark", Set.of());

    private ConstraintSupport() {}

    /** Whether the adapter (null if unknown) enforces a type of constraint. */
    static boolean enforced(String adapter, Object type) {
        Set<String> types = adapter == null ? DEFAULT : ENFORCED.getOrDefault(adapter, DEFAULT);
        return type instanceof String text && types.contains(text);
    }
}
