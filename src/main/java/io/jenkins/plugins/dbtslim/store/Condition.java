package io.jenkins.plugins.dbtslim.store;

import java.io.Serializable;

/** What must still be true at the store when a manifest is written there. */
public sealed interface Condition extends Serializable {
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
