package io.jenkins.plugins.dbtslim.store;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.manifest.Metadata;
import java.io.Serializable;

/**
 * Where a fetched manifest came from and what it is.
 *
 * @param uri the location it was fetched from
 * @param etag the store's name of that content, quotes included
 * @param versionId of a bucket with versions, or null
 * @param lastModified at the store, ISO 8601, UTC, or null
 * @param sha256 of the file as it lies here (plain JSON), lower case hexadecimal
 * @param size of the file as it lies here, in bytes
 * @param schemaVersion of the manifest, such as 12
 * @param dbtVersion that made it
 * @param project name of the dbt project, or null
 * @param adapter such as materialize, or null
 * @param generatedAt by dbt, ISO 8601, UTC, or null
 * @param build URL or name of the publishing build, or null
 * @param commit of the sources it was built from, or null
 * @param fetchedAt ISO 8601, UTC
 */
public record Provenance(
        String uri,
        String etag,
        @CheckForNull String versionId,
        @CheckForNull String lastModified,
        String sha256,
        long size,
        int schemaVersion,
        String dbtVersion,
        @CheckForNull String project,
        @CheckForNull String adapter,
        @CheckForNull String generatedAt,
        @CheckForNull String build,
        @CheckForNull String commit,
        String fetchedAt)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    static Provenance of(StoredManifest stored, Metadata metadata, String sha256, long size, String fetchedAt) {
        Publication publication = stored.publication();
        return new Provenance(
                stored.location().toString(),
                stored.etag(),
                stored.versionId(),
                stored.lastModified(),
                sha256,
                size,
                metadata.schemaVersion(),
                metadata.dbtVersion(),
                metadata.projectName(),
                metadata.adapterType(),
                metadata.generatedAt(),
                publication == null ? null : publication.build(),
                publication == null ? null : publication.commit(),
                fetchedAt);
    }
}
