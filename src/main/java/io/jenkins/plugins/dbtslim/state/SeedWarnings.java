package io.jenkins.plugins.dbtslim.state;

import io.jenkins.plugins.dbtslim.manifest.Facet;
import io.jenkins.plugins.dbtslim.manifest.Resource;
import java.util.Optional;

/** What dbt warns about seeds that are too big to hash, of which it compares only the path. */
final class SeedWarnings {
    private SeedWarnings() {}

    static Optional<StateWarning> of(Resource now, Resource old) {
        if (!"seed".equals(now.resourceType())
                || !"path".equals(now.checksumName())
                || AspectComparison.isComparedByContent(now, old)) {
            return Optional.empty();
        }
        String seed = "seed " + now.name() + " ";
        if (!"path".equals(old.checksumName())) {
            return Optional.of(new StateWarning(
                    "SeedIncreased", now.name(), seed + "is now too big to compare by content: it counts as changed"));
        }
        if (now.fingerprint(Facet.BODY).equals(old.fingerprint(Facet.BODY))) {
            return Optional.of(new StateWarning(
                    StateWarning.SAME_PATH,
                    now.name(),
                    seed + "is too big to compare by content: it counts as unchanged"));
        }
        return Optional.of(new StateWarning(
                "SeedExceedsLimitAndPathChanged",
                now.name(),
                seed + "is too big to compare by content and its path changed: it counts as changed"));
    }
}
