package io.jenkins.plugins.dbtslim.selection;

import io.jenkins.plugins.dbtslim.manifest.Manifest;
import io.jenkins.plugins.dbtslim.manifest.Resource;
import io.jenkins.plugins.dbtslim.manifest.Section;
import io.jenkins.plugins.dbtslim.selection.Spec.Criterion;
import io.jenkins.plugins.dbtslim.selection.Spec.Group;
import io.jenkins.plugins.dbtslim.state.Rules;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Evaluates what a selection asks for on the graph: criteria, graph operators, sets, and the tests that join. */
final class Evaluation {
    private static final int SAVED_QUERIES_SEEN = 9;
    private static final int EMPTY_KEEPS_OPERATORS = 9;
    private static final Set<String> SEE_SAVED_QUERIES = Set.of("fqn", "saved_query");

    private final Manifest current;
    private final Lineage lineage;
    private final Rules rules;
    private final Methods methods;
    private final TestExpansion tests;
    private final Paths paths;
    private final SelectorDefinition definitions;
    private final Set<String> open = new HashSet<>();
    private final LookBack lookBack;
    private final Set<String> warnings = new LinkedHashSet<>();
    private Set<String> listed = Set.of();

    Evaluation(Manifest current, Lineage lineage, Rules rules, StateInput state, IndirectSelection mode) {
        this.current = current;
        this.lineage = lineage;
        this.rules = rules;
        methods = new Methods(current.metadata().projectName(), rules.minor());
        tests = new TestExpansion(current, lineage);
        paths = new Paths(lineage);
        definitions = new SelectorDefinition(current.selectors(), mode, rules.minor());
        lookBack = new LookBack(state, warnings);
        rules.notice().ifPresent(warnings::add);
    }

    SelectorDefinition definitions() {
        return definitions;
    }

    List<String> warnings() {
        return List.copyOf(warnings);
    }

    List<String> events() {
        return lookBack.events();
    }

    Paths paths() {
        return paths;
    }

    /** What is selected of some types of resources. */
    BitSet select(Spec spec, Set<String> types) throws SelectionException {
        listed = types;
        return filtered(evaluate(spec).direct());
    }

    private BitSet filtered(BitSet selected) {
        BitSet kept = (BitSet) selected.clone();
        selected.stream()
                .filter(v -> !listed.contains(lineage.vertex(v).resourceType()))
                .forEach(kept::clear);
        return kept;
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

    /** dbt 1.12: the result of YAML selectors, of the types that the command lists, to which no more tests join. */
    private Selected selector(Criterion criterion) throws SelectionException {
        if (rules.minor() < SelectorDefinition.SELECTOR_METHOD) {
            throw new SelectionException(
                    "InvalidSelectorError",
                    "\"selector\" in \"" + criterion.text() + "\" is a method of dbt 1.12 and later only");
        }
        Predicate<String> pattern = Wildcard.of(criterion.value());
        List<String> names =
                current.selectors().keySet().stream().filter(pattern).sorted().toList();
        if (names.isEmpty()) {
            throw new SelectionException(
                    "DbtSelectorsError",
                    "\"" + criterion.value() + "\" in \"" + criterion.text() + "\" is no selector of the manifest");
        }
        BitSet matches = new BitSet();
        for (String name : names) {
            if (!open.add(name)) {
                throw new SelectionException("RecursionError", "the selector \"" + name + "\" refers to itself");
            }
            matches.or(filtered(evaluate(definitions.named(name)).direct()));
            open.remove(name);
        }
        return new Selected(withRelatives(criterion, matches), new BitSet());
    }

    private BitSet matches(Criterion criterion) throws SelectionException {
        Predicate<Resource> predicate =
                switch (criterion.method()) {
                    case "state", "result", "source_status" -> lookBack.predicate(criterion);
                    case "path" -> new PathMethod(criterion, current.metadata().projectName(), lineage.vertices());
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
}
