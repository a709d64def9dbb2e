package io.jenkins.plugins.dbtslim.jenkins.step.publish;

import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.SynchronousNonBlockingStepExecution;

/** A running {@code dbtPublishManifest}: short, and safe to do again. */
final class PublishExecution extends SynchronousNonBlockingStepExecution<Map<String, Object>> {
    private static final long serialVersionUID = 1L;
    private final PublishStep step;

    PublishExecution(StepContext context, PublishStep step) {
        super(context);
        this.step = step;
    }

    @Override
    protected Map<String, Object> run() throws Exception {
        try {
            return ManifestPublishing.run(step, StepSite.of(getContext()));
        } catch (InterruptedException e) {
            throw StepSite.aborted(e);
        }
    }
}
