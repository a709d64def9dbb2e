package io.jenkins.plugins.dbtslim.jenkins.engine;

import io.jenkins.plugins.dbtslim.io.AgentLimits;
import io.jenkins.plugins.dbtslim.report.data.ChangeKind;
import io.jenkins.plugins.dbtslim.report.data.ReportNode;
import io.jenkins.plugins.dbtslim.report.data.SlimReport;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * What changed against production, for scripts and the log: the same that the report counts, so without tests. Bounded.
 *
 * @param added unique_ids that production does not have
 * @param modified unique_ids that differ from production's
 * @param renamed unique_ids, as they are now, of what production has by another name
 * @param removed unique_ids that only production has
 * @param reasons lines for the log, each a unique_id and why it counts as changed
 */
@Restricted(NoExternalUse.class)
public record ChangeLists(
        List<String> added, List<String> modified, List<String> renamed, List<String> removed, List<String> reasons)
        implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int MAX_REASONS = 10;
    public static final ChangeLists NONE = new ChangeLists(
            new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());

    static ChangeLists of(SlimReport report) {
        return new ChangeLists(
                ids(report, ChangeKind.NEW),
                ids(report, ChangeKind.MODIFIED),
                ids(report, ChangeKind.RENAMED),
                ids(report, ChangeKind.REMOVED),
                new ArrayList<>(changed(report)
                        .limit(MAX_REASONS)
                        .map(ChangeLists::reason)
                        .toList()));
    }

    private static Stream<ReportNode> changed(SlimReport report) {
        return report.nodes().stream()
                .filter(node -> !node.isTest() && node.change().isChange());
    }

    private static List<String> ids(SlimReport report, ChangeKind kind) {
        return new ArrayList<>(changed(report)
                .filter(node -> node.change() == kind)
                .map(node -> AgentLimits.cut(node.id()))
                .limit(AgentLimits.IDS)
                .toList());
    }

    private static String reason(ReportNode node) {
        String why = node.reasons().stream()
                .map(reason -> reason.aspect().replace('_', ' ')
                        + (reason.details().isEmpty() ? "" : " (" + String.join(", ", reason.details()) + ")"))
                .collect(Collectors.joining("; "));
        return AgentLimits.cut(node.change().key() + ": " + node.id() + (why.isEmpty() ? "" : ": " + why));
    }
}
