package io.jenkins.plugins.dbtslim.report.make;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.change.BehindProduction;
import io.jenkins.plugins.dbtslim.dbt.result.DataDifference;
import io.jenkins.plugins.dbtslim.dbt.result.DeploymentState;
import io.jenkins.plugins.dbtslim.dbt.result.InPlace;
import io.jenkins.plugins.dbtslim.dbt.result.RunResult;
import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;
import io.jenkins.plugins.dbtslim.dbt.result.SqlChange;
import io.jenkins.plugins.dbtslim.io.FirstNames;
import io.jenkins.plugins.dbtslim.manifest.Manifest;
import io.jenkins.plugins.dbtslim.manifest.ManifestException;
import io.jenkins.plugins.dbtslim.manifest.ManifestTexts;
import io.jenkins.plugins.dbtslim.manifest.Metadata;
import io.jenkins.plugins.dbtslim.manifest.Resource;
import io.jenkins.plugins.dbtslim.manifest.ResourceText;
import io.jenkins.plugins.dbtslim.report.data.BuiltReport;
import io.jenkins.plugins.dbtslim.report.data.FormerObject;
import io.jenkins.plugins.dbtslim.report.data.ManifestOrigin;
import io.jenkins.plugins.dbtslim.report.data.ReportCause;
import io.jenkins.plugins.dbtslim.report.data.ReportNode;
import io.jenkins.plugins.dbtslim.report.data.RunInfo;
import io.jenkins.plugins.dbtslim.report.data.SlimReport;
import io.jenkins.plugins.dbtslim.state.Aspect;
import io.jenkins.plugins.dbtslim.state.BreakingChange;
import io.jenkins.plugins.dbtslim.state.Change;
import io.jenkins.plugins.dbtslim.state.InputChange;
import io.jenkins.plugins.dbtslim.state.StateComparison;
import io.jenkins.plugins.dbtslim.state.StateSelector;
import io.jenkins.plugins.dbtslim.state.TargetChange;
import io.jenkins.plugins.dbtslim.store.Provenance;
import io.jenkins.plugins.dbtslim.truth.PendingNode;
import io.jenkins.plugins.dbtslim.truth.ProductionManifest;
import io.jenkins.plugins.dbtslim.truth.TruthException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Makes the report of a run (or of a mere comparison) from what the other rooms know: the comparison says what changed
 * and why, dbt what was selected and how it went. The texts of changed nodes are read in a second pass over both files
 * and masked before they are kept.
 */
public final class SlimReportBuilder {
    private static final String FIRST = "First build: production has no manifest yet, so there was nothing to compare"
            + " with, and every node is new.";
    private static final String NOT_COMPARED =
            "Not compared with production: this run was given no manifest of it, so nothing is known of changes.";
    private static final int MANY = 3;
    private static final int NAMED = 10;
    /** Variables told at most. */
    private static final int INPUTS = 50;

    private final Manifest current;
    private final StateComparison comparison;
    private Set<String> gone = Set.of();
    private RunStatus outcome = RunStatus.COMPARED;
    private RunInfo run = new RunInfo(List.of(), List.of(), null, false, -1, 0, List.of());
    private Set<String> selected = Set.of();
    private Set<String> expected;
    private Map<String, RunResult> results = Map.of();
    private Map<String, Double> formerSeconds = Map.of();
    private Provenance provenance;
    private DeploymentState deployment;
    private InPlace inPlace;
    private String commit;
    private boolean firstRun;
    private BehindProduction behind = BehindProduction.NOT;
    private final List<String> more = new ArrayList<>();
    private final Map<String, DataDifference> data = new HashMap<>();
    private final Map<String, SqlChange> sql = new HashMap<>();
    private UnaryOperator<String> mask = UnaryOperator.identity();

    /**
     * Starts a report.
     *
     * @param current manifest of this run
     * @param comparison with production's manifest, or null where there is none: then nothing counts as changed
     */
    public SlimReportBuilder(Manifest current, @CheckForNull StateComparison comparison) {
        this.current = current;
        this.comparison = comparison;
    }

    public SlimReportBuilder outcome(RunStatus value) {
        outcome = value;
        return this;
    }

