package io.jenkins.plugins.dbtslim.cli;

import io.jenkins.plugins.dbtslim.dbt.result.DbtOutcome;
import io.jenkins.plugins.dbtslim.dbt.result.RunResult;
import io.jenkins.plugins.dbtslim.dbt.result.RunResults;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The line that {@code dbt-slim build} prints last: how dbt ended, how much it was, and where it is kept. */
final class BuildSummary {
    private BuildSummary() {}

    /** The same and the ids, for scripts. */
    static Map<String, Object> map(DbtOutcome outcome, Path kept) throws IOException {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("status", outcome.status().key());
        map.put("error", outcome.error());
        map.put("dbtVersion", outcome.dbtVersion());
        map.put("selected", outcome.selected());
        map.put("results", outcome.runResults() == null ? Map.of() : statuses(outcome));
        map.put("kept", kept.toAbsolutePath().toString());
        return map;
    }

    /** How many models, seeds and snapshots were built. */
    static long built(DbtOutcome outcome) throws IOException {
        return outcome.runResults() == null ? 0 : statuses(outcome).getOrDefault("success", 0L);
    }

    private static Map<String, Long> statuses(DbtOutcome outcome) throws IOException {
        return RunResults.read(outcome.runResults()).results().stream()
                .filter(result -> !result.uniqueId().startsWith("operation."))
                .collect(Collectors.groupingBy(RunResult::status, TreeMap::new, Collectors.counting()));
    }

    /** As dbt counts, which leaves out ephemeral models: of a run that came to its end, what has a result. */
    private static long selected(DbtOutcome outcome, Map<String, Long> statuses) {
        long results = statuses.values().stream().mapToLong(Long::longValue).sum();
        int chosen = outcome.selected() == null ? 0 : outcome.selected().size();
        return results > 0 && outcome.status().isWhole() ? results : chosen;
    }

    static String of(DbtOutcome outcome, Path kept) throws IOException {
        StringBuilder line = new StringBuilder("dbt-slim: dbt ");
        if (outcome.dbtVersion() != null) {
            line.append(outcome.dbtVersion()).append(' ');
        }
        line.append(outcome.status().words());
        Map<String, Long> statuses = outcome.runResults() == null ? Map.of() : statuses(outcome);
        long selected = selected(outcome, statuses);
        if (selected > 0) {
            line.append("; selected ").append(selected);
        }
        if (outcome.runResults() != null) {
            if (!statuses.isEmpty()) {
                line.append(statuses.entrySet().stream()
                        .map(e -> e.getValue() + " " + e.getKey())
                        .collect(Collectors.joining(", ", " (", ")")));
            }
            line.append("; kept in ").append(kept);
        }
        return line.toString();
    }
}
