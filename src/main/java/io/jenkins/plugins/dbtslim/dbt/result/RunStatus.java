package io.jenkins.plugins.dbtslim.dbt.result;

import java.util.Locale;

/**
 * How a run stands or ended: the one set of words for log, page, results, files and environment variables, and dbt's own
 * exit status (0 ok, 1 some result is a failure, 2 dbt could not do what was asked). A build with nothing to do is an end
 * of its own: dbt calls it a success.
 */
public enum RunStatus {
    /** dbt is at work. */
    RUNNING(2, "is running"),
    /** Everything that was selected was built, tests passed (warnings included). */
    SUCCESS(0, "succeeded"),
    /** dbt selected nothing: nothing differs from the state. */
    NOTHING_TO_DO(0, "had nothing to do"),
    /** A resource failed or was skipped, a test failed, or an operation failed. */
    FAILURE(1, "had failures"),
    /** Usage, project, profile, selection or environment: nothing, or not everything, was tried. */
    ERROR(2, "could not run"),
    /** Interrupted by a signal; what was finished before is in the run results. */
    ABORTED(2, "was aborted"),
    /** Two manifests were compared without a run. */
    COMPARED(0, "was not run");

    private final int code;
    private final String words;

    RunStatus(int code, String words) {
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

    /** Its name in JSON, results, environment variables, CSS classes and text keys. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** True where dbt exits with 0. */
    public boolean isOk() {
        return code == 0;
    }

    /** Whether it came to an end of its own, good or bad: what its nodes and tests say is all there is to say. */
    public boolean isWhole() {
        return this != RUNNING && this != ERROR && this != ABORTED;
    }

    /** By its {@link #key}; a file whose word is none of ours tells of nothing that ran. */
    public static RunStatus ofKey(String key) {
        for (RunStatus status : values()) {
            if (status.key().equals(key)) {
                return status;
            }
        }
        return ERROR;
    }
}
