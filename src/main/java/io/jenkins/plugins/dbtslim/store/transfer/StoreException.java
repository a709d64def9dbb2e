package io.jenkins.plugins.dbtslim.store.transfer;

import io.jenkins.plugins.dbtslim.io.FileErrors;
import io.jenkins.plugins.dbtslim.io.UserException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A manifest that could not be fetched or published; the message is one sentence for the user: what, where and what to
 * do. It never holds the query of a signed URL, and has no cause, because an HTTP client's exceptions may.
 */
public class StoreException extends UserException {
    private static final long serialVersionUID = 1L;

    public StoreException(String message) {
        super(message);
    }

    /** Says that what came cannot be written. */
    public static StoreException cannotWrite(String name, Path file, IOException e) {
        return new StoreException(
                "Cannot write " + name + " into " + file.getParent() + ": " + FileErrors.reason(e) + ".");
    }
}
