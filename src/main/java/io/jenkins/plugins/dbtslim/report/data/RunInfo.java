package io.jenkins.plugins.dbtslim.report.data;

import java.util.List;

/**
 * The dbt run as a whole.
 *
 * @param select what was asked for, one entry an option; likewise exclude
 * @param target dbt target, or null
 * @param exitCode dbt's exit code, or -1 if there is none
 * @param elapsedSeconds seconds of the whole run as dbt counts them, or 0
 * @param messages warnings and errors that belong to no node
 */
public record RunInfo(
        List<String> select,
        List<String> exclude,
        String target,
        boolean deferred,
        int exitCode,
        double elapsedSeconds,
        List<String> messages) {
    public RunInfo {
        select = List.copyOf(select);
        exclude = List.copyOf(exclude);
        messages = List.copyOf(messages);
    }
}
