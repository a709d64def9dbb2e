package io.jenkins.plugins.dbtslim.store.transfer;

import java.io.IOException;

/** One attempt went wrong in a way that another attempt may mend: cut, stalled, damaged on the way. */
public final class BrokenTransfer extends IOException {
    private static final long serialVersionUID = 1L;

    public BrokenTransfer(String message) {
        super(message);
    }
}
