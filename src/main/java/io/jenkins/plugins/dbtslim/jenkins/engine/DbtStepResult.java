package io.jenkins.plugins.dbtslim.jenkins.engine;

import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** What a run of dbt means for its build. */
@Restricted(NoExternalUse.class)
public interface DbtStepResult {
    /** Ends the Pipeline step, or throws what ends it. */
    void conclude(StepContext context) throws IOException, InterruptedException;

    /** Ends the freestyle build step. */
    void conclude(StepSite site) throws IOException, InterruptedException;
}
