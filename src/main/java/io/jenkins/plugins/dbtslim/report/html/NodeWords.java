package io.jenkins.plugins.dbtslim.report.html;

import io.jenkins.plugins.dbtslim.dbt.result.DataDifference;
import io.jenkins.plugins.dbtslim.dbt.result.SqlChange;
import io.jenkins.plugins.dbtslim.io.FirstNames;
import io.jenkins.plugins.dbtslim.report.data.ChangeKind;
import io.jenkins.plugins.dbtslim.report.data.ReportNode;
import io.jenkins.plugins.dbtslim.report.data.ReportReason;
import java.util.ArrayList;
import java.util.List;

/** What a node and its reasons are called, on pages, in pictures and in comments alike. */
public final class NodeWords {
    /** Named of what changed SQL touches. */
    private static final int COLUMNS = 8;

    private NodeWords() {}

    /** What it is, where its name alone does not say so: null for models, and for tests, which stand apart. */
    public static String type(ReportNode node) {
        if (node.isOfAnotherProject()) {
            return ReportMessages.get("label.of-project", node.packageName());
        }
        return node.isModel() || node.isTest() ? null : node.type().replace('_', ' ');
    }

    /** An aspect that differs; what dbt calls the body is SQL, Python or rows. */
    public static String aspect(ReportNode node, String aspect) {
        return aspect.equals("body") ? code(node) : ReportMessages.word("aspect", aspect);
    }

    /** What a node is written in. */
    public static String code(ReportNode node) {
        boolean isPython = node.path() != null && node.path().endsWith(".py");
        return ReportMessages.get(isPython ? "code.python" : node.type().equals("seed") ? "code.rows" : "code.sql");
    }

    /** What its changed SQL is proven to do, such as {@code adds columns: a, b}; null where nothing is. */
    public static String sql(ReportNode node) {
        SqlChange sql = node.sql();
        if (sql == null || sql.kind() == null || sql.kind().equals("unknown")) {
            return null;
        }
        List<String> names = new ArrayList<>(sql.parts());
        sql.added().forEach(name -> names.add("+" + name));
        sql.removed().forEach(name -> names.add("−" + name));
        sql.changed().forEach(name -> names.add("~" + name));
        return named(ReportMessages.word("sql", sql.kind()), names);
    }

    /** What a node that did not change itself reads of what did; null where that is not known. */
    public static String reads(ReportNode node) {
        SqlChange sql = node.sql();
        boolean known = sql != null && (sql.isReached() || sql.isUnreached());
        if (!known || node.change() != ChangeKind.DOWNSTREAM) {
            return null;
        }
        return node.isTest() && sql.isReached()
                ? ReportMessages.get("reads.of-test")
                : named(ReportMessages.word("reads", sql.reads()), sql.reached());
    }

    private static String named(String what, List<String> names) {
        return names.isEmpty() ? what : what + ": " + FirstNames.cut(names, COLUMNS);
    }

    /** Rows as they came, went and changed: {@code +6 −0 ~12 of 1,024}; null where nothing was looked at. */
    public static String data(ReportNode node) {
        DataDifference data = node.data();
        if (data == null) {
            return null;
        }
        if (!data.isCompared()) {
            return ReportMessages.get("data.not-compared");
        }
        long all = data.sampled() > 0 ? data.sampled() : data.rowsBefore();
        String count = ReportMessages.count(all);
        String of = data.sampled() > 0 ? ReportMessages.get("data.first", count) : count;
        String rows = data.added() + data.removed() + Math.max(0, data.changed()) == 0
                ? ReportMessages.get(data.notCompared().isEmpty() ? "data.same" : "data.same-in-part", of, all)
                : ReportMessages.get(
                        data.changed() < 0 ? "data.rows" : "data.rows-by-key",
                        ReportMessages.count(data.added()),
                        ReportMessages.count(data.removed()),
                        ReportMessages.count(data.changed()),
                        of);
        return data.columnsAdded().isEmpty() && data.columnsRemoved().isEmpty()
                ? rows
                : ReportMessages.get(
                        "data.and-columns",
                        rows,
                        data.columnsAdded().size(),
                        data.columnsRemoved().size());
    }

    /** The same for each of its reasons. */
    public static String aspect(ReportNode node, ReportReason reason) {
        return aspect(node, reason.aspect());
    }
}
