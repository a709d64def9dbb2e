package io.jenkins.plugins.dbtslim.selection;

import io.jenkins.plugins.dbtslim.manifest.Resource;
import io.jenkins.plugins.dbtslim.manifest.Section;
import io.jenkins.plugins.dbtslim.selection.Spec.Criterion;
import io.jenkins.plugins.dbtslim.state.StateSelector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** dbt's selector methods that look only at the resource itself. */
final class Methods {
    private static final Map<String, Section> BY_NAME = Map.of(
            "exposure", Section.EXPOSURES,
            "metric", Section.METRICS,
            "semantic_model", Section.SEMANTIC_MODELS,
            "saved_query", Section.SAVED_QUERIES,
            "unit_test", Section.UNIT_TESTS);
    private static final Set<String> TYPES = Set.of(
            "model",
            "analysis",
            "test",
            "snapshot",
            "operation",
            "seed",
            "rpc",
            "sql_operation",
            "doc",
            "source",
            "macro",
            "exposure",
            "metric",
            "group",
            "saved_query",
            "semantic_model",
            "unit_test",
            "fixture",
            "function");
    private static final Set<String> OTHERS = Set.of(
            "fqn",
            "tag",
            "source",
            "path",
            "file",
            "package",
            "config",
            "resource_type",
            "test_name",
            "test_type",
            "group",
            "access",
            "version",
            "state",
            "result",
            "source_status",
            "selector");
    private static final int FUNCTIONS = 11;

    private final String projectName;
    private final int minor;

    Methods(String projectName, int minor) {
        this.projectName = projectName;
        this.minor = minor;
    }

    /** Refuses what dbt refuses whatever the manifest is. */
    static void check(Criterion criterion) throws SelectionException {
        String method = criterion.method();
        if (!BY_NAME.containsKey(method) && !OTHERS.contains(method)) {
            throw new SelectionException(
                    "InvalidSelectorError",
                    "\"" + method + "\" in \"" + criterion.text() + "\" is no method of selection; there are "
                            + names());
        }
        if (method.equals("state")) {
            state(criterion);
        } else if (!Set.of("path", "result", "source_status", "selector").contains(method)) {
            new Methods(null, FUNCTIONS).predicate(criterion);
        }
    }

    static StateSelector state(Criterion criterion) throws SelectionException {
        StateSelector selector = StateSelector.of(criterion.value());
        if (selector == null) {
            throw refused(
                    criterion,
                    "is no state; there are "
                            + String.join(
                                    ", ",
                                    Arrays.stream(StateSelector.values())
                                            .map(StateSelector::value)
                                            .toList()));
        }
        return selector;
    }

    /** The test of one resource. */
    Predicate<Resource> predicate(Criterion criterion) throws SelectionException {
        if (!(criterion.given() instanceof String) && !criterion.method().equals("config")) {
            throw new SelectionException(
                    "TypeError", "\"" + criterion.text() + "\" asks for something that is no text");
        }
        String value = criterion.value();
        Predicate<String> pattern = Wildcard.of(value);
        return switch (criterion.method()) {
            case "fqn" -> new FqnMethod(value, minor);
            case "tag" ->
                r -> r.section() != Section.SEMANTIC_MODELS
                        && r.tags().stream().anyMatch(t -> t != null && pattern.test(t));
            case "source" -> source(criterion);
            case "file" -> r -> file(r, pattern);
            case "package" -> {
                Predicate<String> name = Wildcard.of(value.equals("this") && projectName != null ? projectName : value);
                yield r -> r.packageName() != null && name.test(r.packageName());
            }
            case "config" -> new ConfigMethod(criterion.arguments(), criterion.given());
            case "resource_type" -> resourceType(criterion);
            case "test_name" -> r -> testName(r, pattern);
            case "test_type" -> testType(criterion);
            case "group" ->
                r -> (r.section() == Section.NODES || r.section() == Section.METRICS)
                        && r.group() != null
                        && !r.group().isEmpty()
                        && pattern.test(r.group());
            case "access" -> r -> "model".equals(r.resourceType()) && r.access().equals(value);
            case "version" -> new VersionMethod(criterion);
            default -> named(criterion);
        };
    }

