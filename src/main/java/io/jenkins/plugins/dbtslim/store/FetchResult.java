package io.jenkins.plugins.dbtslim.store;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a fetch brought.
 *
 * @param outcome how it went
 * @param path of the manifest where the files lie, or null
 * @param provenance of the manifest, or null
 * @param etag of what lies at the store, or null when nothing does
 * @param stale whether it is older than allowed
 */
public record FetchResult(
        Outcome outcome,
        @CheckForNull String path,
        @CheckForNull Provenance provenance,
        @CheckForNull String etag,
        boolean stale)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** How a fetch can end, errors apart. */
    public enum Outcome {
        /** It was brought. */
        FETCHED,
        /** It lay there already, unchanged. */
        UNCHANGED,
        /** There is none, and everything is to be built. */
        FULL_BUILD,
        /** There is none, and that is fine. */
        SKIPPED,
        /** It was looked at only. */
        NOTED
    }

    /** Whether there is a manifest at the store. */
    public boolean found() {
        return etag != null;
    }

    /** For scripts: texts, numbers and booleans by name; what is not known is null. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("found", found());
        map.put("fullBuild", outcome == Outcome.FULL_BUILD);
        map.put("transferred", outcome == Outcome.FETCHED);
        map.put("stale", stale);
        map.put("path", path);
        map.put("etag", etag);
        if (provenance != null) {
            map.put("uri", provenance.uri());
            map.put("versionId", provenance.versionId());
            map.put("lastModified", provenance.lastModified());
            map.put("sha256", provenance.sha256());
            map.put("size", provenance.size());
            map.put("schemaVersion", provenance.schemaVersion());
            map.put("dbtVersion", provenance.dbtVersion());
            map.put("project", provenance.project());
            map.put("adapter", provenance.adapter());
            map.put("generatedAt", provenance.generatedAt());
            map.put("build", provenance.build());
            map.put("commit", provenance.commit());
        }
        return map;
    }
}
