package io.jenkins.plugins.dbtslim.jenkins.engine;

import com.google.common.util.concurrent.ListenableFuture;
import hudson.EnvVars;
import hudson.model.Result;
import hudson.model.TaskListener;
import io.jenkins.plugins.dbtslim.jenkins.credentials.SecretEnvironment;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner;
import org.jenkinsci.plugins.workflow.log.TaskListenerDecorator;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Where the durable task of a slim build runs: the step's own context, with secret variables in the environment and
 * masked in the log, and with the end of the task handed to the {@link DbtStepExecution} instead of to the Pipeline.
 */
final class DurableTaskContext extends StepContext {
    private static final long serialVersionUID = 1L;
    private final DbtStepExecution execution;
    private final SecretEnvironment secrets;

    DurableTaskContext(DbtStepExecution execution, SecretEnvironment secrets) {
        this.execution = execution;
        this.secrets = secrets;
    }

    @Override
    public <T> T get(Class<T> key) throws IOException, InterruptedException {
        T value = step().get(key);
        if (key == EnvVars.class) {
            EnvVars variables = new EnvVars((EnvVars) value);
            variables.putAll(secrets.plain());
            return key.cast(variables);
        }
        if (key == TaskListener.class) {
            return key.cast(
                    TaskListenerDecorator.apply((TaskListener) value, step().get(FlowExecutionOwner.class), secrets));
        }
        return value;
    }

    @Override
    public void onSuccess(Object exitStatus) {
        execution.taskEnded((Integer) exitStatus, null);
    }

    @Override
    public void onFailure(Throwable problem) {
        execution.taskEnded(null, problem);
    }

    private StepContext step() {
        return execution.getContext();
    }

    @Override
    public boolean isReady() {
        return step().isReady();
    }

    @Override
    public ListenableFuture<Void> saveState() {
        return step().saveState();
    }

    @Override
    public void setResult(Result result) {
        step().setResult(result);
    }

    @Override
    public BodyInvoker newBodyInvoker() {
        throw new IllegalStateException("a step that runs dbt has no body");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DurableTaskContext that && step().equals(that.step());
    }

    @Override
    public int hashCode() {
        return step().hashCode();
    }
}
