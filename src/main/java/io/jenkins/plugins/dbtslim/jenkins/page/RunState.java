package io.jenkins.plugins.dbtslim.jenkins.page;

import io.jenkins.plugins.dbtslim.dbt.ExitStatus;
import io.jenkins.plugins.dbtslim.report.data.Outcome;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** How a slim build stands. */
@Restricted(NoExternalUse.class)
public enum RunState {
    /** dbt is at work. */
    RUNNING,
    /** All was well. */
    SUCCESS,
    /** Nothing was selected. */
    NOTHING_TO_DO,
    /** Models or tests failed. */
    FAILURE,
    /** dbt could not do what was asked. */
    ERROR,
    /** Somebody or something ended it. */
    ABORTED;

    /** As dbt ended. */
    public static RunState of(ExitStatus status) {
        return switch (status) {
            case SUCCESS -> SUCCESS;
            case NOTHING_TO_DO -> NOTHING_TO_DO;
            case FAILURE -> FAILURE;
            case ERROR -> ERROR;
            case ABORTED -> ABORTED;
        };
    }

    /** Jenkins' own symbol for it. */
    public String getSymbol() {
        return switch (this) {
            case RUNNING -> "symbol-status-blue-anime";
            case SUCCESS -> "symbol-status-blue";
            case NOTHING_TO_DO -> "symbol-status-nobuilt";
            case FAILURE, ERROR -> "symbol-status-red";
            case ABORTED -> "symbol-status-aborted";
        };
    }

    /** The words for it. */
    public String getLabel() {
        return switch (this) {
            case RUNNING -> Messages.RunState_running();
            case SUCCESS -> Messages.RunState_success();
            case NOTHING_TO_DO -> Messages.RunState_nothingToDo();
            case FAILURE -> Messages.RunState_failure();
            case ERROR -> Messages.RunState_error();
            case ABORTED -> Messages.RunState_aborted();
        };
    }

    /** As the report calls it. */
    public Outcome outcome() {
        return switch (this) {
            case SUCCESS -> Outcome.SUCCESS;
            case NOTHING_TO_DO -> Outcome.NOTHING_TO_DO;
            case FAILURE -> Outcome.FAILED;
            case ABORTED -> Outcome.ABORTED;
            case RUNNING, ERROR -> Outcome.ERROR;
        };
    }
}
