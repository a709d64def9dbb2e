package io.jenkins.plugins.dbtslim.jenkins.build;

import hudson.model.Run;
import io.jenkins.plugins.dbtslim.jenkins.BuildSite;
import java.io.IOException;
import java.io.PrintStream;

/** A slim build. */
final class BuildWork implements DbtWork {
    private static final long serialVersionUID = 1L;
    private final BuildStep step;

    BuildWork(BuildStep step) {
        this.step = step;
    }

    @Override
    public PreparedRun prepare(BuildSite site, StepKey key) throws IOException, InterruptedException {
        return new Preparing(step, site, key).prepare();
    }

    @Override
    public DbtResult collect(
            PreparedRun prepared, Run<?, ?> run, PrintStream log, StepKey key, Integer exitStatus, boolean aborted)
            throws IOException, InterruptedException {
        return new Collecting(step, run, log, key).collect(prepared, exitStatus, aborted);
    }
}
