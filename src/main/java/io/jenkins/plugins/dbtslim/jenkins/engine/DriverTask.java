package io.jenkins.plugins.dbtslim.jenkins.engine;

import org.jenkinsci.plugins.durabletask.BourneShellScript;
import org.jenkinsci.plugins.durabletask.DurableTask;
import org.jenkinsci.plugins.durabletask.WindowsBatchScript;
import org.jenkinsci.plugins.workflow.steps.durable_task.DurableTaskStep;

/** The process of a slim build as Jenkins' durable task; it reports its exit status. */
final class DriverTask extends DurableTaskStep {
    private final String script;
    private final boolean unix;

    DriverTask(String script, boolean unix) {
        this.script = script;
        this.unix = unix;
        setReturnStatus(true);
    }

    @Override
    protected DurableTask task() {
        return unix ? new BourneShellScript(script) : new WindowsBatchScript(script);
    }
}
