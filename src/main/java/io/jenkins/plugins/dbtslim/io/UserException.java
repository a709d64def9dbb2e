package io.jenkins.plugins.dbtslim.io;

import java.io.IOException;

/**
 * What the user can put right: the message is one sentence that says what is wrong, where, and what to do. Both doors
 * show that sentence alone; every other exception is a fault of ours or of the machine, and keeps its trace.
 */
public class UserException extends IOException {
    private static final long serialVersionUID = 1L;

    public UserException(String message) {
        super(message);
    }

    public UserException(String message, Throwable cause) {
        super(message, cause);
    }
}
