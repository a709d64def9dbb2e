package io.jenkins.plugins.dbtslim.report.make;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.change.RunOrigin;
import io.jenkins.plugins.dbtslim.dbt.result.DbtException;
import io.jenkins.plugins.dbtslim.dbt.result.DbtOutcome;
import io.jenkins.plugins.dbtslim.dbt.result.DeploymentState;
import io.jenkins.plugins.dbtslim.dbt.result.FormerTimings;
import io.jenkins.plugins.dbtslim.dbt.result.RunResult;
import io.jenkins.plugins.dbtslim.dbt.result.RunResults;
import io.jenkins.plugins.dbtslim.io.Artifacts;
import io.jenkins.plugins.dbtslim.io.FirstNames;
import io.jenkins.plugins.dbtslim.manifest.Manifest;
import io.jenkins.plugins.dbtslim.manifest.ManifestPair;
import io.jenkins.plugins.dbtslim.manifest.ManifestReader;
import io.jenkins.plugins.dbtslim.manifest.Metadata;
import io.jenkins.plugins.dbtslim.report.data.BuiltReport;
import io.jenkins.plugins.dbtslim.report.data.DeferredReads;
import io.jenkins.plugins.dbtslim.report.data.ManifestOrigin;
import io.jenkins.plugins.dbtslim.report.data.ReportNode;
import io.jenkins.plugins.dbtslim.report.data.RunCommand;
import io.jenkins.plugins.dbtslim.report.data.RunInfo;
import io.jenkins.plugins.dbtslim.report.data.RunWarning;
import io.jenkins.plugins.dbtslim.report.data.SavedTime;
import io.jenkins.plugins.dbtslim.report.data.SlimReport;
import io.jenkins.plugins.dbtslim.state.StateComparison;
import io.jenkins.plugins.dbtslim.state.StateOptions;
import io.jenkins.plugins.dbtslim.store.Provenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes the report of a run from what was kept of it and the state it was compared with; both front doors use it. */
public final class RunReport {

    private RunReport() {}

    /** A report of a run that is no blue/green deployment. */
    public static BuiltReport of(DbtOutcome outcome, Path state, RunFacts facts, UnaryOperator<String> mask)
            throws IOException {
        return of(outcome, null, state, facts, mask);
    }

    /**
     * Reads the manifests and the results, compares, and masks every text.
     *
     * @param outcome of the run; without a kept manifest, the report says that it could not run and why
     * @param deployment the blue/green deployment that the run was for, or null
     * @param state the manifest.json that the run was compared with, or null if everything was built
     * @param facts what only the caller knows
     * @param mask takes the secrets out of a text
     */
    public static BuiltReport of(
            DbtOutcome outcome,
            @CheckForNull DeploymentState deployment,
            @CheckForNull Path state,
            RunFacts facts,
            UnaryOperator<String> mask)
            throws IOException {
        RunResults results = outcome.runResults() == null ? null : RunResults.read(outcome.runResults());
        RunInfo run = new RunInfo(
                facts.select(),
                facts.exclude(),
                facts.target(),
                facts.deferred(),
                outcome.status().code(),
                outcome.seconds().getOrDefault("total", 0.0),
                messages(outcome, mask),
                warnings(outcome, mask),
                facts.arguments().stream().map(mask).toList(),
                parts(outcome, results),
                DeferredReads.NONE,
                RunOrigin.ofTexts(masked(facts.origin(), mask)),
                outcome.operations().stream()
                        .map(each -> new RunCommand(mask.apply(each.macro()), each.status(), each.seconds()))
                        .toList());
        if (outcome.manifest() == null) {
            return withoutManifest(outcome, deployment, state, facts, run);
        }
        SlimReportBuilder builder = builder(outcome, state, facts)
                .outcome(outcome.status())
                .gone(outcome.gone())
                .run(run)
                .deployment(deployment)
                .inPlace(outcome.inPlace())
                .commit(facts.origin().commit())
                .behind(facts.behind())
                .formerSeconds(formerSeconds(state, facts))
                .mask(mask);
        if (outcome.selected() != null) {
            builder.selected(outcome.selected());
        }
        builder.results(results(outcome, results)).data(outcome.data()).columns(outcome.columns());
        if (results != null && results.narrowed() != null) {
            builder.advise("Built with " + results.narrowed() + ": the relations hold "
                    + (results.narrowed().equals("--empty") ? "no rows" : "a part of their rows only")
                    + ", so what tests say is of no more than that.");
        }
        oldRows(outcome, results).ifPresent(builder::advise);
        return builder.build();
    }

