package io.jenkins.plugins.dbtslim.report.data;

/**
 * An object in production's database that a node made before, and that nothing makes or reads any more.
 *
 * @param relationName quoted name
 * @param materialized how it was made, such as {@code view}; null if unknown
 */
public record FormerObject(String relationName, String materialized) {}
