package io.jenkins.plugins.dbtslim.store;

import java.io.Serializable;

/**
 * What came of one conditional write.
 *
 * @param status what happened
 * @param etag of what was written, else null
 */
public record WriteResult(Status status, String etag) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The ways that a conditional write can end, errors apart. */
    public enum Status {
        /** It lies there now. */
        DONE,
        /** The condition does not hold: somebody else wrote or deleted. */
        CHANGED,
        /** Another write is under way: look again, then try again. */
        BUSY
    }
}
