package io.jenkins.plugins.dbtslim.selection;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The types that {@code dbt ls} lists, as options change them.
 *
 * @param listed dbt's words, such as {@code model}
 * @param blankNodes whether nodes without any code are in the graph: dbt 1.8 has none when it lists just tests
 */
record ResourceTypes(Set<String> listed, boolean blankNodes) {
    private static final int FUNCTIONS = 11;
    private static final int TESTS_APART = 9;
    private static final Set<String> LISTED = Set.of(
            "model",
            "snapshot",
            "seed",
            "test",
            "source",
            "exposure",
            "metric",
            "saved_query",
            "semantic_model",
            "unit_test",
            "function");

    static ResourceTypes of(List<String> included, List<String> excluded, int minor) throws SelectionException {
        Set<String> types = new HashSet<>();
        for (String type : included) {
            switch (type) {
                case "all" -> {
                    types.addAll(LISTED);
                    types.add("analysis");
                }
                case "default" -> types.addAll(LISTED);
                default -> types.add(checked(type, minor));
            }
        }
        if (included.isEmpty()) {
            types.addAll(LISTED);
        }
        for (String type : excluded) {
            if (type.equals("default")) {
                throw new SelectionException("ValueError", "\"default\" stands for many types and cannot be excluded");
            }
            types.remove(checked(type, minor));
        }
        boolean asTests = minor < TESTS_APART && types.equals(Set.of("test"));
        if (asTests) {
            types.add("unit_test");
        }
        return new ResourceTypes(types, !asTests);
    }

    /** dbt takes a name in any case at first, and fails then if it is not in lower case. */
    private static String checked(String type, int minor) throws SelectionException {
        String lower = type.toLowerCase(Locale.ROOT);
        boolean known = LISTED.contains(lower) || lower.equals("analysis");
        if (!known || (type.equals("function") && minor < FUNCTIONS)) {
            throw new SelectionException(
                    "DbtUsageException",
                    "\"" + type + "\" is no resource type that this dbt lists; there are "
                            + String.join(", ", LISTED.stream().sorted().toList()) + ", analysis, all and default");
        }
        if (!lower.equals(type)) {
            throw new SelectionException("ValueError", "the resource type \"" + type + "\" is written " + lower);
        }
        return type;
    }
}
