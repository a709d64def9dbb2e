package io.jenkins.plugins.dbtslim.state;

import io.jenkins.plugins.dbtslim.manifest.Facet;
import io.jenkins.plugins.dbtslim.manifest.PythonValues;
import io.jenkins.plugins.dbtslim.manifest.Resource;
import io.jenkins.plugins.dbtslim.manifest.Section;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;

/** Compares two versions of one resource, aspect by aspect, as dbt does for its type. Macros are compared elsewhere. */
final class AspectComparison {
    private static final Set<Aspect> GENERIC_TEST =
            EnumSet.of(Aspect.CONFIGS, Aspect.FQN, Aspect.MACROS, Aspect.VARS, Aspect.ENV);
    private static final Map<Facet, Aspect> NAMED = named();
    /** Aspects with a sub-selector that every node and function has, whether its type looks at them or not. */
    private static final Set<Aspect> OF_NODES =
            EnumSet.of(Aspect.BODY, Aspect.CONFIGS, Aspect.RELATION, Aspect.PERSISTED_DESCRIPTIONS, Aspect.CONTRACT);

    private static final List<String> RELATION_KEYS = List.of("database", "schema", "alias");

    private final Rules rules;
    private final OldConfigs oldConfigs;

    AspectComparison(Rules rules, OldConfigs oldConfigs) {
        this.rules = rules;
        this.oldConfigs = oldConfigs;
    }

    /** Every aspect that differs, also those that do not make the resource modified. */
    EnumSet<Aspect> differences(Resource now, Resource old) {
        EnumSet<Aspect> found = EnumSet.noneOf(Aspect.class);
        switch (now.section()) {
            case NODES, FUNCTIONS -> node(now, old, found);
            case UNIT_TESTS -> add(found, Aspect.DEFINITION, differs(Facet.CHECKSUM, now, old));
            default -> definition(now, old, found);
        }
        return found;
    }

    /** Whether an aspect that differs makes the resource {@code state:modified}. */
    static boolean decisive(Aspect aspect, Resource resource) {
        return !generic(resource) || GENERIC_TEST.contains(aspect);
    }

    /** Whether a resource without an old version is {@code state:modified}. */
    boolean newIsModified(Resource resource) {
        return rules.fusion()
                || switch (resource.section()) {
                    case NODES, FUNCTIONS, UNIT_TESTS -> true;
                    default -> false;
                };
    }

    /** Whether the type of a resource has the comparison of a sub-selector at all. */
    static boolean has(Aspect aspect, Resource resource) {
        return switch (resource.section()) {
            case NODES, FUNCTIONS -> OF_NODES.contains(aspect);
            case UNIT_TESTS -> false;
            case SOURCES -> aspect == Aspect.CONFIGS || aspect == Aspect.RELATION;
            default -> aspect == Aspect.CONFIGS;
        };
    }

    private void node(Resource now, Resource old, EnumSet<Aspect> found) {
        boolean model = "model".equals(now.resourceType());
        add(found, Aspect.BODY, !sameBody(now, old));
        add(found, Aspect.CONFIGS, !sameConfig(now, old));
        add(found, Aspect.RELATION, !relationKeys(now, old).isEmpty());
        add(found, Aspect.PERSISTED_DESCRIPTIONS, !sameDescriptions(now, old));
        add(found, Aspect.FQN, !rules.fusion() && !now.fqn().equals(old.fqn()));
        if (model) {
            add(found, Aspect.CONTRACT, !BreakingChanges.sameContract(now, old));
            add(found, Aspect.LATEST_VERSION, !rules.fusion() && differs(Facet.LATEST_VERSION, now, old));
            add(found, Aspect.ACCESS, !now.access().equals(old.access()));
            add(found, Aspect.DEPRECATION_DATE, !rules.fusion() && differs(Facet.DEPRECATION_DATE, now, old));
        }
        if (now.section() == Section.FUNCTIONS) {
            add(found, Aspect.ARGUMENTS, differs(Facet.ARGUMENTS, now, old));
            add(found, Aspect.RETURNS, differs(Facet.RETURNS, now, old));
            add(found, Aspect.OVERLOADS, rules.minor() >= 12 && differs(Facet.OVERLOADS, now, old));
        }
    }

