package io.jenkins.plugins.dbtslim.jenkins.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import java.io.IOException;
import java.io.Serializable;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** What a step does around its run of dbt. It is stored with the running build; both parts may be done again after a restart. */
@Restricted(NoExternalUse.class)
public interface DbtStepWork extends Serializable {
    /** Before dbt: resolves options and secrets, and lays the driver out on the agent. */
    PreparedRun prepare(StepSite site, StepKey key) throws IOException, InterruptedException;

    /**
     * After dbt: reads on the agent what came of it; fails while the agent is away.
     *
     * @param exitStatus of the driver's process, or null when it is not known
     */
    DbtStepResult collect(
            PreparedRun prepared,
            Run<?, ?> run,
            TaskListener listener,
            StepKey key,
            @CheckForNull Integer exitStatus,
            boolean aborted)
            throws IOException, InterruptedException;

    /**
     * When there is nothing to collect, because dbt was not started or what it left is lost: the run's page says so. Nothing
     * to do where the run has come to its end already.
     *
     * @param site without workspace where that is gone
     * @param sentence what went wrong
     */
    default void failed(StepSite site, StepKey key, String sentence, boolean aborted)
            throws IOException, InterruptedException {}
}
