package io.jenkins.plugins.dbtslim.report.make;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.manifest.Manifest;
import io.jenkins.plugins.dbtslim.selection.IndirectSelection;
import io.jenkins.plugins.dbtslim.selection.Selection;
import io.jenkins.plugins.dbtslim.selection.SelectionException;
import io.jenkins.plugins.dbtslim.selection.SelectionRequest;
import io.jenkins.plugins.dbtslim.selection.StateInput;
import io.jenkins.plugins.dbtslim.state.StateComparison;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What our own selection gives for a run, to be held against what dbt selected: dbt is the judge, and where the two
 * differ the report says so. Only kinds of nodes that every dbt builds are compared.
 */
final class SelectionDifference {
    private static final Set<String> BUILT = Set.of("model", "seed", "snapshot", "test", "unit_test");
    private static final String SELECTOR = "selector:";

    private SelectionDifference() {}

    /**
     * unique_ids, or null where we cannot tell: other arguments may narrow the selection, or it looks at what we do not
     * have.
     */
    @CheckForNull
    static Set<String> of(Manifest current, StateComparison comparison, RunFacts facts) {
        if (!facts.tellsSelection()) {
            return null;
        }
        try {
            List<String> select = facts.select();
            boolean named = select.size() == 1 && select.get(0).startsWith(SELECTOR);
            SelectionRequest request = new SelectionRequest(
                    named ? List.of() : select,
                    facts.exclude(),
                    List.of(),
                    List.of(),
                    facts.indirectSelection() == null
                            ? IndirectSelection.EAGER
                            : IndirectSelection.of(facts.indirectSelection()),
                    named ? select.get(0).substring(SELECTOR.length()) : null);
            Set<String> ids = built(Selection.select(current, StateInput.of(comparison), request)
                    .ids());
            ids.removeIf(id -> current.resource(id).isOfAnotherProject());
            return ids;
        } catch (SelectionException e) {
            return null;
        }
    }

    /** Those of some unique_ids that are compared. */
    static Set<String> built(Collection<String> ids) {
        return ids.stream()
                .filter(id -> BUILT.contains(id.substring(0, Math.max(0, id.indexOf('.')))))
                .collect(Collectors.toSet());
    }

    /** Where dbt selected otherwise than we, for the reader; nothing where both are of one mind. */
    static Optional<String> difference(Set<String> expected, Set<String> built) {
        Set<String> different = new TreeSet<>(expected);
        different.removeAll(built);
        built.stream().filter(id -> !expected.contains(id)).forEach(different::add);
        if (different.isEmpty()) {
            return Optional.empty();
        }
        String first = different.iterator().next();
        boolean byDbt = built.contains(first);
        int count = different.size();
        return Optional.of(
                "dbt selected otherwise than our comparison in " + count + (count == 1 ? " case, " : " cases, such as ")
                        + first + (byDbt ? " (selected by dbt only)" : " (selected by us only)")
                        + ": dbt is right, and this report may miss a reason; please report it as a fault of"
                        + " dbt-slim.");
    }
}
