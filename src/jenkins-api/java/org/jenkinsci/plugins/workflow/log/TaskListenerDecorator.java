package org.jenkinsci.plugins.workflow.log;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.BuildListener;
import hudson.model.TaskListener;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner;

/** Signature of what filters a step's log. */
public abstract class TaskListenerDecorator implements Serializable {
    public @NonNull abstract OutputStream decorate(@NonNull OutputStream logger)
            throws IOException, InterruptedException;

    public static BuildListener apply(
            @NonNull TaskListener listener,
            @NonNull FlowExecutionOwner owner,
            @CheckForNull TaskListenerDecorator mainDecorator) {
        throw new UnsupportedOperationException();
    }
}
