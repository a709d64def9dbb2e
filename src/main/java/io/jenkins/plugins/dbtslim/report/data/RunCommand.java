package io.jenkins.plugins.dbtslim.report.data;

/**
 * What dbt did before or after the build.
 *
 * @param name of a macro, or of a command as {@code dbt source freshness}
 * @param status {@code success}, {@code error} or {@code left out}
 * @param seconds it took
 */
public record RunCommand(String name, String status, double seconds) {}
