package io.jenkins.plugins.dbtslim.jenkins.engine;

import java.io.IOException;

/** The agent cannot be reached now; it may come back. */
public final class AgentAwayException extends IOException {
    private static final long serialVersionUID = 1L;

    public AgentAwayException(String message) {
        super(message);
    }
}
