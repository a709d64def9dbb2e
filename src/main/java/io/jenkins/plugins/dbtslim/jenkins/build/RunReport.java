package io.jenkins.plugins.dbtslim.jenkins.build;

import io.jenkins.plugins.dbtslim.dbt.DbtOutcome;
import io.jenkins.plugins.dbtslim.dbt.RunResult;
import io.jenkins.plugins.dbtslim.manifest.ManifestReader;
import io.jenkins.plugins.dbtslim.manifest.Metadata;
import io.jenkins.plugins.dbtslim.report.BuiltReport;
import io.jenkins.plugins.dbtslim.report.ManifestOrigin;
import io.jenkins.plugins.dbtslim.report.NodeRun;
import io.jenkins.plugins.dbtslim.report.Outcome;
import io.jenkins.plugins.dbtslim.report.ReportNode;
import io.jenkins.plugins.dbtslim.report.RunInfo;
import io.jenkins.plugins.dbtslim.report.Saved;
import io.jenkins.plugins.dbtslim.report.SlimReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The report of a run as dbt tells it: what was selected, how each resource went, and both manifests' provenance. */
final class RunReport {
    private RunReport() {}

    static BuiltReport of(DbtOutcome outcome, List<RunResult> results, String state, ReportFacts facts)
            throws IOException {
        Metadata current = ManifestReader.readMetadata(outcome.manifest());
        Metadata production = state == null
                ? null
                : ManifestReader.readMetadata(Path.of(state).resolve("manifest.json"));
        List<ReportNode> nodes = new ArrayList<>();
        results.forEach(result -> nodes.add(node(result)));
        return new BuiltReport(
                new SlimReport(
                        current.projectName(),
                        outcomeOf(outcome),
                        new ManifestOrigin(production, facts.location(), null, null, null),
                        new ManifestOrigin(current, null, null, null, facts.commit()),
                        new RunInfo(
                                facts.select() == null ? List.of() : List.of(facts.select()),
                                facts.exclude() == null ? List.of() : List.of(facts.exclude()),
                                facts.target(),
                                facts.deferred(),
                                outcome.status().code(),
                                outcome.seconds().getOrDefault("total", 0.0),
                                outcome.messages().stream()
                                        .map(DbtOutcome.Message::text)
                                        .toList()),
                        new Saved(0, -1, 0),
                        List.of(),
                        nodes),
                Map.of(),
                List.of());
    }

    private static ReportNode node(RunResult result) {
        String[] parts = result.uniqueId().split("\\.", 4);
        return ReportNode.of(result.uniqueId(), parts.length < 3 ? result.uniqueId() : parts[2], parts[0])
                .packageName(parts.length < 2 ? null : parts[1])
                .selected(true)
                .relationName(result.relationName())
                .run(new NodeRun(
                        result.status(),
                        result.executionSeconds(),
                        millis(result.startedAt()),
                        result.threadId(),
                        result.message(),
                        result.failures(),
                        result.rowsAffected()))
                .build();
    }

    private static long millis(String time) {
        if (time == null) {
            return 0;
        }
        try {
            return time.endsWith("Z")
                    ? Instant.parse(time).toEpochMilli()
                    : OffsetDateTime.parse(time + "Z")
                            .withOffsetSameInstant(ZoneOffset.UTC)
                            .toInstant()
                            .toEpochMilli();
        } catch (DateTimeParseException e) {
            return 0;
        }
    }

    static Outcome outcomeOf(DbtOutcome outcome) {
        return switch (outcome.status()) {
            case SUCCESS -> Outcome.SUCCESS;
            case NOTHING_TO_DO -> Outcome.NOTHING_TO_DO;
            case FAILURE -> Outcome.FAILED;
            case ERROR -> Outcome.ERROR;
            case ABORTED -> Outcome.ABORTED;
        };
    }
}
