package io.jenkins.plugins.dbtslim.report.data;

import io.jenkins.plugins.dbtslim.dbt.ExitStatus;
import java.util.Locale;

/** How the whole run ended. */
public enum Outcome {
    SUCCESS,
    /** dbt ran, and some node or test failed. */
    FAILED,
    /** dbt ran, and nothing was selected. */
    NOTHING_TO_DO,
    /** The run was aborted; what was done until then is in the report. */
    ABORTED,
    /** dbt ended before or outside of the nodes: usage, parse or connection error. */
    ERROR,
    /** Two manifests were compared without a run. */
    COMPARED;

    /** The outcome's name in JSON, CSS classes and text keys. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it came to an end of its own, good or bad: what its nodes and tests say is all there is to say. */
    public boolean isRun() {
        return this != ERROR && this != ABORTED;
    }

    /** The outcome of a run that ended so. */
    public static Outcome of(ExitStatus status) {
        return switch (status) {
            case SUCCESS -> SUCCESS;
            case NOTHING_TO_DO -> NOTHING_TO_DO;
            case FAILURE -> FAILED;
            case ERROR -> ERROR;
            case ABORTED -> ABORTED;
        };
    }

    public static Outcome ofKey(String key) {
        for (Outcome outcome : values()) {
            if (outcome.key().equals(key)) {
                return outcome;
            }
        }
        return ERROR;
    }
}
