package io.jenkins.plugins.dbtslim.truth;

import java.io.IOException;

/** What is true of production cannot be told; the message is one sentence that says why and what to do. */
public class TruthException extends IOException {
    private static final long serialVersionUID = 1L;

    public TruthException(String message) {
        super(message);
    }
}
