package io.jenkins.plugins.dbtslim.jenkins.engine;

import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** What a run of dbt means for its build. */
public interface DbtStepResult {
    /** Ends the Pipeline step, or throws what ends it. */
    void conclude(StepContext context) throws IOException, InterruptedException;

    /** Ends the freestyle build step. */
    void conclude(StepSite site) throws IOException, InterruptedException;
}
