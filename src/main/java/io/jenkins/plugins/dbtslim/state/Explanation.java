package io.jenkins.plugins.dbtslim.state;

import io.jenkins.plugins.dbtslim.manifest.ManifestException;
import io.jenkins.plugins.dbtslim.manifest.ManifestTexts;
import io.jenkins.plugins.dbtslim.manifest.Resource;
import io.jenkins.plugins.dbtslim.manifest.ResourceText;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Changes with all details, from a second pass over both files that ends with the last resource of interest. */
final class Explanation {
    private Explanation() {}

    static Map<String, Change> of(StateComparison comparison, Reasons reasons, Collection<String> ids)
            throws ManifestException {
        Set<String> wanted = new LinkedHashSet<>();
        for (String id : ids) {
            Resource now = comparison.current().resource(id);
            if (now != null
                    && comparison.old(now) != null
                    && !comparison.differing(now).isEmpty()) {
                wanted.add(id);
            }
        }
        Map<String, ResourceText> before = ManifestTexts.read(comparison.state().file(), wanted);
        Map<String, ResourceText> after =
                ManifestTexts.read(comparison.current().file(), wanted);
        Map<String, Change> changes = new LinkedHashMap<>();
        for (String id : ids) {
            Change change = comparison.change(id);
            if (wanted.contains(id)) {
                Resource now = comparison.current().resource(id);
                change = new Change(
                        change.kind(),
                        reasons.of(now, comparison.old(now), comparison.differing(now), before.get(id), after.get(id)));
            }
            changes.put(id, change);
        }
        return changes;
    }
}
