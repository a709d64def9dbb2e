package io.jenkins.plugins.dbtslim.jenkins.build;

import hudson.remoting.ChannelClosedException;
import hudson.remoting.RequestAbortedException;
import java.io.EOFException;
import java.nio.channels.ClosedChannelException;
import org.jenkinsci.plugins.workflow.steps.MissingContextVariableException;

/** Tells the loss of an agent, which may come back, from all other failures. */
final class LostAgent {
    private LostAgent() {}

    /** Whether the failure means that the agent cannot be reached now. */
    static boolean isMeantBy(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ChannelClosedException
                    || cause instanceof RequestAbortedException
                    || cause instanceof ClosedChannelException
                    || cause instanceof EOFException
                    || cause instanceof MissingContextVariableException) {
                return true;
            }
        }
        return false;
    }
}
