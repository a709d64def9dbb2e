package io.jenkins.plugins.dbtslim.jenkins.step.slimbuild;

import hudson.model.Run;
import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import io.jenkins.plugins.dbtslim.jenkins.engine.DbtStepResult;
import io.jenkins.plugins.dbtslim.jenkins.engine.DbtStepWork;
import io.jenkins.plugins.dbtslim.jenkins.engine.PreparedRun;
import io.jenkins.plugins.dbtslim.jenkins.engine.StepKey;
import java.io.IOException;
import java.io.PrintStream;

/** A slim build. */
final class SlimBuildWork implements DbtStepWork {
    private static final long serialVersionUID = 1L;
    private final SlimBuildStep step;

    SlimBuildWork(SlimBuildStep step) {
        this.step = step;
    }

    @Override
    public PreparedRun prepare(StepSite site, StepKey key) throws IOException, InterruptedException {
        return new SlimBuildPreparation(step, site, key).prepare();
    }

    @Override
    public DbtStepResult collect(
            PreparedRun prepared, Run<?, ?> run, PrintStream log, StepKey key, Integer exitStatus, boolean aborted)
            throws IOException, InterruptedException {
        return new SlimBuildCollection(step, run, log, key).collect(prepared, exitStatus, aborted);
    }
}
