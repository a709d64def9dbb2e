package io.jenkins.plugins.dbtslim.report;

import io.jenkins.plugins.dbtslim.dbt.DbtOutcome;
import io.jenkins.plugins.dbtslim.dbt.RunResults;
import io.jenkins.plugins.dbtslim.manifest.Manifest;
import io.jenkins.plugins.dbtslim.manifest.ManifestPair;
import io.jenkins.plugins.dbtslim.manifest.ManifestReader;
import io.jenkins.plugins.dbtslim.state.StateComparison;
import io.jenkins.plugins.dbtslim.state.StateOptions;
import io.jenkins.plugins.dbtslim.store.ProvenanceFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** Makes the report of a run from what was kept of it and the state it was compared with; both front doors use it. */
public final class RunReport {
    private RunReport() {}

    /**
     * Reads the manifests and the results, compares, and masks every text.
     *
     * @param outcome of the run, with a kept manifest
     * @param state the manifest.json that the run was compared with, or null if everything was built
     * @param facts what only the caller knows
     * @param mask takes the secrets out of a text
     */
    public static BuiltReport of(DbtOutcome outcome, Path state, RunFacts facts, UnaryOperator<String> mask)
            throws IOException {
        SlimReportBuilder builder = builder(outcome, state)
                .outcome(Outcome.of(outcome.status()))
                .run(new RunInfo(
                        facts.select(),
                        facts.exclude(),
                        facts.target(),
                        facts.deferred(),
                        outcome.status().code(),
                        outcome.seconds().getOrDefault("total", 0.0),
                        outcome.messages().stream()
                                .map(DbtOutcome.Message::text)
                                .toList()))
                .commit(facts.commit())
                .mask(mask);
        if (outcome.selected() != null) {
            builder.selected(outcome.selected());
        }
        if (outcome.runResults() != null) {
            builder.results(RunResults.read(outcome.runResults()).results());
        }
        return builder.build();
    }

    private static SlimReportBuilder builder(DbtOutcome outcome, Path state) throws IOException {
        if (state == null) {
            return new SlimReportBuilder(ManifestReader.read(outcome.manifest()), null);
        }
        ManifestPair pair = ManifestPair.read(state, outcome.manifest());
        Manifest current = pair.current();
        StateOptions options = new StateOptions(outcome.dbtVersion(), outcome.flags());
        return new SlimReportBuilder(current, StateComparison.compare(pair.state(), current, options))
                .provenance(ProvenanceFile.read(state).orElse(null));
    }
}
