package io.jenkins.plugins.dbtslim.state;

import java.util.Map;
import java.util.Set;

/** Which kinds of constraints a dbt adapter enforces; to lose an enforced one breaks a contract. */
final class ConstraintSupport {
    private static final Set<String> ALL = Set.of("check", "not_null", "unique", "primary_key", "foreign_key");
    private static final Set<String> NOT_NULL = Set.of("not_null");
    /** dbt's own, for adapters that declare nothing. */
    private static final Set<String> DEFAULT = Set.of("not_null", "foreign_key");

    /** What CONSTRAINT_SUPPORT says in the newest releases of the adapters (read in November 2026). */
    private static final Map<String, Set<String>> ENFORCED = Map.ofEntries(
            Map.entry("postgres", ALL),
            Map.entry("duckdb", ALL),
            Map.entry("sqlserver", ALL),
            Map.entry("fabric", Set.of("not_null", "unique", "primary_key", "foreign_key")),
            Map.entry("databricks", Set.of("check", "not_null")),
            Map.entry("materialize", NOT_NULL),
            Map.entry("redshift", NOT_NULL),
            Map.entry("snowflake", NOT_NULL),
            Map.entry("bigquery", NOT_NULL),
            Map.entry("trino", NOT_NULL),
            Map.entry("clickhouse", Set.of("check")),
            Map.entry("spark", Set.of()),
            Map.entry("athena", Set.of()));

    private ConstraintSupport() {}

    /** Whether the adapter (null if unknown) enforces a type of constraint. */
    static boolean enforced(String adapter, Object type) {
        Set<String> types = adapter == null ? DEFAULT : ENFORCED.getOrDefault(adapter, DEFAULT);
        return type instanceof String text && types.contains(text);
    }

    /** Whether adapters declare anything about a type of constraint; they do not about custom ones. */
    static boolean declared(Object type) {
        return type instanceof String text && ALL.contains(text);
    }
}
