package io.jenkins.plugins.dbtslim.selection;

import io.jenkins.plugins.dbtslim.manifest.Resource;
import io.jenkins.plugins.dbtslim.manifest.Section;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** The method {@code fqn:}: the name, or a prefix of package, folders and name, with wildcards. */
final class FqnMethod implements Predicate<Resource> {
    private static final int LEAF_WILDCARDS = 11;

    private final String value;
    private final List<String> parts;
    private final int firstPattern;
    private final Predicate<String> rest;
    private final Predicate<String> leaf;

    FqnMethod(String value, int minor) {
        this.value = value;
        parts = Arrays.asList(value.split("\\.", -1));
        int first = 0;
        while (first < parts.size() && !Wildcard.isPattern(parts.get(first))) {
            first++;
        }
        firstPattern = first;
        rest = Wildcard.of(String.join(".", parts.subList(first, parts.size())));
        boolean leaves = minor >= LEAF_WILDCARDS && parts.size() == 1 && first == 0;
        leaf = leaves ? Wildcard.of(value) : name -> false;
    }

    @Override
    public boolean test(Resource resource) {
        if (resource.section() == Section.SOURCES || resource.fqn().isEmpty()) {
            return false;
        }
        boolean versioned = "model".equals(resource.resourceType()) && resource.version() != null;
        List<String> fqn = resource.fqn();
        return matches(fqn, versioned) || matches(fqn.subList(1, fqn.size()), versioned);
    }

    private boolean matches(List<String> fqn, boolean versioned) {
        if (fqn.isEmpty() || (versioned && fqn.size() < 2)) {
            return false;
        }
        String last = fqn.get(fqn.size() - 1);
        String name = versioned ? fqn.get(fqn.size() - 2) : last;
        if (name.equals(value) || (versioned && (name + "_" + last).equals(lastTwo()))) {
            return true;
        }
        List<String> flat = new ArrayList<>();
        fqn.forEach(element -> flat.addAll(Arrays.asList(element.split("\\.", -1))));
        if (flat.size() < parts.size()) {
            return false;
        }
        for (int i = 0; i < firstPattern; i++) {
            if (!flat.get(i).equals(parts.get(i))) {
                return false;
            }
        }
        return firstPattern == parts.size()
                || rest.test(String.join(".", flat.subList(firstPattern, flat.size())))
                || leaf.test(name);
    }

    private String lastTwo() {
        return String.join("_", parts.subList(Math.max(0, parts.size() - 2), parts.size()));
    }
}
