package io.jenkins.plugins.dbtslim.jenkins;

import java.io.IOException;
import java.io.Serializable;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.SynchronousNonBlockingStepExecution;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** A running step that takes seconds and is safe to do again: on Jenkins' own pool, with the build's identity. */
@Restricted(NoExternalUse.class)
public final class ShortStepExecution extends SynchronousNonBlockingStepExecution<Map<String, Object>> {
    private static final long serialVersionUID = 1L;
    private final Work work;

    public ShortStepExecution(StepContext context, Work work) {
        super(context);
        this.work = work;
    }

    /** What the step does, in Pipeline and freestyle alike. */
    @FunctionalInterface
    public interface Work extends Serializable {
        /** Does it; what came of it, for scripts. */
        Map<String, Object> run(StepSite site) throws IOException, InterruptedException;
    }

    @Override
    protected Map<String, Object> run() throws Exception {
        try {
            return work.run(StepSite.of(getContext()));
        } catch (InterruptedException e) {
            throw StepSite.aborted(e);
        }
    }
}
