package io.jenkins.plugins.dbtslim.state;

import io.jenkins.plugins.dbtslim.io.UserException;

/** A comparison that dbt refuses; the message is one sentence. */
public class StateException extends UserException {
    private static final long serialVersionUID = 1L;

    private final String dbtError;

    /** A refusal with its one sentence, and the class of exception that dbt raises. */
    public StateException(String dbtError, String message) {
        super(message);
        this.dbtError = dbtError;
    }

    /** The class of exception that dbt raises in the same case, such as {@code ContractBreakingChangeError}. */
    public String dbtError() {
        return dbtError;
    }
}