    public SlimReportBuilder run(RunInfo value) {
        run = value;
        return this;
    }

    /** unique_ids of what was there before the run and is not any more. */
    public SlimReportBuilder gone(Collection<String> ids) {
        gone = Set.copyOf(ids);
        return this;
    }

    /** unique_ids that dbt selected (or, for a comparison, that it would select). */
    public SlimReportBuilder selected(Collection<String> ids) {
        selected = Set.copyOf(ids);
        return this;
    }

    /**
     * What our own selection gives for the same run, of the kinds that {@link SelectionDifference} compares: where dbt
     * selected otherwise, the report says so.
     */
    public SlimReportBuilder expected(Collection<String> ids) {
        expected = Set.copyOf(ids);
        return this;
    }

    /** What dbt's run results say, in their order; of two of one node the later counts. */
    public SlimReportBuilder results(Collection<RunResult> values) {
        results = new LinkedHashMap<>();
        values.forEach(result -> results.put(result.uniqueId(), result));
        return this;
    }

    /** Seconds that nodes took in earlier runs, by unique_id. */
    public SlimReportBuilder formerSeconds(Map<String, Double> seconds) {
        formerSeconds = Map.copyOf(seconds);
        return this;
    }

    /** Where production's manifest is from; null if unknown. */
    public SlimReportBuilder provenance(Provenance value) {
        provenance = value;
        return this;
    }

    /** The blue/green deployment that the run was for; null if it was none. */
    public SlimReportBuilder deployment(DeploymentState value) {
        deployment = value;
        return this;
    }

    /** What was replaced in place; null where that was not asked for. */
    public SlimReportBuilder inPlace(InPlace value) {
        inPlace = value;
        return this;
    }

    /** Whether there is no comparison because production has no manifest yet: then every node is new. */
    public SlimReportBuilder firstRun(boolean value) {
        firstRun = value;
        return this;
    }

    /** How far production is ahead of what is built. */
    public SlimReportBuilder behind(BehindProduction value) {
        behind = value;
        return this;
    }

    /** Revision that is built now; null if unknown. */
    public SlimReportBuilder commit(String value) {
        commit = value;
        return this;
    }

    /** What the build did to the data of models. */
    public SlimReportBuilder data(Collection<DataDifference> differences) {
        differences.forEach(difference -> data.put(difference.uniqueId(), difference));
        return this;
    }

    /** What changed SQL does to columns. */
    public SlimReportBuilder columns(Collection<SqlChange> changes) {
        changes.forEach(change -> sql.put(change.uniqueId(), change));
        return this;
    }

    /** One more sentence for the reader. */
    public SlimReportBuilder advise(String sentence) {
        more.add(sentence);
        return this;
    }

    /** Takes secrets out of every text of the project or the database before it is kept. */
    public SlimReportBuilder mask(UnaryOperator<String> value) {
        mask = value;
        return this;
    }

