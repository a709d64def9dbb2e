package io.jenkins.plugins.dbtslim.truth;

import io.jenkins.plugins.dbtslim.io.UserException;

/** What is true of production cannot be told; the message is one sentence that says why and what to do. */
public class TruthException extends UserException {
    private static final long serialVersionUID = 1L;

    public TruthException(String message) {
        super(message);
    }
}