    /** Names of branches and builds may hold anything. */
    private static UnaryOperator<String> masked(RunOrigin origin, UnaryOperator<String> mask) {
        Map<String, String> texts = origin.texts();
        return name -> texts.containsKey(name) ? mask.apply(texts.get(name)) : null;
    }

    /** An incremental model that is not made anew gets new rows only. */
    private static Optional<String> oldRows(DbtOutcome outcome, RunResults results) {
        Set<String> built = results == null
                ? Set.of()
                : results.results().stream()
                        .filter(result -> "success".equals(result.status()))
                        .map(RunResult::uniqueId)
                        .collect(Collectors.toSet());
        List<String> names = outcome.unrefreshed().stream()
                .filter(built::contains)
                .map(ReportNode::nameOf)
                .toList();
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of((names.size() == 1
                                ? "1 incremental model changed and was"
                                : names.size() + " incremental models changed and were")
                        + " not made anew: " + FirstNames.of(names)
                        + ". Rows that are there from before keep what the former version made of them;"
                        + " fullRefreshModified: true (--full-refresh-modified) makes just such models anew.");
    }

    /** Nothing of the project is known: dbt did not come to parse it. Production's manifest may be. */
    private static BuiltReport withoutManifest(
            DbtOutcome outcome, DeploymentState deployment, Path state, RunFacts facts, RunInfo run) {
        ManifestOrigin production = production(state, facts.comparedWith());
        String project = production == null || production.metadata() == null
                ? null
                : production.metadata().projectName();
        SlimReport report = new SlimReport(
                deployment,
                outcome.inPlace(),
                project == null ? "dbt" : project,
                outcome.status(),
                production,
                new ManifestOrigin(null, null, null, null, facts.origin().commit()),
                run,
                SavedTime.UNKNOWN,
                List.of(),
                List.of(),
                List.of());
        return new BuiltReport(report, Map.of(), List.of(), facts.formerSeconds());
    }

    private static ManifestOrigin production(Path state, Provenance from) {
        if (state == null) {
            return null;
        }
        try {
            Metadata metadata = ManifestReader.readMetadata(state);
            return from == null
                    ? new ManifestOrigin(metadata, null, null, null, null)
                    : new ManifestOrigin(metadata, from.uri(), from.etag(), from.sha256(), from.commit());
        } catch (IOException e) {
            return null; // it may be the very reason, which the messages tell
        }
    }

    /** The errors, each once. The reason comes first, unless dbt's own message, which has line breaks, tells it. */
    private static List<String> messages(DbtOutcome outcome, UnaryOperator<String> mask) {
        List<String> messages = new ArrayList<>(ofRun(outcome)
                .filter(message -> !isWarning(message))
                .map(message -> mask.apply(message.text()))
                .distinct()
                .toList());
        String error = mask.apply(outcome.error());
        if (error != null && messages.stream().noneMatch(message -> isTold(error, message))) {
            messages.add(0, error);
        }
        return messages;
    }

    private static Stream<DbtOutcome.Message> ofRun(DbtOutcome outcome) {
        return outcome.messages().stream().filter(message -> outcome.runResults() == null || !message.isOfNode());
    }

    private static boolean isWarning(DbtOutcome.Message message) {
        return "warn".equals(message.level());
    }

