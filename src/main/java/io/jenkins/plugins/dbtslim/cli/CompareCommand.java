package io.jenkins.plugins.dbtslim.cli;

import io.jenkins.plugins.dbtslim.dbt.result.RunResult;
import io.jenkins.plugins.dbtslim.dbt.result.RunResults;
import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;
import io.jenkins.plugins.dbtslim.io.Heartbeat;
import io.jenkins.plugins.dbtslim.manifest.Manifest;
import io.jenkins.plugins.dbtslim.manifest.ManifestReader;
import io.jenkins.plugins.dbtslim.report.data.ReportSource;
import io.jenkins.plugins.dbtslim.report.data.RunInfo;
import io.jenkins.plugins.dbtslim.report.export.JsonReport;
import io.jenkins.plugins.dbtslim.report.file.SlimReportFile;
import io.jenkins.plugins.dbtslim.report.make.SlimReportBuilder;
import io.jenkins.plugins.dbtslim.selection.IndirectSelection;
import io.jenkins.plugins.dbtslim.selection.Selection;
import io.jenkins.plugins.dbtslim.selection.SelectionException;
import io.jenkins.plugins.dbtslim.selection.SelectionRequest;
import io.jenkins.plugins.dbtslim.selection.StateInput;
import io.jenkins.plugins.dbtslim.state.StateComparison;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dbt-slim compare}: what differs between two manifests, and why, without running dbt. */
@Command(
        name = "compare",
        description = "Compares two manifests and gives the report as JSON: what changed, why, and what that sets off.",
        footer = {
            "",
            "Example:",
            "  dbt-slim compare --state .dbt-state --manifest target/manifest.json \\",
            "    --output -"
        })
final class CompareCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Option(
            names = "--state",
            required = true,
            paramLabel = "DIR|FILE",
            description = "Production's manifest, or the directory that holds manifest.json.")
    Path state;

    @Option(names = "--manifest", required = true, paramLabel = "FILE", description = "Manifest of the project now.")
    Path manifest;

    @Option(names = "--run-results", paramLabel = "FILE", description = "run_results.json of a build of that manifest.")
    Path runResults;

    @Option(
            names = "--select",
            paramLabel = "EXPR",
            description = "What to count as selected; default: state:modified+.")
    List<String> select = List.of("state:modified+");

    @Option(names = "--exclude", paramLabel = "EXPR", description = "What not to count as selected.")
    List<String> exclude = List.of();

    @Option(
            names = "--flag",
            paramLabel = "NAME=true|false",
            description = "Behaviour flag of the project that differs from the default of its dbt.")
    Map<String, Boolean> flags = new LinkedHashMap<>();

    @Option(
            names = "--output",
            paramLabel = "FILE|-",
            description = "Where the JSON goes; default: standard output, as \"json\" is, which other commands take.")
    String output = "-";

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "The same as a report file, for \"dbt-slim report\".")
    Path report;

    @Override
    public Integer call() throws IOException, SelectionException {
        try (Heartbeat heartbeat =
                Heartbeat.during("Comparing the manifests", spec.commandLine().getErr()::println)) {
            return work();
        }
    }

    private int work() throws IOException, SelectionException {
        Path stateFile = Manifests.existingState(state);
        Manifest current = ManifestReader.read(Manifests.current(manifest));
        StateComparison comparison =
                StateComparison.compare(ManifestReader.read(stateFile), current, Manifests.options(null, flags));
        SelectionRequest request =
                new SelectionRequest(select, exclude, List.of(), List.of(), IndirectSelection.EAGER, null);
        SlimReportBuilder builder = new SlimReportBuilder(current, comparison)
                .provenance(
                        FetchRecord.of(stateFile, System.getenv()).provenance().orElse(null))
                .selected(Selection.select(current, StateInput.of(comparison), request)
                        .ids());
        double elapsed = 0;
        int exit = -1;
        if (runResults != null) {
            RunResults results = RunResults.read(runResults);
            boolean failed = results.results().stream().anyMatch(RunResult::isFailure);
            elapsed = results.elapsedSeconds();
            exit = failed ? 1 : 0;
            builder.results(results.results()).outcome(failed ? RunStatus.FAILURE : RunStatus.SUCCESS);
        }
        ReportSource made = builder.run(new RunInfo(select, exclude, null, false, exit, elapsed, List.of()))
                .build();
        if (report != null) {
            SlimReportFile.write(report, made);
        }
        String destination = output.equals("json") ? "-" : output;
        if (report == null || !destination.equals("-")) {
            OutputFile.write(destination, spec.commandLine().getOut(), out -> JsonReport.write(out, made));
        }
        return 0;
    }
}
