package io.jenkins.plugins.dbtslim.jenkins;

import hudson.model.TaskListener;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.dbtslim.io.VisibleText;
import io.jenkins.plugins.dbtslim.store.AgentCallable;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Serializable;
import jenkins.MasterToSlaveFileCallable;

/** A callable on its way to the machine of the workspace; its log lines come back into the build's log. */
final class AgentFileCallable<T extends Serializable> extends MasterToSlaveFileCallable<T> {
    private static final long serialVersionUID = 1L;
    private final AgentCallable<T> callable;
    private final TaskListener listener;

    AgentFileCallable(AgentCallable<T> callable, TaskListener listener) {
        this.callable = callable;
        this.listener = listener;
    }

    @Override
    public T invoke(File workspace, VirtualChannel channel) throws IOException, InterruptedException {
        PrintStream log = listener.getLogger();
        try {
            return callable.run(line -> log.println(VisibleText.line(line)));
        } finally {
            log.flush();
        }
    }
}
