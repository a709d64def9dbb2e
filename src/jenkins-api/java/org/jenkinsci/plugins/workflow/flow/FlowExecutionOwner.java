package org.jenkinsci.plugins.workflow.flow;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Queue;
import hudson.model.TaskListener;
import java.io.IOException;
import java.io.Serializable;

/** Signature of what leads to a Pipeline build. */
public abstract class FlowExecutionOwner implements Serializable {
    public abstract Queue.Executable getExecutable() throws IOException;

    public abstract String getUrl() throws IOException;

    public @NonNull TaskListener getListener() throws IOException {
        throw new UnsupportedOperationException();
    }
}
