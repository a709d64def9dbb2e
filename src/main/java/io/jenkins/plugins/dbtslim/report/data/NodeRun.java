package io.jenkins.plugins.dbtslim.report.data;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.dbt.result.RunResult;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
    /** One string for each status: a page asks for the result of each node many times, and equal is then the same. */
    private static final Map<String, String> STATUSES = Stream.of(
                    "success", "pass", "no-op", "reused", "warn", "skipped", "error", "fail", RunResult.INTERRUPTED)
            .collect(Collectors.toMap(Function.identity(), Function.identity()));

    public NodeRun {
        status = STATUSES.getOrDefault(status, status);
    }

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