    private static Predicate<Resource> named(Criterion criterion) throws SelectionException {
        Section section = BY_NAME.get(criterion.method());
        if (section == null) {
            throw new SelectionException(
                    "InvalidSelectorError",
                    "\"" + criterion.method() + "\" in \"" + criterion.text()
                            + "\" is no method of selection; there are " + names());
        }
        List<Predicate<String>> parts = parts(criterion, 2);
        return r -> r.section() == section
                && parts.get(0).test(String.valueOf(r.packageName()))
                && parts.get(1).test(r.name());
    }

    private static Predicate<Resource> source(Criterion criterion) throws SelectionException {
        boolean onlySource = criterion.value().indexOf('.') < 0;
        List<Predicate<String>> parts = parts(criterion, 3);
        if (onlySource) {
            Predicate<String> source = parts.get(2);
            return r -> r.section() == Section.SOURCES && source.test(String.valueOf(r.sourceName()));
        }
        return r -> r.section() == Section.SOURCES
                && parts.get(0).test(String.valueOf(r.packageName()))
                && parts.get(1).test(String.valueOf(r.sourceName()))
                && parts.get(2).test(String.valueOf(r.name()));
    }

    /** The value's parts between dots, filled up with stars in front. */
    private static List<Predicate<String>> parts(Criterion criterion, int count) throws SelectionException {
        List<String> given = Arrays.asList(criterion.value().split("\\.", -1));
        if (given.size() > count) {
            throw refused(criterion, "has more than " + count + " parts");
        }
        List<Predicate<String>> parts = new ArrayList<>();
        for (int i = given.size(); i < count; i++) {
            parts.add(Wildcard.of("*"));
        }
        given.forEach(part -> parts.add(Wildcard.of(part)));
        return parts;
    }

    private static boolean testName(Resource resource, Predicate<String> pattern) {
        if ("test".equals(resource.resourceType())) {
            return resource.genericTestName() != null && pattern.test(resource.genericTestName());
        }
        return "unit_test".equals(resource.resourceType()) && pattern.test(resource.name());
    }

    private static boolean file(Resource resource, Predicate<String> pattern) {
        String path = PathMethod.normal(resource.originalFilePath());
        String name = path.substring(path.lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        return pattern.test(name) || pattern.test(dot <= 0 ? name : name.substring(0, dot));
    }

    private Predicate<Resource> resourceType(Criterion criterion) throws SelectionException {
        String type = criterion.value();
        if (!TYPES.contains(type) || (type.equals("function") && minor < FUNCTIONS)) {
            throw refused(criterion, "is no resource type");
        }
        return r -> type.equals(r.resourceType());
    }

    /** dbt takes any part of the words data, singular and unit, in this order. */
    private static Predicate<Resource> testType(Criterion criterion) throws SelectionException {
        String value = criterion.value();
        Predicate<Resource> test = r -> "test".equals(r.resourceType());
        if (value.equals("generic") || value.equals("schema")) {
            return test.and(r -> r.genericTestName() != null);
        }
        if ("data".contains(value)) {
            return test;
        }
        if ("singular".contains(value)) {
            return test.and(r -> r.genericTestName() == null);
        }
        if ("unit".contains(value)) {
            return r -> "unit_test".equals(r.resourceType());
        }
        throw refused(criterion, "is no type of test; there are generic, singular, data and unit");
    }

    static SelectionException refused(Criterion criterion, String why) {
        return new SelectionException(
                "DbtRuntimeError", "\"" + criterion.value() + "\" in \"" + criterion.text() + "\" " + why);
    }

    private static String names() {
        List<String> names = new ArrayList<>(OTHERS);
        names.addAll(BY_NAME.keySet());
        return String.join(", ", names.stream().sorted().toList());
    }
}
