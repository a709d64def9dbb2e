package io.jenkins.plugins.dbtslim.selection;

import io.jenkins.plugins.dbtslim.manifest.Resource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The method {@code path:}. dbt looks for the pattern in the folder of the root project, which is not at hand: the
 * files and folders that resources of the root project name stand for it.
 */
final class PathMethod implements Predicate<Resource> {
    private final Set<String> found = new HashSet<>();

    PathMethod(String pattern, String projectName, List<Resource> resources) {
        List<Predicate<String>> parts = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (String part : pattern.split("/", -1)) {
            if (!part.isEmpty() && !part.equals(".")) {
                names.add(part);
                parts.add(Wildcard.of(part));
            }
        }
        if (names.isEmpty() || pattern.startsWith("/")) {
            return;
        }
        Set<String> known = new HashSet<>();
        for (Resource resource : resources) {
            if (projectName == null || Objects.equals(projectName, resource.packageName())) {
                withFolders(normal(resource.originalFilePath()), known);
                withFolders(normal(resource.patchPath()), known);
            }
        }
        for (String path : known) {
            List<String> elements = List.of(path.split("/"));
            if (matches(names, parts, 0, elements, 0)) {
                found.add(path);
            }
        }
    }

    static String normal(String path) {
        return path == null ? "" : path.replace('\\', '/');
    }

    @Override
    public boolean test(Resource resource) {
        String file = normal(resource.originalFilePath());
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

    private static void withFolders(String file, Set<String> known) {
        if (file.isEmpty()) {
            return;
        }
        known.add(file);
        for (int slash = file.indexOf('/'); slash > 0; slash = file.indexOf('/', slash + 1)) {
            known.add(file.substring(0, slash));
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
