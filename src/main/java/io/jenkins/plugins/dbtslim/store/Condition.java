package io.jenkins.plugins.dbtslim.store;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serializable;

/** What must still be true at the store when a manifest is written there. */
public sealed interface Condition extends Serializable {
    /**
     * That nothing changes since somebody looked.
     *
     * @param etag of what lay there, or null for nothing
     */
    static Condition unchanged(@CheckForNull String etag) {
        return etag == null ? new Absent() : new Unchanged(etag);
    }

    /** Nothing: whatever lies there is replaced. */
    record Always() implements Condition {
        private static final long serialVersionUID = 1L;
    }

    /** Nothing lies there yet ({@code If-None-Match: *}). */
    record Absent() implements Condition {
        private static final long serialVersionUID = 1L;
    }

    /**
     * What lies there is what we know ({@code If-Match}).
     *
     * @param etag as the store gave it, quotes included
     */
    record Unchanged(String etag) implements Condition {
        private static final long serialVersionUID = 1L;
    }
}
