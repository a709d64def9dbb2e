package io.jenkins.plugins.dbtslim.jenkins.step.doctor;

import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.SynchronousNonBlockingStepExecution;

/** A running {@code dbtDoctor}: short, and safe to do again. */
final class DoctorExecution extends SynchronousNonBlockingStepExecution<Map<String, Object>> {
    private static final long serialVersionUID = 1L;
    private final DoctorStep step;

    DoctorExecution(StepContext context, DoctorStep step) {
        super(context);
        this.step = step;
    }

    @Override
    protected Map<String, Object> run() throws Exception {
        try {
            return Doctor.run(step, StepSite.of(getContext()));
        } catch (InterruptedException e) {
            throw StepSite.aborted(e);
        }
    }
}
