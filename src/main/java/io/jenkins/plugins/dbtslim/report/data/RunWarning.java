package io.jenkins.plugins.dbtslim.report.data;

/**
 * A warning of dbt that belongs to no node, told once however often dbt gave it.
 *
 * @param event dbt's name of it, such as {@code DeprecationsSummary}; empty if unknown
 * @param count how often it came
 */
public record RunWarning(String event, String text, int count) {
    /** What dbt will do otherwise one day: seldom of the change that is looked at. */
    public boolean isDeprecation() {
        return event.contains("Deprecat");
    }
}
