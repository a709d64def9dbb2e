package io.jenkins.plugins.dbtslim.selection;

import io.jenkins.plugins.dbtslim.manifest.Resource;
import io.jenkins.plugins.dbtslim.selection.Spec.Criterion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The method {@code path:}. dbt looks for the pattern in the folder of the root project, which is not at hand: the
 * files and folders that resources of the root project name stand for it.
 */
final class PathMethod implements Predicate<Resource> {
    private final Set<String> found = new HashSet<>();

    private final boolean everything;

    PathMethod(Criterion criterion, String projectName, List<Resource> resources) throws SelectionException {
        String pattern = criterion.value();
        List<String> names = names(criterion);
        List<Predicate<String>> parts = names.stream().map(Wildcard::of).toList();
        everything = names.stream().allMatch("**"::equals);
        Map<String, Boolean> known = new HashMap<>();
        for (Resource resource : resources) {
            if (projectName == null || Objects.equals(projectName, resource.packageName())) {
                withFolders(normal(resource.originalFilePath()), known);
                withFolders(normal(resource.patchPath()), known);
            }
        }
        boolean onlyFolders = pattern.endsWith("/");
        known.forEach((path, folder) -> {
            if ((folder || !onlyFolders) && matches(names, parts, 0, List.of(path.split("/")), 0)) {
                found.add(path);
            }
        });
    }

    /** The names between the slashes; what Python's glob refuses is refused, as Python 3.11 does. */
    private static List<String> names(Criterion criterion) throws SelectionException {
        String pattern = criterion.value();
        if (pattern.startsWith("/")) {
            throw refused("NotImplementedError", criterion, "is not relative to the folder of the project");
        }
        List<String> names = new ArrayList<>();
        for (String part : pattern.split("/", -1)) {
            if (part.contains("**") && !part.equals("**")) {
                throw refused("ValueError", criterion, "has ** beside other characters in a part of the path");
            }
            if (!part.isEmpty() && !part.equals(".")) {
                names.add(part);
            }
        }
        if (names.isEmpty()) {
            throw refused(pattern.isEmpty() ? "ValueError" : "IndexError", criterion, "names nothing in the project");
        }
        return names;
    }

    private static SelectionException refused(String error, Criterion criterion, String why) {
        return new SelectionException(error, "the path \"" + criterion.value() + "\" " + why);
    }

    static String normal(String path) {
        return path == null ? "" : path.replace('\\', '/');
    }

    @Override
    public boolean test(Resource resource) {
        String file = normal(resource.originalFilePath());
        if (everything) {
            return !file.isEmpty();
        }
        if (found.contains(file) || found.contains(normal(resource.patchPath()))) {
            return true;
        }
        for (int slash = file.lastIndexOf('/'); slash > 0; slash = file.lastIndexOf('/', slash - 1)) {
            if (found.contains(file.substring(0, slash))) {
                return true;
            }
        }
        return false;
    }

    private static void withFolders(String file, Map<String, Boolean> known) {
        if (file.isEmpty()) {
            return;
        }
        known.put(file, false);
        for (int slash = file.indexOf('/'); slash > 0; slash = file.indexOf('/', slash + 1)) {
            known.put(file.substring(0, slash), true);
        }
    }

    private static boolean matches(
            List<String> names, List<Predicate<String>> parts, int part, List<String> elements, int element) {
        if (part == names.size()) {
            return element == elements.size();
        }
        if (names.get(part).equals("**")) {
            for (int skipped = element; skipped <= elements.size(); skipped++) {
                if (matches(names, parts, part + 1, elements, skipped)) {
                    return true;
                }
            }
            return false;
        }
        return element < elements.size()
                && parts.get(part).test(elements.get(element))
                && matches(names, parts, part + 1, elements, element + 1);
    }
}
