package io.jenkins.plugins.dbtslim.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Whom the changes reach, and what they leave behind or take away: drawn from the report alone. */
final class Impact {
    /** What Materialize makes anew by dropping the old object and all that depends on it. */
    private static final Set<String> MATERIALIZED =
            Set.of("materialized_view", "materializedview", "table", "source_table");
    /** A name as adapters write it: up to three parts, quoted or plain. Anything else gets no DROP text. */
    private static final Pattern RELATION = Pattern.compile(part() + "(\\." + part() + "){0,3}");

    private static final Set<String> ACCESS = Set.of("access", "grants", "group");

    private final SlimReport report;

    Impact(SlimReport report) {
        this.report = report;
    }

    private static String part() {
        return "(\"[^\"\\p{Cntrl}]{1,255}\"|`[^`\\p{Cntrl}]{1,255}`|[A-Za-z_][A-Za-z0-9_$]{0,254})";
    }

    List<ReportNode> exposures() {
        return report.nodes().stream()
                .filter(node -> node.type().equals("exposure") && node.change() != ChangeKind.UNCHANGED)
                .toList();
    }

    List<ReportNode> brokenContracts() {
        return report.nodes().stream().filter(ReportNode::breaking).toList();
    }

    /** Nodes whose access, grants or group changed. */
    List<ReportNode> accessChanges() {
        return report.nodes().stream()
                .filter(node -> node.reasons().stream().anyMatch(Impact::isAccess))
                .toList();
    }

    private static boolean isAccess(ReportReason reason) {
        return ACCESS.contains(reason.aspect())
                || (reason.aspect().equals("configs")
                        && reason.details().stream().anyMatch(detail -> ACCESS.contains(detail.split(":", 2)[0])));
    }

    List<ReportNode> leftBehind() {
        return report.nodes().stream()
                .filter(node ->
                        node.change() == ChangeKind.REMOVED && node.isBuildable() && node.relationName() != null)
                .filter(node -> !"ephemeral".equals(node.materialized()))
                .toList();
    }

    /** A statement for a human to check and run; null if the name is not one that we would put into a statement. */
    String dropText(ReportNode node) {
        if (node.relationName() == null
                || !RELATION.matcher(node.relationName()).matches()) {
            return null;
        }
        return "DROP " + kindOfObject(node) + " " + node.relationName() + ";";
    }

    private String kindOfObject(ReportNode node) {
        String materialized = node.materialized() == null ? "" : node.materialized();
        return switch (materialized) {
            case "view", "source", "sink" -> materialized.toUpperCase(java.util.Locale.ROOT);
            case "materialized_view", "materializedview" -> "MATERIALIZED VIEW";
            case "table" -> isMaterialize() && node.type().equals("model") ? "MATERIALIZED VIEW" : "TABLE";
            default -> "TABLE";
        };
    }

    boolean isMaterialize() {
        ManifestOrigin current = report.current();
        return current != null
                && current.metadata() != null
                && "materialize".equals(current.metadata().adapterType());
    }

    /** Built objects that Materialize has to fill again before they answer. */
    List<ReportNode> rehydrated() {
        return !isMaterialize()
                ? List.of()
                : report.nodes().stream()
                        .filter(node -> node.run() != null && node.run().result() == NodeRun.Result.OK)
                        .filter(node -> MATERIALIZED.contains(String.valueOf(node.materialized())))
                        .toList();
    }

    /** A node that was not made again although something that it stands on was: Materialize dropped it with that. */
    record Dropped(ReportNode node, ReportNode parent) {}

    /** On Materialize: nodes that went with a parent that was re-created, and did not come back. */
    List<Dropped> dropped() {
        Map<String, ReportNode> recreated = new HashMap<>();
        List<Dropped> dropped = new ArrayList<>();
        if (!isMaterialize()) {
            return dropped;
        }
        for (ReportNode node : report.nodes()) {
            boolean ran = node.run() != null && node.run().result() != NodeRun.Result.SKIPPED;
            if (ran && node.type().equals("model") && node.change() != ChangeKind.NEW) {
                recreated.put(node.id(), node);
            }
        }
        for (ReportNode node : report.nodes()) {
            boolean built = node.run() != null && node.run().result() == NodeRun.Result.OK;
            if (!built
                    && node.type().equals("model")
                    && node.change() != ChangeKind.NEW
                    && node.change() != ChangeKind.REMOVED) {
                node.dependsOn().stream()
                        .map(recreated::get)
                        .filter(java.util.Objects::nonNull)
                        .findFirst()
                        .ifPresent(parent -> dropped.add(new Dropped(node, parent)));
            }
        }
        return dropped;
    }
}
