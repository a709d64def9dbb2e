package io.jenkins.plugins.dbtslim.jenkins.agent;

import hudson.remoting.ChannelClosedException;
import hudson.remoting.RequestAbortedException;
import java.nio.channels.ClosedChannelException;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Tells the loss of an agent, which may come back, from all other failures. */
@Restricted(NoExternalUse.class)
public final class AgentLoss {
    private AgentLoss() {}

    /** Whether the failure means that the agent cannot be reached now. */
    public static boolean isMeantBy(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof AgentAwayException
                    || cause instanceof ChannelClosedException
                    || cause instanceof RequestAbortedException
                    || cause instanceof ClosedChannelException) {
                return true;
            }
        }
        return false;
    }
}
