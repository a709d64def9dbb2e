package io.jenkins.plugins.dbtslim.state;

import io.jenkins.plugins.dbtslim.io.FirstNames;
import io.jenkins.plugins.dbtslim.manifest.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** When most of a project is modified the cause is seldom the code: says which one the facts show. */
final class Advisor {
    private static final int FEWEST = 5;
    /** Keys that say something of a node and do nothing to it, so that no target sets them. */
    private static final Set<String> DESCRIPTIVE =
            Set.of("access", "contract", "description", "docs", "group", "meta", "persist_docs", "tags");

    private Advisor() {}

    static List<String> of(StateComparison comparison) {
        List<String> advice = new ArrayList<>();
        comparison.rules().notice().ifPresent(advice::add);
        newerState(comparison).ifPresent(advice::add);
        List<Resource> models = comparison.current().resources().stream()
                .filter(r -> "model".equals(r.resourceType()) && comparison.old(r) != null)
                .toList();
        List<Resource> modified = models.stream()
                .filter(r -> comparison.matches(StateSelector.MODIFIED, r))
                .toList();
        if (modified.size() >= FEWEST && 2 * modified.size() > models.size()) {
            String sentence = sentence(comparison, models, modified);
            if (sentence != null) {
                advice.add(sentence);
            }
        }
        seeds(comparison).ifPresent(advice::add);
        switchedOff(comparison).ifPresent(advice::add);
        return advice;
    }

    /** dbt leaves a test of what is not there among the nodes, switched off; one that a project switches off is not. */
    private static Optional<String> switchedOff(StateComparison comparison) {
        List<String> names = comparison.current().resources().stream()
                .filter(test -> "test".equals(test.resourceType()) && !test.enabled())
                .filter(test ->
                        comparison.old(test) == null || comparison.old(test).enabled())
                .map(Resource::name)
                .sorted()
                .toList();
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of((names.size() == 1 ? "1 test was" : names.size() + " tests were")
                        + " switched off by dbt, because what is tested is not there or disabled: "
                        + FirstNames.of(names) + ".");
    }

    /** What a former version does not know, it drops when it reads the state; some it cannot read at all. */
    private static Optional<String> newerState(StateComparison comparison) {
        String before = comparison.state().metadata().dbtVersion();
        Rules state = Rules.of(before, StateOptions.defaults());
        return state.fusion() || state.minor() <= comparison.rules().minor()
                ? Optional.empty()
                : Optional.of("production's manifest was written by dbt " + before + ", which is newer than dbt "
                        + comparison.rules().dbtVersion() + " here; use the same version here as in production");
    }

    /** Of big seeds dbt compares the path only, and so selects none whose rows changed. */
    private static Optional<String> seeds(StateComparison comparison) {
        List<String> names = comparison.current().resources().stream()
                .filter(seed -> seed.enabled() && comparison.old(seed) != null)
                .filter(seed -> SeedWarnings.of(seed, comparison.old(seed))
                        .filter(StateWarning::isBlind)
                        .isPresent())
                .map(Resource::name)
                .sorted()
                .toList();
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of((names.size() == 1 ? "1 seed is" : names.size() + " seeds are")
                        + " above 1 MiB and not comparable by dbt, which looks at the path alone: "
                        + FirstNames.of(names)
                        + ". Whether rows changed is not known; select such a seed by its name to load it.");
    }

    private static String sentence(StateComparison comparison, List<Resource> models, List<Resource> modified) {
        long configs = modified.stream()
                .filter(r -> only(Aspect.CONFIGS, comparison, r))
                .count();
        long macros = modified.stream()
                .filter(r -> only(Aspect.MACROS, comparison, r))
                .count();
        String most = modified.size() + " of " + models.size() + " models are modified";
        String before = comparison.state().metadata().dbtVersion();
        String now = comparison.current().metadata().dbtVersion();
        boolean upgraded = !before.equals(now);
        if (2 * macros > modified.size()) {
            boolean builtIn = comparison.changedMacros().stream().anyMatch(id -> builtIn(comparison, id));
            String by = most + ", most of them only by a macro";
            return upgraded && builtIn
                    ? by + ": dbt changed from " + before + " to " + now + ", and its built-in macros with it"
                    : by + " that they share";
        }
        if (2 * configs > modified.size()) {
            String by = most + ", most of them only by their config: ";
            if (upgraded) {
                return by + "dbt changed from " + before + " to " + now
                        + ", which writes configs differently; publish a manifest of the new version once";
            }
            String key = theOneKey(comparison, modified);
            if (key != null) {
                return most + ", most of them only by one config key: " + key
                        + (comparison.rules().compareUnrendered() || DESCRIPTIVE.contains(key)
                                ? ""
                                : "; if its value depends on the target or environment, consider the flag "
                                        + StateOptions.COMPARE_MORE_UNRENDERED);
            }
            return by
                    + "if the target or environment of the two manifests differ, values that depend on it count as changes"
                    + (comparison.rules().compareUnrendered()
                            ? "; or the two were parsed with different settings of the flag "
                            : "; consider the flag ")
                    + StateOptions.COMPARE_MORE_UNRENDERED;
        }
        // The number alone is told elsewhere, and leaves nothing to do.
        return upgraded ? most + "; dbt changed from " + before + " to " + now : null;
    }

    /** The config key that alone differs in most of the modified ones, or null. */
    private static String theOneKey(StateComparison comparison, List<Resource> modified) {
        Map<String, Integer> counts = new TreeMap<>();
        for (Resource resource : modified) {
            NavigableSet<String> keys = comparison.configKeys(resource);
            if (keys.size() == 1) {
                counts.merge(keys.first(), 1, Integer::sum);
            }
        }
        return counts.entrySet().stream()
                .filter(count -> 2 * count.getValue() > modified.size())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    /** A macro of dbt or of the adapter; many adapters build on that of PostgreSQL. Other packages are called dbt_… too. */
    private static boolean builtIn(StateComparison comparison, String macro) {
        String adapter = comparison.current().metadata().adapterType();
        return macro.startsWith("macro.dbt.")
                || macro.startsWith("macro.dbt_postgres.")
                || macro.startsWith("macro.dbt_" + adapter + ".");
    }

    private static boolean only(Aspect aspect, StateComparison comparison, Resource resource) {
        return comparison.differing(resource).equals(Set.of(aspect));
    }
}
