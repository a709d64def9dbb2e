package io.jenkins.plugins.dbtslim.cli;

import io.jenkins.plugins.dbtslim.dbt.DbtOutcome;
import io.jenkins.plugins.dbtslim.dbt.RunResults;
import io.jenkins.plugins.dbtslim.manifest.Manifest;
import io.jenkins.plugins.dbtslim.manifest.ManifestReader;
import io.jenkins.plugins.dbtslim.report.Outcome;
import io.jenkins.plugins.dbtslim.report.RunInfo;
import io.jenkins.plugins.dbtslim.report.SlimReportBuilder;
import io.jenkins.plugins.dbtslim.report.SlimReportFile;
import io.jenkins.plugins.dbtslim.state.StateComparison;
import io.jenkins.plugins.dbtslim.state.StateOptions;
import io.jenkins.plugins.dbtslim.store.ProvenanceFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Makes the report of a build from what was kept of it and the state it was compared with. */
final class BuildReport {
    private final DbtOptions options;
    private final Map<String, String> environment;
    private final Collection<String> secrets;

    /**
     * A report to be.
     *
     * @param secrets values that must not be in it
     */
    BuildReport(DbtOptions options, Map<String, String> environment, Collection<String> secrets) {
        this.options = options;
        this.environment = environment;
        this.secrets = secrets;
    }

    void write(DbtOutcome outcome, Path file) throws IOException {
        Manifest current = ManifestReader.read(outcome.manifest());
        Path state = options.stateFile();
        StateComparison comparison = state == null
                ? null
                : StateComparison.compare(
                        ManifestReader.read(state), current, new StateOptions(outcome.dbtVersion(), outcome.flags()));
        SlimReportBuilder builder = new SlimReportBuilder(current, comparison)
                .outcome(outcome(outcome))
                .run(run(outcome))
                .provenance(state == null ? null : ProvenanceFile.read(state).orElse(null))
                .commit(environment.get("GIT_COMMIT"))
                .mask(this::mask);
        if (outcome.selected() != null) {
            builder.selected(outcome.selected());
        }
        if (outcome.runResults() != null) {
            builder.results(RunResults.read(outcome.runResults()).results());
        }
        SlimReportFile.write(file, builder.build());
    }

    private RunInfo run(DbtOutcome outcome) {
        List<String> messages =
                outcome.messages().stream().map(DbtOutcome.Message::text).toList();
        return new RunInfo(
                options.effectiveSelect(),
                options.exclude,
                options.target,
                options.defer,
                outcome.status().code(),
                outcome.seconds().getOrDefault("total", 0.0),
                messages);
    }

    private static Outcome outcome(DbtOutcome outcome) {
        return switch (outcome.status()) {
            case SUCCESS -> Outcome.SUCCESS;
            case NOTHING_TO_DO -> Outcome.NOTHING_TO_DO;
            case FAILURE -> Outcome.FAILED;
            case ERROR -> Outcome.ERROR;
            case ABORTED -> Outcome.ABORTED;
        };
    }

    private String mask(String text) {
        String masked = text;
        for (String secret : secrets) {
            masked = masked.replace(secret, "****");
        }
        return masked;
    }
}
