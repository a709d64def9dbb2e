package io.jenkins.plugins.dbtslim.report.page;

import io.jenkins.plugins.dbtslim.report.data.NodeRun;
import io.jenkins.plugins.dbtslim.report.data.ReportNode;
import java.util.Comparator;
import java.util.Map;

/** In which order rows come: the orders that tables have by themselves, and those of their columns. */
final class TableOrder {
    /** By result, then the longest. */
    static final Comparator<ReportNode> WORST_THEN_SLOWEST = Comparator.comparingInt((ReportNode node) -> weight(node))
            .thenComparingDouble(node -> -seconds(node))
            .thenComparing(ReportNode::id);

    private static final Map<String, Comparator<ReportNode>> COLUMNS = Map.of(
            "change", Comparator.comparing(ReportNode::change),
            "node", Comparator.comparing(ReportNode::name),
            "test", Comparator.comparing(ReportNode::name),
            "exposure", Comparator.comparing(ReportNode::name),
            "sets-off", Comparator.comparingInt(ReportNode::setsOff),
            "result", Comparator.comparingInt((ReportNode node) -> weight(node)),
            "time", Comparator.comparingDouble(TableOrder::seconds),
            "rows",
                    Comparator.comparingLong(node ->
                            number(node.run() == null ? null : node.run().rowsAffected())),
            "failures",
                    Comparator.comparingLong(node ->
                            number(node.run() == null ? null : node.run().failures())));

    private TableOrder() {}

    static boolean isKnown(String column) {
        return COLUMNS.containsKey(column);
    }

    /**
     * The order wanted, in which equal rows keep the table's own.
     *
     * @param sort see {@link PageQuery#sort}
     */
    static Comparator<ReportNode> of(String sort, Comparator<ReportNode> own) {
        if (sort == null) {
            return own;
        }
        return sort.startsWith("-")
                ? COLUMNS.get(sort.substring(1)).reversed().thenComparing(own)
                : COLUMNS.get(sort).thenComparing(own);
    }

    private static double seconds(ReportNode node) {
        return node.run() == null ? -1 : node.run().seconds();
    }

    private static long number(Long number) {
        return number == null ? -1 : number;
    }

    /** From the worst result to the best. */
    static int weight(ReportNode node) {
        return node.run() == null ? 9 : weight(node.run().result());
    }

    static int weight(NodeRun.Result result) {
        return switch (result) {
            case FAILED -> 0;
            case WARNED -> 1;
            case SKIPPED -> 2;
            case OK -> 3;
        };
    }
}
