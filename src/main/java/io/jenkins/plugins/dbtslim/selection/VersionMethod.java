package io.jenkins.plugins.dbtslim.selection;

import io.jenkins.plugins.dbtslim.manifest.PythonValues;
import io.jenkins.plugins.dbtslim.manifest.Resource;
import io.jenkins.plugins.dbtslim.selection.Spec.Criterion;
import java.util.Set;
import java.util.function.Predicate;

/** The method {@code version:} with latest, prerelease, old and none; versions compare as numbers, else as text. */
final class VersionMethod implements Predicate<Resource> {
    private final String value;

    VersionMethod(Criterion criterion) throws SelectionException {
        value = criterion.value();
        if (!Set.of("latest", "prerelease", "old", "none").contains(value)) {
            throw Methods.refused(criterion, "is no version; there are latest, prerelease, old and none");
        }
    }

    @Override
    public boolean test(Resource resource) {
        if (!"model".equals(resource.resourceType())) {
            return false;
        }
        Object version = resource.version();
        Object latest = resource.latestVersion();
        boolean both = PythonValues.truthy(version) && PythonValues.truthy(latest);
        return switch (value) {
            case "latest" -> version != null && PythonValues.equal(version, latest);
            case "none" -> version == null;
            case "prerelease" -> both && compare(version, latest) > 0;
            default -> both && compare(version, latest) < 0;
        };
    }

    private static int compare(Object a, Object b) {
        try {
            return Double.compare(Double.parseDouble(a.toString()), Double.parseDouble(b.toString()));
        } catch (NumberFormatException text) {
            return a.toString().compareTo(b.toString());
        }
    }
}
