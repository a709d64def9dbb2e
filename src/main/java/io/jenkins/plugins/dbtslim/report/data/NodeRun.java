package io.jenkins.plugins.dbtslim.report.data;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.dbt.result.RunResult;

/**
 * What dbt's run_results.json says about one node.
 *
 * @param status dbt's word: {@code success}, {@code error}, {@code skipped}, {@code pass}, {@code fail}, {@code warn},
 *     …; or ours, {@value RunResult#INTERRUPTED}, for what was at work when the run was aborted
 * @param seconds execution time in seconds
 * @param startedMillis start in milliseconds since 1970, or 0 if dbt gave no timing (skipped nodes)
 * @param thread dbt's thread name, such as {@code Thread-1 (worker)}, or null
 * @param message dbt's message, or null
 * @param failures failing rows of a test, or null
 * @param rowsAffected what the adapter says about rows, or null
 */
public record NodeRun(
        String status,
        double seconds,
        long startedMillis,
        @CheckForNull String thread,
        @CheckForNull String message,
        @CheckForNull Long failures,
        @CheckForNull Long rowsAffected) {
    /** dbt's statuses, as far as the colour of a node goes. */
    public enum Result {
        OK,
        WARNED,
        FAILED,
        SKIPPED
    }

    /** What the status means; a word that we do not know counts as failed, so that nothing bad stays hidden. */
    public Result result() {
        return result(status);
    }

    public static Result result(String status) {
        return switch (status) {
            case "success", "pass", "no-op", "reused" -> Result.OK;
            case "warn" -> Result.WARNED;
            case "skipped", RunResult.INTERRUPTED -> Result.SKIPPED;
            default -> Result.FAILED;
        };
    }

    public long endedMillis() {
        return startedMillis == 0 ? 0 : startedMillis + Math.round(seconds * 1000);
    }

    /** The line of the message that tells most; null without a message. */
    public String headline() {
        return message == null ? null : Headline.of(message);
    }
}
