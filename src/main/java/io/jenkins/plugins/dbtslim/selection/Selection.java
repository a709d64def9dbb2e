package io.jenkins.plugins.dbtslim.selection;

import io.jenkins.plugins.dbtslim.manifest.Manifest;
import io.jenkins.plugins.dbtslim.manifest.Resource;
import io.jenkins.plugins.dbtslim.selection.Spec.Group;
import io.jenkins.plugins.dbtslim.selection.Spec.Operation;
import io.jenkins.plugins.dbtslim.state.Rules;
import io.jenkins.plugins.dbtslim.state.StateOptions;
import java.util.BitSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** Selects resources of the current manifest as {@code dbt ls} does. */
public final class Selection {
    private static final List<String> EVERYTHING =
            List.of("fqn:*", "source:*", "exposure:*", "metric:*", "semantic_model:*");

    private Selection() {}

    /**
     * Selects.
     *
     * @param current the manifest of the project now
     * @param state what looks back; {@link StateInput#NONE} if nothing does
     * @throws SelectionException what dbt refuses too, in one sentence
     */
    public static SelectionResult select(Manifest current, StateInput state, SelectionRequest request)
            throws SelectionException {
        Rules rules = state.comparison() != null
                ? state.comparison().rules()
                : Rules.of(current.metadata().dbtVersion(), StateOptions.defaults());
        ResourceTypes types = ResourceTypes.of(request.resourceTypes(), request.excludedResourceTypes(), rules.minor());
        Lineage lineage = types.blankNodes() ? new Lineage(current) : new Lineage(current, node -> !node.blank());
        Evaluation evaluation = new Evaluation(current, lineage, rules, state, request.indirectSelection());
        BitSet selected = evaluation.select(spec(current, request, evaluation.definitions()), types.listed());
        NavigableSet<String> ids = new TreeSet<>(Selection::byCodePoint);
        selected.stream().mapToObj(lineage::vertex).map(Resource::uniqueId).forEach(ids::add);
        return new SelectionResult(ids, evaluation.warnings(), evaluation.events(), evaluation.paths());
    }

    private static Spec spec(Manifest current, SelectionRequest request, SelectorDefinition definitions)
            throws SelectionException {
        IndirectSelection mode = request.indirectSelection();
        Optional<String> selector = Optional.ofNullable(request.selector());
        if (selector.isEmpty()
                && request.select().isEmpty()
                && request.exclude().isEmpty()) {
            selector = SelectorDefinition.defaultOf(current.selectors());
        }
        if (selector.isPresent()) {
            return definitions.named(selector.get());
        }
        Group included = request.select().isEmpty()
                ? SelectorParser.union(EVERYTHING, mode, false)
                : SelectorParser.union(request.select(), mode);
        if (request.exclude().isEmpty()) {
            return included;
        }
        Group excluded = SelectorParser.union(request.exclude(), mode);
        return new Group(Operation.DIFFERENCE, List.of(included, excluded), IndirectSelection.EAGER, null);
    }

    /** Python sorts by code point, Java by UTF-16 unit. */
    private static int byCodePoint(String a, String b) {
        int i = 0;
        while (i < a.length() && i < b.length()) {
            int x = a.codePointAt(i);
            int y = b.codePointAt(i);
            if (x != y) {
                return Integer.compare(x, y);
            }
            i += Character.charCount(x);
        }
        return Integer.compare(a.length(), b.length());
    }
}
