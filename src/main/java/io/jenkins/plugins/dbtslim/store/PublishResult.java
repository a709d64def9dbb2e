package io.jenkins.plugins.dbtslim.store;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;

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

    /** For scripts: texts and booleans by name; what is not known is null. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("published", true);
        map.put("uri", uri);
        map.put("etag", etag);
        map.put("sha256", publication.sha256());
        map.put("dbtVersion", publication.dbtVersion());
        map.put("project", publication.project());
        map.put("historyUri", historyUri);
        map.put("verified", verified);
        return map;
    }
}
