package io.jenkins.plugins.dbtslim.report.data;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.dbt.result.DeploymentState;
import io.jenkins.plugins.dbtslim.dbt.result.InPlace;
import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The report of a slim build, without the texts of its nodes: what changed against production, why, what that set off,
 * and how it went. Unchanged nodes that did not run are only counted.
 */
public final class SlimReport {
    private final ReportHead head;
    private final Map<String, ReportNode> nodes = new LinkedHashMap<>();

    /** Puts a head and its nodes together; the counts are those of the head. */
    public SlimReport(ReportHead head, List<ReportNode> nodes) {
        this.head = head;
        nodes.forEach(node -> this.nodes.put(node.id(), node));
    }

    /**
     * Makes a report and counts its nodes.
     *
     * @param project name of the dbt project
     * @param state the manifest compared with (production)
     * @param current the manifest of this run
     * @param advice sentences for the reader: what the comparison cannot know, where dbt and we differ, version
     *     mismatches
     */
    public SlimReport(
            String project,
            RunStatus outcome,
            ManifestOrigin state,
            ManifestOrigin current,
            RunInfo run,
            SavedTime saved,
            List<String> advice,
            List<ReportNode> nodes) {
        this(null, null, project, outcome, state, current, run, saved, advice, List.of(), nodes);
    }

    /**
     * The same with the blue/green deployment that the run was for (or null), what was replaced in place (or null), and what
     * changed outside of the nodes.
     */
    public SlimReport(
            DeploymentState deployment,
            InPlace inPlace,
            String project,
            RunStatus outcome,
            ManifestOrigin state,
            ManifestOrigin current,
            RunInfo run,
            SavedTime saved,
            List<String> advice,
            List<ReportCause> causes,
            List<ReportNode> nodes) {
        this(
                new ReportHead(
                        project,
                        outcome,
                        state,
                        current,
                        run,
                        saved,
                        advice,
                        ReportCounts.of(nodes, saved.nodes()),
                        causes,
                        deployment,
                        inPlace),
                nodes);
    }

    /** Everything but the nodes. */
    public ReportHead head() {
        return head;
    }

    public String project() {
        return head.project();
    }

    public RunStatus outcome() {
        return head.outcome();
    }

    /** Production's manifest. */
    public ManifestOrigin state() {
        return head.state();
    }

    /** The manifest of this run. */
    public ManifestOrigin current() {
        return head.current();
    }

    public RunInfo run() {
        return head.run();
    }

    public SavedTime saved() {
        return head.saved();
    }

    public List<String> advice() {
        return head.advice();
    }

    /** All nodes, in the order given. */
    public List<ReportNode> nodes() {
        return new ArrayList<>(nodes.values());
    }

    /** The node of a unique_id, or null. */
    @CheckForNull
    public ReportNode node(String id) {
        return nodes.get(id);
    }

    public ReportCounts counts() {
        return head.counts();
    }
}
