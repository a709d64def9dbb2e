package io.jenkins.plugins.dbtslim.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The report of a slim build, without the texts of its nodes: what changed against production, why, what that set off, and how it went.
 * Unchanged nodes that did not run are only counted.
 */
public final class SlimReport {
    private final String project;
    private final Outcome outcome;
    private final ManifestOrigin state;
    private final ManifestOrigin current;
    private final RunInfo run;
    private final Saved saved;
    private final List<String> advice;
    private final Map<String, ReportNode> nodes;
    private final ReportCounts counts;

    /**
     * @param project name of the dbt project
     * @param state the manifest compared with (production)
     * @param current the manifest of this run
     * @param advice sentences for the reader: what the comparison cannot know, where dbt and we differ, version mismatches
     */
    public SlimReport(
            String project,
            Outcome outcome,
            ManifestOrigin state,
            ManifestOrigin current,
            RunInfo run,
            Saved saved,
            List<String> advice,
            List<ReportNode> nodes) {
        this.project = project;
        this.outcome = outcome;
        this.state = state;
        this.current = current;
        this.run = run;
        this.saved = saved;
        this.advice = List.copyOf(advice);
        this.nodes = new LinkedHashMap<>();
        nodes.forEach(node -> this.nodes.put(node.id(), node));
        this.counts = ReportCounts.of(this.nodes.values(), saved.nodes());
    }

    public String project() {
        return project;
    }

    public Outcome outcome() {
        return outcome;
    }

    /** Production's manifest. */
    public ManifestOrigin state() {
        return state;
    }

    /** The manifest of this run. */
    public ManifestOrigin current() {
        return current;
    }

    public RunInfo run() {
        return run;
    }

    public Saved saved() {
        return saved;
    }

    public List<String> advice() {
        return advice;
    }

    /** All nodes, in the order given. */
    public List<ReportNode> nodes() {
        return new ArrayList<>(nodes.values());
    }

    /** The node of a unique_id, or null. */
    public ReportNode node(String id) {
        return nodes.get(id);
    }

    public ReportCounts counts() {
        return counts;
    }
}
