package io.jenkins.plugins.dbtslim.report.data;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Whom a change of a node reaches, and what it leaves behind or takes away. */
public final class Impact {
    /** What Materialize makes anew by dropping the old object and all that depends on it. */
    private static final Set<String> MATERIALIZED =
            Set.of("materialized_view", "materializedview", "table", "source_table");
    /** A name as adapters write it: up to three parts, quoted or plain. Anything else gets no DROP text. */
    private static final Pattern RELATION = Pattern.compile(part() + "(\\." + part() + "){0,3}");

    private static final Set<String> ACCESS = Set.of("access", "grants", "group");

    private final boolean materialize;
    private final Set<String> inPlace;

    public Impact(ReportHead report) {
        this.materialize = report.isMaterialize();
        this.inPlace = report.inPlace() == null
                ? Set.of()
                : Set.copyOf(report.inPlace().replaced());
    }

    private static String part() {
        return "(\"[^\"\\p{Cntrl}]{1,255}\"|`[^`\\p{Cntrl}]{1,255}`|[A-Za-z_][A-Za-z0-9_$]{0,254})";
    }

    /** Somebody outside of dbt uses what changed. */
    public static boolean isExposure(ReportNode node) {
        return node.type().equals("exposure") && node.change() != ChangeKind.UNCHANGED;
    }

    /** Its access, grants or group changed. */
    public static boolean isAccessChange(ReportNode node) {
        return node.reasons().stream().anyMatch(Impact::isAccess);
    }

    private static boolean isAccess(ReportReason reason) {
        return ACCESS.contains(reason.aspect())
                || (reason.aspect().equals("configs")
                        && reason.details().stream().anyMatch(detail -> ACCESS.contains(detail.split(":", 2)[0])));
    }

    /** It was removed, renamed or moved, and an object of it stays in the database that nothing uses any more. */
    public static boolean isLeftBehind(ReportNode node) {
        return node.leftBehind() != null;
    }

    /** An object that Materialize has to fill again before it answers; what is replaced in place answers all the time. */
    public boolean isRehydrated(ReportNode node) {
        return materialize
                && node.run() != null
                && node.run().result() == NodeRun.Result.OK
                && !inPlace.contains(node.id())
                && MATERIALIZED.contains(String.valueOf(node.materialized()));
    }

    /** On Materialize: it went with a parent that was re-created, and did not come back. */
    public static boolean isDropped(ReportNode node) {
        return node.droppedWith() != null;
    }

    /** A source or sink of Materialize that ran: data may be read or sent anew. */
    public boolean isMoved(ReportNode node) {
        return materialize
                && node.run() != null
                && node.run().result() != NodeRun.Result.SKIPPED
                && ("source".equals(node.materialized()) || "sink".equals(node.materialized()));
    }

    /** A statement for a human to check and run; null if we cannot know that it is right. */
    @CheckForNull
    public String dropText(ReportNode node) {
        FormerObject left = node.leftBehind();
        String kind = kindOfObject(node);
        return kind == null || !RELATION.matcher(left.relationName()).matches()
                ? null
                : "DROP " + kind + " " + left.relationName() + ";"
                        + (kind.equals("TABLE") && node.type().equals("snapshot")
                                ? " -- its history goes with it"
                                : "");
    }

    private String kindOfObject(ReportNode node) {
        String materialized = node.leftBehind().materialized();
        return switch (materialized == null ? "" : materialized) {
            case "view", "source", "sink" -> materialized.toUpperCase(Locale.ROOT);
            case "materialized_view", "materializedview" -> "MATERIALIZED VIEW";
            case "table" -> materialize && node.type().equals("model") ? "MATERIALIZED VIEW" : "TABLE";
            case "seed", "snapshot", "incremental" -> "TABLE";
            default -> null;
        };
    }
}
