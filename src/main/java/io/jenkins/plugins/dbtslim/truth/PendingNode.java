package io.jenkins.plugins.dbtslim.truth;

import java.io.Serializable;

/**
 * A node of the project that production has not got as the project asks for it.
 *
 * @param id unique_id
 * @param why in a few words, of {@link NotBuilt#words()}
 * @param since when a publication said so first, ISO 8601
 * @param build name of the build that published it then, or null
 * @param still whether the manifest before said so already
 */
public record PendingNode(String id, String why, String since, String build, boolean still) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Such as {@code model.shop.orders (failed, since build 12)}. */
    @Override
    public String toString() {
        return id + " (" + why + (still ? ", since " + (build == null ? since : "build " + build) : "") + ")";
    }
}