    /** Each once with its count: each command of one process gives them anew. Deprecations come last. */
    private static List<RunWarning> warnings(DbtOutcome outcome, UnaryOperator<String> mask) {
        Map<RunWarning, Integer> counts = new LinkedHashMap<>();
        ofRun(outcome)
                .filter(RunReport::isWarning)
                .forEach(message -> counts.merge(
                        new RunWarning(
                                message.event() == null ? "" : message.event(),
                                mask.apply(message.text()).strip(),
                                1),
                        1,
                        Integer::sum));
        return counts.entrySet().stream()
                .map(each -> new RunWarning(each.getKey().event(), each.getKey().text(), each.getValue()))
                .sorted(Comparator.comparing(RunWarning::isDeprecation))
                .toList();
    }

    /** dbt's own count of a build begins when the project is read and the nodes are chosen. */
    private static Map<String, Double> parts(DbtOutcome outcome, RunResults results) {
        Map<String, Double> seconds = outcome.seconds();
        Map<String, Double> parts = new LinkedHashMap<>();
        double build = seconds.getOrDefault("build", 0.0);
        double building = results == null ? build : Math.min(build, results.elapsedSeconds());
        put(parts, "starting", seconds.getOrDefault("import", 0.0));
        put(parts, "packages", seconds.getOrDefault("deps", 0.0));
        put(parts, "parsing", seconds.getOrDefault("parse", 0.0) + build - building);
        put(parts, "operations", seconds.getOrDefault("operations", 0.0));
        put(parts, "building", building);
        put(parts, "comparing", seconds.getOrDefault("compare", 0.0));
        put(parts, "columns", seconds.getOrDefault("columns", 0.0));
        return parts;
    }

    private static void put(Map<String, Double> parts, String name, double seconds) {
        if (seconds >= 0.05) {
            parts.put(name, Math.round(seconds * 1000) / 1000.0);
        }
    }

    private static boolean isTold(String error, String message) {
        return message.strip().replaceAll("\\s+", " ").contains(error);
    }

    /** Those that dbt wrote come last: of two results of one node the builder takes the later. */
    private static List<RunResult> results(DbtOutcome outcome, RunResults ofDbt) {
        List<RunResult> results = new ArrayList<>(outcome.interrupted());
        if (ofDbt != null) {
            results.addAll(ofDbt.results());
        }
        return results;
    }

    private static SlimReportBuilder builder(DbtOutcome outcome, Path state, RunFacts facts) throws IOException {
        if (state == null) {
            return new SlimReportBuilder(ManifestReader.read(outcome.manifest()), null).firstRun(facts.isFirstRun());
        }
        ManifestPair pair = ManifestPair.read(state, outcome.manifest());
        Manifest current = pair.current();
        StateOptions options = new StateOptions(outcome.dbtVersion(), outcome.flags());
        StateComparison comparison = StateComparison.compare(pair.state(), current, options);
        SlimReportBuilder builder = new SlimReportBuilder(current, comparison).provenance(facts.comparedWith());
        Set<String> expected = outcome.selected() == null ? null : SelectionDifference.of(current, comparison, facts);
        return expected == null ? builder : builder.expected(expected);
    }

    /**
     * Those of the run results that lie beside production's manifest, below those of the caller, which are of later
     * runs.
     */
    private static Map<String, Double> formerSeconds(Path state, RunFacts facts) throws IOException {
        Map<String, Double> seconds = state == null
                ? new HashMap<>()
                : FormerTimings.read(state.toAbsolutePath().getParent());
        Path results = state == null ? null : state.resolveSibling(Artifacts.RUN_RESULTS);
        if (results != null && Files.isRegularFile(results)) {
            try {
                RunResults.read(results).results().stream()
                        .filter(RunResult::isTiming)
                        .forEach(result -> seconds.put(result.uniqueId(), result.executionSeconds()));
            } catch (DbtException e) {
                // Only a history: the report is right without it, and says that no timings are known.
                seconds.clear();
            }
        }
        seconds.putAll(facts.formerSeconds());
        return seconds;
    }
}