    /**
     * Makes the report.
     *
     * @throws ManifestException if a second pass over one of the files fails
     */
    public BuiltReport build() throws ManifestException {
        Map<String, Change> changes = changes();
        Map<String, String> formerIds = new HashMap<>();
        List<Resource> removed = new ArrayList<>();
        if (comparison != null) {
            Map<String, String> renamed = comparison.renamed();
            renamed.forEach((old, now) -> formerIds.put(now, old));
            comparison.removed().stream()
                    .filter(resource -> resource.enabled() && !renamed.containsKey(resource.uniqueId()))
                    .forEach(removed::add);
        }
        Reach reach = Reach.of(current, changes.keySet());
        Set<String> shown = new LinkedHashSet<>();
        for (Resource resource : current.resources()) {
            String id = resource.uniqueId();
            boolean test = ReportNode.isTest(resource.resourceType());
            if (changes.containsKey(id)
                    || (reach.contains(id) && !test)
                    || selected.contains(id)
                    || results.containsKey(id)) {
                shown.add(id);
            }
        }
        Map<String, BreakingChange> breaking = comparison == null ? Map.of() : comparison.breakingChanges();
        ReportNodes nodes = new ReportNodes(
                shown, selected, results, breaking, formerIds, mask, firstRun, new BehindNodes(comparison, behind));
        readTexts(nodes, changes, formerIds, removed);
        nodes.data(data, sql);
        if (comparison != null) {
            nodes.leftBehind(leftBehind(nodes, changes.keySet(), formerIds, removed));
        }
        for (String id : shown) {
            nodes.add(current.resource(id), changes.get(id), reach);
        }
        removed.forEach(nodes::addRemoved);
        List<String> notRebuilt = notRun(shown, ReportNode::isBuildable);
        List<ReportCause> causes = new ArrayList<>(inputCauses());
        causes.addAll(targetCauses(nodes));
        causes.addAll(MacroCauses.of(comparison, changes));
        nodes.texts().putAll(MacroCauses.texts(causes, comparison, new TextChanges(mask)));
        boolean reads = run.deferred() && comparison != null && outcome != RunStatus.COMPARED;
        ManifestOrigin now = new ManifestOrigin(current.metadata(), null, null, null, commit);
        SlimReport report = new SlimReport(
                deployment,
                inPlace == null ? null : inPlace.told(formerSeconds, mask),
                current.metadata().projectName(),
                outcome,
                comparison == null ? null : origin(comparison.state().metadata()),
                now,
                reads ? run.reading(ReadFrom.of(comparison, results)) : run,
                Timings.saved(formerSeconds, notRebuilt, notRun(shown, ReportNode::isTest)),
                advice(changes.values(), nodes.behind()),
                causes,
                GraphFacts.into(nodes.nodes(), gone));
        return new BuiltReport(
                report, nodes.texts(), notRebuilt, Timings.last(formerSeconds, results.values(), current));
    }

    /** Vars and environment variables that have other values, whether or not that counts as a change. */
    private List<ReportCause> inputCauses() {
        return (comparison == null ? List.<InputChange>of() : comparison.inputChanges())
                .stream()
                        .limit(INPUTS)
                        .map(input -> {
                            int tests = testsAmong(input.users());
                            return ReportCause.ofInput(
                                    (input.aspect() == Aspect.ENV ? "env " : "var ") + mask.apply(input.name()),
                                    input.users().size() - tests,
                                    tests,
                                    new ReportCause.Input(mask.apply(input.change()), input.sure(), input.counts()));
                        })
                        .toList();
    }

    private List<ReportCause> targetCauses(ReportNodes nodes) {
        return (comparison == null ? List.<TargetChange>of() : TargetChange.of(comparison, nodes.after()))
                .stream()
                        .map(change -> ReportCause.ofTarget(
                                mask.apply(change.then() + " → " + change.now()),
                                change.nodes().size() - testsAmong(change.nodes()),
                                testsAmong(change.nodes())))
                        .toList();
    }

    private int testsAmong(List<String> ids) {
        return (int) ids.stream()
                .filter(id -> ReportNode.isTest(current.resource(id).resourceType()))
                .count();
    }

    /** A node that is yet to be built has its former object still. */
    private Map<String, FormerObject> leftBehind(
            ReportNodes nodes, Set<String> changed, Map<String, String> formerIds, List<Resource> removed)
            throws ManifestException {
        Map<String, String> moved = new HashMap<>();
        for (String id : changed) {
            RunResult result = results.get(id);
            boolean built = result != null && !result.isFailure() && !"skipped".equals(result.status());
            boolean own = !nodes.isBehind(current.resource(id));
            if (own && (outcome == RunStatus.COMPARED || built)) {
                moved.put(id, formerIds.getOrDefault(id, id));
            }
        }
        return LeftBehind.of(
                comparison,
                removed.stream().filter(old -> !nodes.isBehind(old)).toList(),
                moved,
                nodes.before(),
                nodes.after());
    }