    private void definition(Resource now, Resource old, EnumSet<Aspect> found) {
        add(found, Aspect.CONFIGS, !sameConfig(now, old));
        for (Facet facet : Facet.of(now.section())) {
            Aspect aspect = NAMED.get(facet);
            if (aspect != null && differs(facet, now, old)) {
                found.add(aspect);
            }
        }
        switch (now.section()) {
            case SOURCES -> {
                add(found, Aspect.RELATION, !sameSourceRelation(now, old));
                add(found, Aspect.FQN, !now.fqn().equals(old.fqn()));
            }
            case EXPOSURES -> {
                add(found, Aspect.FQN, !now.fqn().equals(old.fqn()));
                add(found, Aspect.DEPENDENCIES, !new HashSet<>(now.dependsOn()).equals(new HashSet<>(old.dependsOn())));
            }
            case SEMANTIC_MODELS -> {
                if (rules.minor() >= 10) {
                    add(found, Aspect.ENTITIES, differs(Facet.ENTITY_CONFIGS, now, old));
                    add(found, Aspect.DIMENSIONS, differs(Facet.DIMENSION_CONFIGS, now, old));
                    add(found, Aspect.MEASURES, differs(Facet.MEASURE_CONFIGS, now, old));
                }
            }
            case SAVED_QUERIES -> {
                if (rules.minor() < 10) {
                    found.remove(Aspect.TAGS);
                }
                if (rules.minor() < 9) {
                    found.remove(Aspect.EXPORTS);
                }
            }
            default -> {}
        }
    }

    private static boolean sameBody(Resource now, Resource old) {
        if ("seed".equals(now.resourceType())) {
            if (isComparedByContent(now, old)) {
                return now.content().equals(old.content());
            }
            return now.checksumName() != null
                    && !"none".equals(now.checksumName())
                    && now.checksumName().equals(old.checksumName())
                    && !differs(Facet.BODY, now, old);
        }
        // Code that is not there is not known to be the same.
        return !differs(Facet.BODY, now, old) && !now.isWithoutCode();
    }

    /** Of seeds that are too big for dbt to compare otherwise than by path; the driver lets dbt compare them so, too. */
    static boolean isComparedByContent(Resource now, Resource old) {
        return "path".equals(now.checksumName())
                && "path".equals(old.checksumName())
                && now.content() != null
                && old.content() != null;
    }

    /** Which keys of the config differ. */
    NavigableSet<String> configKeys(Resource now, Resource old) {
        return ConfigDifference.rendered(now.section())
                ? ConfigDifference.renderedKeys(now.section(), now.config(), old.config())
                : ConfigDifference.keys(now, now.unrenderedConfig(), oldConfigs.of(old), rules);
    }

    private boolean sameConfig(Resource now, Resource old) {
        return configKeys(now, old).isEmpty()
                || (rules.fusion() && !ConfigDifference.rendered(now.section()) && sameRenderedConfig(now, old));
    }

    /** dbt 2 counts a difference only if the rendered configs differ too. */
    private boolean sameRenderedConfig(Resource now, Resource old) {
        return ConfigDifference.keys(now, now.config(), old.config(), rules).isEmpty();
    }

    /** Which keys of the config that name the relation differ. */
    List<String> relationKeys(Resource now, Resource old) {
        Map<String, Object> config = now.unrenderedConfig();
        Map<String, Object> then = oldConfigs.of(old);
        return RELATION_KEYS.stream()
                .filter(key -> !PythonValues.equal(config.get(key), then.get(key)))
                .toList();
    }

    private boolean sameSourceRelation(Resource now, Resource old) {
        boolean unrendered = rules.compareUnrendered() && !rules.fusion();
        return !differs(unrendered ? Facet.UNRENDERED_DATABASE : Facet.DATABASE, now, old)
                && !differs(unrendered ? Facet.UNRENDERED_SCHEMA : Facet.SCHEMA, now, old)
                && !differs(Facet.IDENTIFIER, now, old);
    }

    private static boolean sameDescriptions(Resource now, Resource old) {
        if (!(now.config().get("persist_docs") instanceof Map<?, ?> persist)) {
            return true;
        }
        boolean relation = PythonValues.truthy(persist.get("relation"));
        boolean columns = PythonValues.truthy(persist.get("columns"));
        return !(relation && differs(Facet.DESCRIPTION, now, old))
                && !(columns && differs(Facet.COLUMN_DESCRIPTIONS, now, old));
    }

    private static boolean differs(Facet facet, Resource now, Resource old) {
        return !now.fingerprint(facet).equals(old.fingerprint(facet));
    }

    static boolean generic(Resource resource) {
        return "test".equals(resource.resourceType()) && resource.genericTestName() != null;
    }

    private static void add(EnumSet<Aspect> found, Aspect aspect, boolean differs) {
        if (differs) {
            found.add(aspect);
        }
    }

    private static Map<Facet, Aspect> named() {
        Map<Facet, Aspect> named = new EnumMap<>(Facet.class);
        for (Facet facet : Facet.values()) {
            for (Aspect aspect : Aspect.values()) {
                if (facet.name().equals(aspect.name())) {
                    named.put(facet, aspect);
                }
            }
        }
        named.put(Facet.QUERY_METRICS, Aspect.QUERY);
        named.put(Facet.QUERY_GROUP_BY, Aspect.QUERY);
        named.put(Facet.QUERY_WHERE, Aspect.QUERY);
        return named;
    }
}
