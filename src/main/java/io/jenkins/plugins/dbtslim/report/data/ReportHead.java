package io.jenkins.plugins.dbtslim.report.data;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.dbt.result.DeploymentState;
import io.jenkins.plugins.dbtslim.dbt.result.InPlace;
import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;
import java.util.List;

/**
 * A report without its nodes: how it went, the numbers, and where all is from. Small, however big the project is.
 *
 * @param project name of the dbt project
 * @param state the manifest compared with (production); null if everything was built
 * @param current the manifest of this run
 * @param advice sentences for the reader: what the comparison cannot know, where dbt and we differ, version mismatches
 * @param causes what changed outside of the nodes and made some of them changed, those of most nodes first
 * @param deployment the blue/green deployment that the run was for, or null
 * @param inPlace what was replaced in place; null where that was not asked for
 */
public record ReportHead(
        String project,
        RunStatus outcome,
        @CheckForNull ManifestOrigin state,
        ManifestOrigin current,
        RunInfo run,
        SavedTime saved,
        List<String> advice,
        ReportCounts counts,
        List<ReportCause> causes,
        @CheckForNull DeploymentState deployment,
        @CheckForNull InPlace inPlace) {
    public ReportHead {
        advice = List.copyOf(advice);
        causes = List.copyOf(causes);
    }

    /** The same with the counts of these nodes: a document may come without, or be changed by hand. */
    public ReportHead counting(List<ReportNode> nodes) {
        ReportCounts counted = ReportCounts.of(nodes, saved.nodes());
        return new ReportHead(
                project, outcome, state, current, run, saved, advice, counted, causes, deployment, inPlace);
    }

    /** The cause of an id, or null. */
    @CheckForNull
    public ReportCause cause(String id) {
        return causes.stream()
                .filter(cause -> cause.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    /** Whether the run was on Materialize, where a new object takes with it what depends on the old one. */
    boolean isMaterialize() {
        return current != null
                && current.metadata() != null
                && "materialize".equals(current.metadata().adapterType());
    }

    /** Whether dbt came to read the project: else nothing of it can be counted, and no equality is told. */
    public boolean isProjectRead() {
        return current == null || current.metadata() != null;
    }
}
