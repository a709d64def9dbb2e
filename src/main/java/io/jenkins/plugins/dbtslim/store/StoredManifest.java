package io.jenkins.plugins.dbtslim.store;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serializable;

/**
 * A manifest as its store describes it.
 *
 * @param location where it lies
 * @param etag the store's name of this very content, quotes included
 * @param versionId of a bucket with versions, or null
 * @param lastModified ISO 8601, UTC, or null
 * @param size in bytes as stored
 * @param publication what our publisher noted, or null when something else wrote it
 */
public record StoredManifest(
        ManifestLocation location,
        String etag,
        @CheckForNull String versionId,
        @CheckForNull String lastModified,
        long size,
        @CheckForNull Publication publication)
        implements Serializable {
    private static final long serialVersionUID = 1L;
}
