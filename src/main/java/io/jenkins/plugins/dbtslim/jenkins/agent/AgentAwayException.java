package io.jenkins.plugins.dbtslim.jenkins.agent;

import java.io.IOException;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** The agent cannot be reached now; it may come back. */
@Restricted(NoExternalUse.class)
public final class AgentAwayException extends IOException {
    private static final long serialVersionUID = 1L;

    public AgentAwayException(String message) {
        super(message);
    }
}
