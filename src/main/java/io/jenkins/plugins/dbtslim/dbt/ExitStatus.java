package io.jenkins.plugins.dbtslim.dbt;

/**
 * How a dbt run ended, and the exit status that stands for it (dbt's own: 0 ok, 1 some result is a failure, 2 dbt could
 * not do what was asked). A build with nothing to do is an end of its own: dbt calls it a success.
 */
public enum ExitStatus {
    /** Everything that was selected was built, tests passed (warnings included). */
    SUCCESS(0, "succeeded"),
    /** dbt selected nothing: nothing differs from the state. */
    NOTHING_TO_DO(0, "had nothing to do"),
    /** A resource failed or was skipped, a test failed, or an operation failed. */
    FAILURE(1, "had failures"),
    /** Usage, project, profile, selection or environment: nothing, or not everything, was tried. */
    ERROR(2, "could not run"),
    /** Interrupted by a signal; what was finished before is in the run results. */
    ABORTED(2, "was aborted");

    private final int code;
    private final String words;

    ExitStatus(int code, String words) {
        this.code = code;
        this.words = words;
    }

    /** 0, 1 or 2. */
    public int code() {
        return code;
    }

    /** For a sentence that starts with "dbt": {@code had failures}. */
    public String words() {
        return words;
    }

    /** True where dbt exits with 0. */
    public boolean isOk() {
        return code == 0;
    }
}
