package org.jenkinsci.plugins.workflow.steps.durable_task;

import org.jenkinsci.plugins.durabletask.DurableTask;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** Signature of the base of steps that outlive the controller. */
public abstract class DurableTaskStep extends Step {
    protected abstract DurableTask task();

    public void setReturnStatus(boolean returnStatus) {
        throw new UnsupportedOperationException();
    }

    public String getLabel() {
        throw new UnsupportedOperationException();
    }

    public StepExecution start(StepContext context) throws Exception {
        throw new UnsupportedOperationException();
    }

    public static long REMOTE_TIMEOUT;

    public static void shutDownThreadPool() {
        throw new UnsupportedOperationException();
    }
}
