package io.jenkins.plugins.dbtslim.jenkins.step.slimbuild;

import hudson.model.Run;
import io.jenkins.plugins.dbtslim.dbt.Preset;
import io.jenkins.plugins.dbtslim.jenkins.engine.EnvironmentLocks;
import io.jenkins.plugins.dbtslim.jenkins.engine.EnvironmentRecords;
import io.jenkins.plugins.dbtslim.jenkins.engine.FinishedRun;
import io.jenkins.plugins.dbtslim.jenkins.engine.PreparedRun;
import io.jenkins.plugins.dbtslim.jenkins.engine.StepKey;
import io.jenkins.plugins.dbtslim.jenkins.page.Checks;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;

/**
 * What Pipeline and freestyle do after dbt ran: bring results and report, and note them on the build. It needs no more than
 * the stored {@link PreparedRun}, and is safe to be done again.
 */
final class SlimBuildCollection {
    private final SlimBuildStep step;
    private final Run<?, ?> run;
    private final PrintStream log;
    private final StepKey key;

    SlimBuildCollection(SlimBuildStep step, Run<?, ?> run, PrintStream log, StepKey key) {
        this.step = step;
        this.run = run;
        this.log = log;
        this.key = key;
    }

    /** Collects; fails while the agent is away. */
    SlimBuildResult collect(PreparedRun prepared, Integer exitStatus, boolean aborted)
            throws IOException, InterruptedException {
        FinishedRun gathered = FinishedRun.of(prepared, run, log, key, exitStatus, aborted);
        if (step.preset() == Preset.DEPLOY && gathered.status().isOk()) {
            forget(prepared.secrets().plain());
        }
        EnvironmentLocks.release(key);
        SlimBuildResult result = new SlimBuildResult(step, gathered);
        result.tell(log, prepared.state() != null);
        if (!step.isSkipPublishingChecks()) {
            Checks.publish(
                    run,
                    step.getChecksName(),
                    gathered.action(),
                    gathered.brought().markdown(),
                    gathered.url());
        }
        return result;
    }

    /** The environment of the merged pull request is gone. */
    private void forget(Map<String, String> variables) throws IOException {
        EnvironmentRecords records = EnvironmentRecords.of(run);
        String tag = variables.get("CI_TAG");
        if (tag != null && records != null) {
            records.forget(variables.get("MZ_HOST"), tag);
        }
    }
}
