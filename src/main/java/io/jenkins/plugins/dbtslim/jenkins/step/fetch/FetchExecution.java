package io.jenkins.plugins.dbtslim.jenkins.step.fetch;

import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.SynchronousNonBlockingStepExecution;

/** A running {@code dbtFetchManifest}: short, and safe to do again. */
final class FetchExecution extends SynchronousNonBlockingStepExecution<Map<String, Object>> {
    private static final long serialVersionUID = 1L;
    private final FetchStep step;

    FetchExecution(StepContext context, FetchStep step) {
        super(context);
        this.step = step;
    }

    @Override
    protected Map<String, Object> run() throws Exception {
        try {
            return ManifestFetching.run(step, StepSite.of(getContext()));
        } catch (InterruptedException e) {
            throw StepSite.aborted(e);
        }
    }
}
