package io.jenkins.plugins.dbtslim.store;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serializable;

/**
 * What was published.
 *
 * @param uri where
 * @param etag the store's name of it, or null
 * @param publication what was noted with it
 * @param historyUri where the copy lies, or null
 * @param verified whether a look afterwards showed what was published
 */
public record PublishResult(
        String uri,
        @CheckForNull String etag,
        Publication publication,
        @CheckForNull String historyUri,
        boolean verified)
        implements Serializable {
    private static final long serialVersionUID = 1L;
}
