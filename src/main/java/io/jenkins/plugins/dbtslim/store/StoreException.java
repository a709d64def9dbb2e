package io.jenkins.plugins.dbtslim.store;

import java.io.IOException;

/**
 * A manifest that could not be fetched or published; the message is one sentence for the user: what, where and what to
 * do. It never holds the query of a signed URL, and has no cause, because an HTTP client's exceptions may.
 */
public class StoreException extends IOException {
    private static final long serialVersionUID = 1L;

    public StoreException(String message) {
        super(message);
    }
}
