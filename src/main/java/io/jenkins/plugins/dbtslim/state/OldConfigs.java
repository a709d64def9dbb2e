package io.jenkins.plugins.dbtslim.state;

import io.jenkins.plugins.dbtslim.manifest.Resource;
import java.util.Map;

/** The unrendered configs of the state, with those that had to be read again from the code. */
final class OldConfigs {
    private final Map<String, Map<String, Object>> again;

    OldConfigs(Map<String, Map<String, Object>> again) {
        this.again = again;
    }

    Map<String, Object> of(Resource old) {
        return again.getOrDefault(old.uniqueId(), old.unrenderedConfig());
    }
}
