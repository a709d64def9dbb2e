package io.jenkins.plugins.dbtslim.jenkins.build;

import io.jenkins.plugins.dbtslim.jenkins.BuildSite;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** What a run of dbt means for its build. */
public interface DbtResult {
    /** Ends the Pipeline step, or throws what ends it. */
    void conclude(StepContext context) throws IOException, InterruptedException;

    /** Ends the freestyle build step. */
    void conclude(BuildSite site) throws IOException, InterruptedException;
}
