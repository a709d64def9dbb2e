package hudson;

import java.io.IOException;

/** Signature of the exception that ends a build with a message and without a stack trace. */
public class AbortException extends IOException {
    public AbortException() {}

    public AbortException(String message) {
        super(message);
    }
}
