package io.jenkins.plugins.dbtslim.run;

import io.jenkins.plugins.dbtslim.store.PublishResult;
import java.util.LinkedHashMap;
import java.util.Map;

/** What scripts get of a publication, in a step and on the command line. */
public final class PublishRules {
    private PublishRules() {}

    /** For scripts: texts and booleans by name; what is not known is null. */
    public static Map<String, Object> toMap(PublishResult result) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("uri", result.uri());
        map.put("etag", result.etag());
        map.put("sha256", result.publication().sha256());
        map.put("dbtVersion", result.publication().dbtVersion());
        map.put("project", result.publication().project());
        map.put("historyUri", result.historyUri());
        map.put("verified", result.verified());
        return map;
    }
}
