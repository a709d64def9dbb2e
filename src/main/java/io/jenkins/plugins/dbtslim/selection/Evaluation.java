package io.jenkins.plugins.dbtslim.selection;

import io.jenkins.plugins.dbtslim.manifest.Manifest;
import io.jenkins.plugins.dbtslim.manifest.Resource;
import io.jenkins.plugins.dbtslim.manifest.Section;
import io.jenkins.plugins.dbtslim.selection.Spec.Criterion;
import io.jenkins.plugins.dbtslim.selection.Spec.Group;
import io.jenkins.plugins.dbtslim.state.Rules;
import io.jenkins.plugins.dbtslim.state.StateException;
import io.jenkins.plugins.dbtslim.state.StateOptions;
import io.jenkins.plugins.dbtslim.state.StateSelector;
import io.jenkins.plugins.dbtslim.state.StateWarning;
import java.time.Instant;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Evaluates what a selection asks for on the graph: criteria, graph operators, sets, and the tests that join. */
final class Evaluation {
    private static final int SAVED_QUERIES_SEEN = 9;
    private static final int EMPTY_KEEPS_OPERATORS = 9;
    private static final int SELECTOR_METHOD = 12;
    private static final Set<String> SEE_SAVED_QUERIES = Set.of("fqn", "saved_query");

    private final Manifest current;
    private final Lineage lineage;
    private final StateInput state;
    private final Rules rules;
    private final Methods methods;
    private final TestExpansion tests;
    private final Paths paths;
    private final Set<String> warnings = new LinkedHashSet<>();
    private final Set<String> events = new LinkedHashSet<>();

    Evaluation(Manifest current, Lineage lineage, StateInput state) {
        this.current = current;
        this.lineage = lineage;
        this.state = state;
        rules = state.comparison() != null
                ? state.comparison().rules()
                : Rules.of(current.metadata().dbtVersion(), StateOptions.defaults());
        methods = new Methods(current.metadata().projectName(), rules.minor());
        tests = new TestExpansion(current, lineage);
        paths = new Paths(lineage);
        rules.notice().ifPresent(warnings::add);
    }

    int minor() {
        return rules.minor();
    }

    List<String> warnings() {
        return List.copyOf(warnings);
    }

    List<String> events() {
        return events.stream().sorted().toList();
    }

    Paths paths() {
        return paths;
    }

    BitSet select(Spec spec) throws SelectionException {
        return evaluate(spec).direct();
    }

    /**
     * What a part selects.
     *
     * @param direct what is selected
     * @param indirect tests that may yet join, when all their parents are there
     */
    record Selected(BitSet direct, BitSet indirect) {}

    private Selected evaluate(Spec spec) throws SelectionException {
        return spec instanceof Group group ? combine(group) : criterion((Criterion) spec);
    }

    private Selected combine(Group group) throws SelectionException {
        BitSet direct = null;
        BitSet indirect = null;
        for (Spec part : group.parts()) {
            Selected selected = evaluate(part);
            BitSet offered = (BitSet) selected.direct().clone();
            offered.or(selected.indirect());
            if (direct == null) {
                direct = (BitSet) selected.direct().clone();
                indirect = offered;
                continue;
            }
            switch (group.operation()) {
                case UNION -> {
                    direct.or(selected.direct());
                    indirect.or(offered);
                }
                case INTERSECTION -> {
                    direct.and(selected.direct());
                    indirect.and(offered);
                }
                case DIFFERENCE -> {
                    direct.andNot(selected.direct());
                    indirect.andNot(offered);
                }
            }
        }
        if (direct == null) {
            return new Selected(new BitSet(), new BitSet());
        }
        tests.incorporate(direct, indirect, group.mode());
        if (group.word() != null && direct.isEmpty()) {
            warnings.add("the selector \"" + group.word() + "\" matches nothing");
        }
        return new Selected(direct, indirect);
    }

    private Selected criterion(Criterion criterion) throws SelectionException {
        if (criterion.method().equals("selector")) {
            return selector(criterion);
        }
        BitSet matches = matches(criterion);
        paths.add(criterion, matches);
        BitSet selected = withRelatives(criterion, matches);
        if (criterion.mode() == IndirectSelection.EMPTY) {
            return new Selected(rules.minor() < EMPTY_KEEPS_OPERATORS ? matches : selected, new BitSet());
        }
        return tests.expand(selected, criterion.mode());
    }

