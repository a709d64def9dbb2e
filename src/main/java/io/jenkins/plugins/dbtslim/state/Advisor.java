package io.jenkins.plugins.dbtslim.state;

import io.jenkins.plugins.dbtslim.manifest.Resource;
import java.util.ArrayList;
import java.util.List;

/** When most of a project is modified the cause is seldom the code: says which one the facts show. */
final class Advisor {
    private static final int FEWEST = 5;

    private Advisor() {}

    static List<Advice> of(StateComparison comparison) {
        List<Advice> advice = new ArrayList<>();
        comparison.rules().notice().ifPresent(advice::add);
        List<Resource> models = comparison.current().resources().stream()
                .filter(r -> "model".equals(r.resourceType()) && comparison.old(r) != null)
                .toList();
        List<Resource> modified = models.stream()
                .filter(r -> comparison.matches(StateSelector.MODIFIED, r))
                .toList();
        if (modified.size() >= FEWEST && 2 * modified.size() > models.size()) {
            advice.add(sentence(comparison, models, modified));
        }
        return advice;
    }

    private static Advice sentence(StateComparison comparison, List<Resource> models, List<Resource> modified) {
        long configs = modified.stream()
                .filter(r -> only(Aspect.CONFIGS, comparison, r))
                .count();
        long macros = modified.stream()
                .filter(r -> only(Aspect.MACROS, comparison, r))
                .count();
        String some = String.valueOf(modified.size());
        String all = String.valueOf(models.size());
        String most = some + " of " + all + " models are modified";
        String before = comparison.state().metadata().dbtVersion();
        String now = comparison.current().metadata().dbtVersion();
        boolean upgraded = !before.equals(now);
        if (2 * macros > modified.size()) {
            boolean builtIn = comparison.changedMacros().stream().anyMatch(id -> builtIn(comparison, id));
            String by = most + ", most of them only by a macro";
            return upgraded && builtIn
                    ? new Advice(
                            "macros-of-dbt",
                            by + ": dbt changed from " + before + " to " + now + ", and its built-in macros with it",
                            some,
                            all,
                            before,
                            now)
                    : new Advice("macro", by + " that they share", some, all);
        }
        if (2 * configs > modified.size()) {
            String by = most + ", most of them only by their config: ";
            if (upgraded) {
                return new Advice(
                        "configs-of-dbt",
                        by + "dbt changed from " + before + " to " + now
                                + ", which writes configs differently; publish a manifest of the new version once",
                        some,
                        all,
                        before,
                        now);
            }
            String flag = StateOptions.COMPARE_MORE_UNRENDERED;
            boolean set = comparison.rules().compareUnrendered();
            return new Advice(
                    set ? "configs-or-settings" : "configs",
                    by + "if the target or environment of the two manifests "
                            + "differ, values that depend on it count as changes"
                            + (set
                                    ? "; or the two were parsed with different settings of the flag "
                                    : "; consider the flag ")
                            + flag,
                    some,
                    all,
                    flag);
        }
        return upgraded
                ? new Advice(
                        "most-of-dbt", most + "; dbt changed from " + before + " to " + now, some, all, before, now)
                : new Advice("most", most, some, all);
    }

    /** A macro of dbt or of the adapter; many adapters build on that of PostgreSQL. Other packages are called dbt_… too. */
    private static boolean builtIn(StateComparison comparison, String macro) {
        String adapter = comparison.current().metadata().adapterType();
        return macro.startsWith("macro.dbt.")
                || macro.startsWith("macro.dbt_postgres.")
                || macro.startsWith("macro.dbt_" + adapter + ".");
    }

    private static boolean only(Aspect aspect, StateComparison comparison, Resource resource) {
        return comparison.differing(resource).equals(java.util.Set.of(aspect));
    }
}
