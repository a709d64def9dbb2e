package io.jenkins.plugins.dbtslim.report.data;

import io.jenkins.plugins.dbtslim.manifest.Metadata;

/**
 * Where a manifest is from; any part may be null.
 *
 * @param location where it was fetched from or lay, without secrets
 * @param etag the object store's mark of the version fetched
 * @param sha256 digest of the file
 * @param commit revision of the project that it was made from
 */
public record ManifestOrigin(Metadata metadata, String location, String etag, String sha256, String commit) {}
