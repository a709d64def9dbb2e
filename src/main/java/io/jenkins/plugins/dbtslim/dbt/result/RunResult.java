package io.jenkins.plugins.dbtslim.dbt.result;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/**
 * What came of one resource.
 *
 * @param uniqueId {@code model.shop.orders}
 * @param status as dbt writes it: success, error, skipped, partial success, no-op, reused (models, seeds, snapshots);
 *     pass, fail, warn, error, skipped (tests)
 * @param executionSeconds 0 for what was skipped
 * @param message dbt's message, cut to {@value #MAX_MESSAGE} characters; null for none
 * @param failures failing rows of a test; null otherwise
 * @param relationName the relation, quoted as the adapter does; null where there is none (and before dbt 1.7)
 * @param startedAt start of the first phase, ISO 8601 UTC as written; null where nothing was started
 * @param rowsAffected {@code adapter_response.rows_affected}; null where the adapter gives none
 * @param threadId the dbt thread, {@code Thread-1 (worker)}; null for none
 */
public record RunResult(
        String uniqueId,
        String status,
        double executionSeconds,
        String message,
        Long failures,
        @CheckForNull String relationName,
        @CheckForNull String startedAt,
        @CheckForNull Long rowsAffected,
        String threadId) {
    static final int MAX_MESSAGE = 8_000;
    /** Our word, which dbt does not write, for what was at work when the run was aborted. */
    public static final String INTERRUPTED = "interrupted";

    /** Our word for what the database dropped with what was built, and nobody built again. */
    public static final String DROPPED = "dropped";

    /** Of which nothing but its end is known. */
    static RunResult bare(String uniqueId, String status) {
        return new RunResult(uniqueId, status, 0, null, null, null, null, null, null);
    }

    static RunResult interrupted(String uniqueId, String startedAt, double seconds) {
        return new RunResult(uniqueId, INTERRUPTED, seconds, null, null, null, startedAt, null, null);
    }

    /** True for error, fail, runtime error and partial success: what makes dbt exit with 1, skipped ones aside. */
    public boolean isFailure() {
        return isFailure(status);
    }

    /** Whether an id is that of a data test or a unit test, which make nothing. */
    public static boolean isTest(String uniqueId) {
        return uniqueId.startsWith("test.") || uniqueId.startsWith("unit_test.");
    }

    /** True for what started, came to its end and did not fail: how long it took says how long it takes. */
    public boolean isTiming() {
        return startedAt != null && !isFailure() && !status.equals(INTERRUPTED);
    }

    static boolean isFailure(String status) {
        return switch (status) {
            case "error", "fail", "runtime error", "partial success" -> true;
            default -> false;
        };
    }
}