    /** New and modified resources with their reasons. */
    private Map<String, Change> changes() throws ManifestException {
        Map<String, Change> changes = new LinkedHashMap<>();
        if (comparison == null) {
            return changes;
        }
        List<String> ids = new ArrayList<>();
        for (Resource resource : current.resources()) {
            // dbt leaves a test of a model that is not there among the nodes, switched off.
            boolean changed = comparison.matches(StateSelector.NEW, resource)
                    || comparison.matches(StateSelector.MODIFIED, resource);
            if (changed && resource.enabled()) {
                ids.add(resource.uniqueId());
            }
        }
        Map<String, Change> explained = comparison.explain(ids);
        ids.forEach(id -> changes.put(id, explained.getOrDefault(id, comparison.change(id))));
        return changes;
    }

    private void readTexts(
            ReportNodes nodes, Map<String, Change> changes, Map<String, String> formerIds, List<Resource> removed)
            throws ManifestException {
        Set<String> now = new HashSet<>(changes.keySet());
        results.values().stream().filter(RunResult::isFailure).forEach(result -> now.add(result.uniqueId()));
        for (Resource resource : current.resources()) {
            if (resource.resourceType().equals("exposure")) {
                now.add(resource.uniqueId());
            }
        }
        Map<String, ResourceText> before = Map.of();
        if (comparison != null) {
            Set<String> old = new HashSet<>(changes.keySet());
            old.addAll(formerIds.values());
            removed.forEach(resource -> old.add(resource.uniqueId()));
            before = ManifestTexts.read(comparison.state().file(), old);
        }
        nodes.texts(before, ManifestTexts.read(current.file(), now));
    }

    /** Without a run: what neither changed nor depends on a change. */
    private List<String> notRun(Set<String> shown, Predicate<String> type) {
        Set<String> ids = new TreeSet<>();
        for (Resource resource : current.resources()) {
            String id = resource.uniqueId();
            boolean done = outcome == RunStatus.COMPARED
                    ? shown.contains(id) || selected.contains(id)
                    : results.containsKey(id);
            if (!done
                    && type.test(resource.resourceType())
                    && resource.enabled()
                    && !resource.isOfAnotherProject()
                    && !"ephemeral".equals(resource.materialized())) {
                ids.add(id);
            }
        }
        return List.copyOf(ids);
    }

    private ManifestOrigin origin(Metadata metadata) {
        return provenance == null
                ? new ManifestOrigin(metadata, null, null, null, null)
                : new ManifestOrigin(
                        metadata, provenance.uri(), provenance.etag(), provenance.sha256(), provenance.commit());
    }

    /** What former deploys left to this run: a reader takes it for a change of this one otherwise. */
    private Optional<String> pending() {
        try {
            return comparison == null
                    ? Optional.empty()
                    : Optional.ofNullable(PendingNode.sentence(ProductionManifest.pending(comparison.state())))
                            .map(sentence -> "Production: " + sentence + ".");
        } catch (TruthException e) {
            return Optional.of(e.getMessage());
        }
    }

    private List<String> advice(Collection<Change> changes, List<String> others) {
        List<String> advice = new ArrayList<>(more);
        pending().ifPresent(advice::add);
        if (behind.commits() < 0) {
            advice.add(behind.sentence());
        }
        if (behind.commits() > 0) {
            advice.add(behind.sentence().replaceFirst("\\.$", ": ")
                    + (others.isEmpty()
                            ? "no node differs only because of that."
                            : (others.size() == 1 ? "1 node differs" : others.size() + " nodes differ")
                                    + " only because of that, and " + (others.size() == 1 ? "is" : "are")
                                    + " no change of it: "
                                    + FirstNames.cut(others, NAMED)
                                    + ". Bring the branch up to date."));
        }
        long ends = changes.stream().filter(Change::isOfLineEnds).count();
        if (ends >= MANY) {
            advice.add(ends + " nodes differ from production by the line ends of their files only: git checks them out"
                    + " in one way here and in another where production is deployed (core.autocrlf). A .gitattributes file with"
                    + " \"* text=auto eol=lf\" makes them the same everywhere.");
        }
        if (comparison != null) {
            advice.addAll(comparison.advice());
        } else if (deployment == null) {
            advice.add(firstRun ? FIRST : NOT_COMPARED);
        }
        if (expected != null) {
            SelectionDifference.difference(expected, SelectionDifference.built(selected))
                    .ifPresent(advice::add);
        }
        return advice;
    }
}
