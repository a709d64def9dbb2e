package io.jenkins.plugins.dbtslim.state;

/** A comparison that dbt refuses; the message is one sentence. */
public class StateException extends Exception {
    private static final long serialVersionUID = 1L;

    /** A refusal with its one sentence. */
    public StateException(String message) {
        super(message);
    }
}