    private BitSet withRelatives(Criterion criterion, BitSet matches) {
        BitSet selected = (BitSet) matches.clone();
        if (criterion.at()) {
            BitSet all = lineage.descendants(matches, Criterion.ALL);
            all.or(matches);
            selected.or(all);
            selected.or(lineage.ancestors(all, Criterion.ALL));
        }
        selected.or(lineage.ancestors(matches, criterion.ancestors()));
        selected.or(lineage.descendants(matches, criterion.descendants()));
        return selected;
    }

    /** dbt 1.12: the result of YAML selectors, to which no more tests join. */
    private Selected selector(Criterion criterion) throws SelectionException {
        if (rules.minor() < SELECTOR_METHOD) {
            throw new SelectionException(
                    "InvalidSelectorError",
                    "\"selector\" in \"" + criterion.text() + "\" is a method of dbt 1.12 and later only");
        }
        Predicate<String> pattern = Wildcard.of(criterion.value());
        List<String> names =
                current.selectors().keySet().stream().filter(pattern).toList();
        if (names.isEmpty()) {
            throw Methods.refused(criterion, "is no selector of the manifest");
        }
        BitSet matches = new BitSet();
        SelectorDefinition definitions = new SelectorDefinition(current.selectors(), criterion.mode());
        for (String name : names) {
            matches.or(select(definitions.named(name)));
        }
        return new Selected(withRelatives(criterion, matches), new BitSet());
    }

    private BitSet matches(Criterion criterion) throws SelectionException {
        Predicate<Resource> predicate =
                switch (criterion.method()) {
                    case "state" -> state(criterion);
                    case "result" -> result(criterion);
                    case "source_status" -> sourceStatus(criterion);
                    case "path" ->
                        new PathMethod(criterion.value(), current.metadata().projectName(), lineage.vertices());
                    default -> methods.predicate(criterion);
                };
        boolean allSections = rules.minor() >= SAVED_QUERIES_SEEN || SEE_SAVED_QUERIES.contains(criterion.method());
        BitSet matches = new BitSet(lineage.size());
        for (int v = 0; v < lineage.size(); v++) {
            Resource resource = lineage.vertex(v);
            if ((allSections || resource.section() != Section.SAVED_QUERIES) && predicate.test(resource)) {
                matches.set(v);
            }
        }
        return matches;
    }

    private Predicate<Resource> state(Criterion criterion) throws SelectionException {
        if (state.comparison() == null) {
            throw new SelectionException(
                    "DbtRuntimeError", "\"" + criterion.text() + "\" needs a state to compare with, and there is none");
        }
        StateSelector selector = Methods.state(criterion);
        try {
            for (StateWarning warning : state.comparison().warnings(selector)) {
                warnings.add(warning.message());
                events.add(warning.event() + ":" + warning.name());
            }
        } catch (StateException e) {
            throw new SelectionException("ContractBreakingChangeError", e.getMessage());
        }
        return resource -> state.comparison().matches(selector, resource);
    }

    private Predicate<Resource> result(Criterion criterion) throws SelectionException {
        Map<String, String> statuses = state.statuses();
        if (statuses == null) {
            throw new SelectionException(
                    "DbtInternalError",
                    "\"" + criterion.text()
                            + "\" needs run_results.json in the folder of the state, and there is none");
        }
        return resource -> criterion.value().equals(statuses.get(resource.uniqueId()));
    }

    private Predicate<Resource> sourceStatus(Criterion criterion) throws SelectionException {
        Map<String, Optional<Instant>> before = state.loadedBefore();
        Map<String, Optional<Instant>> now = state.loadedNow();
        if (before == null || now == null) {
            throw new SelectionException(
                    "DbtInternalError",
                    "\"" + criterion.text()
                            + "\" needs sources.json in the folder of the state and beside the manifest");
        }
        if (!criterion.value().equals("fresher")) {
            return resource -> false;
        }
        return resource -> {
            Instant loaded =
                    now.getOrDefault(resource.uniqueId(), Optional.empty()).orElse(null);
            Optional<Instant> old = before.get(resource.uniqueId());
            return loaded != null && (old == null || (old.isPresent() && loaded.isAfter(old.get())));
        };
    }
}
