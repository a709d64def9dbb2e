package io.jenkins.plugins.dbtslim.jenkins.step.slimbuild;

import hudson.model.Result;
import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;
import io.jenkins.plugins.dbtslim.io.UserException;
import java.util.Locale;

/** What the outcome of a run means for the build, as the step's options say. */
enum Verdict {
    SUCCESS,
    UNSTABLE,
    NOT_BUILT,
    FAILURE;

    /**
     * Judges a run.
     *
     * @param status how dbt ended
     * @param onlyTestsFailed whether everything was built and only tests failed
     */
    static Verdict of(SlimBuildStep step, RunStatus status, boolean onlyTestsFailed) throws UserException {
        return switch (status) {
            case SUCCESS -> SUCCESS;
            case NOTHING_TO_DO -> parse("onNothingToDo", step.getOnNothingToDo());
            case FAILURE -> {
                if (step.isReportOnly()) {
                    yield SUCCESS;
                }
                yield onlyTestsFailed
                        ? parse("onTestFailure", step.getOnTestFailure())
                        : parse("onError", step.getOnError());
            }
            default -> FAILURE;
        };
    }

    /** As Jenkins calls it. */
    Result result() {
        return switch (this) {
            case SUCCESS -> Result.SUCCESS;
            case UNSTABLE -> Result.UNSTABLE;
            case NOT_BUILT -> Result.NOT_BUILT;
            case FAILURE -> Result.FAILURE;
        };
    }

    /** Checks all options before dbt starts. */
    static void check(SlimBuildStep step) throws UserException {
        parse("onNothingToDo", step.getOnNothingToDo());
        parse("onError", step.getOnError());
        parse("onTestFailure", step.getOnTestFailure());
    }

    private static Verdict parse(String option, String text) throws UserException {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "success" -> SUCCESS;
            case "unstable" -> UNSTABLE;
            case "notbuilt" -> NOT_BUILT;
            case "failure" -> FAILURE;
            default ->
                throw new UserException(
                        option + " is success, unstable, failure or notBuilt, and not \"" + text + "\".");
        };
    }
}
