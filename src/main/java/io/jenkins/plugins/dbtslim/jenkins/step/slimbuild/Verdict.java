package io.jenkins.plugins.dbtslim.jenkins.step.slimbuild;

import hudson.model.Result;
import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** What the outcome of a run means for the build, as the step's options say; its names are those of the options. */
@Restricted(NoExternalUse.class)
public enum Verdict {
    success,
    unstable,
    notBuilt,
    failure;

    /**
     * Judges a run.
     *
     * @param status how dbt ended
     * @param onlyTestsFailed whether everything was built and only tests failed
     */
    static Verdict of(SlimBuildStep step, RunStatus status, boolean onlyTestsFailed) {
        return switch (status) {
            case SUCCESS -> success;
            case NOTHING_TO_DO -> step.getOnNothingToDo();
            case FAILURE -> {
                if (step.isReportOnly()) {
                    yield success;
                }
                yield onlyTestsFailed ? step.getOnTestFailure() : step.getOnError();
            }
            default -> failure;
        };
    }

    /** As Jenkins calls it. */
    Result result() {
        return switch (this) {
            case success -> Result.SUCCESS;
            case unstable -> Result.UNSTABLE;
            case notBuilt -> Result.NOT_BUILT;
            case failure -> Result.FAILURE;
        };
    }
}
