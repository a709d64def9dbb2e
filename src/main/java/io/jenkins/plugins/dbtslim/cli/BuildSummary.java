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

/** What a build came to, for the line that {@code dbt-slim build} prints last and for scripts; its results are read once. */
final class BuildSummary {
    private final DbtOutcome outcome;
    private final Path kept;
    /** How many nodes came to each of dbt's statuses; hooks are none. */
    private final Map<String, Long> statuses;

    BuildSummary(DbtOutcome outcome, Path kept) throws IOException {
        this.outcome = outcome;
        this.kept = kept;
        this.statuses = outcome.runResults() == null ? Map.of() : statuses(outcome.runResults());
    }

    private static Map<String, Long> statuses(Path results) throws IOException {
        return RunResults.read(results).results().stream()
                .filter(result -> !result.uniqueId().startsWith("operation."))
                .collect(Collectors.groupingBy(RunResult::status, TreeMap::new, Collectors.counting()));
    }

    /** The same as the line and the ids, for scripts. */
    Map<String, Object> map() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("status", outcome.status().key());
        map.put("error", outcome.error());
        map.put("dbtVersion", outcome.dbtVersion());
        map.put("selected", outcome.selected());
        map.put("results", statuses);
        map.put("kept", kept.toAbsolutePath().toString());
        return map;
    }

    /** How many models, seeds and snapshots were built. */
    long built() {
        return statuses.getOrDefault("success", 0L);
    }

    /** As dbt counts, which leaves out ephemeral models: of a run that came to its end, what has a result. */
    private long selected() {
        long results = statuses.values().stream().mapToLong(Long::longValue).sum();
        int chosen = outcome.selected() == null ? 0 : outcome.selected().size();
        return results > 0 && outcome.status().isWhole() ? results : chosen;
    }

    /** How dbt ended, how much it was, and where it is kept. */
    String line() {
        StringBuilder line = new StringBuilder("dbt-slim: dbt ");
        if (outcome.dbtVersion() != null) {
            line.append(outcome.dbtVersion()).append(' ');
        }
        line.append(outcome.status().words());
        long selected = selected();
        if (selected > 0) {
            line.append("; selected ").append(selected);
        }
        if (!statuses.isEmpty()) {
            line.append(statuses.entrySet().stream()
                    .map(e -> e.getValue() + " " + e.getKey())
                    .collect(Collectors.joining(", ", " (", ")")));
        }
        if (outcome.runResults() != null) {
            line.append("; kept in ").append(kept);
        }
        return line.toString();
    }
}
