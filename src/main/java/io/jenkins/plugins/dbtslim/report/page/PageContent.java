package io.jenkins.plugins.dbtslim.report.page;

import io.jenkins.plugins.dbtslim.report.data.Impact;
import io.jenkins.plugins.dbtslim.report.data.ReportHead;
import io.jenkins.plugins.dbtslim.report.data.ReportNode;
import io.jenkins.plugins.dbtslim.report.data.ReportReason;
import io.jenkins.plugins.dbtslim.report.data.SlimReport;
import io.jenkins.plugins.dbtslim.report.html.NodeWords;
import io.jenkins.plugins.dbtslim.report.html.ReportMessages;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/** The rows of all tables and lists of one page, gathered in one pass over the nodes. */
final class PageContent {
    private static final int BROKEN = 8;
    private static final int NAMES = 50;

    private final HtmlOptions options;
    private final List<String> words;
    private final List<TableRows> lists = new ArrayList<>();

    final TableRows broken;
    final TableRows changes;
    final TableRows changedTests;
    final TableRows ran;
    final TableRows rowsTold;
    final TableRows tests;
    final TableRows exposures;
    final TableRows contracts;
    final TableRows dropped;
    final TableRows moved;
    final TableRows rehydrated;
    final TableRows access;
    final TableRows leftBehind;

    private PageContent(ReportHead head, HtmlOptions options) {
        this.options = options;
        this.words = options.isServed() ? options.query().words() : List.of();
        Impact impact = new Impact(head);
        broken = list(ReportNode::failed, BROKEN);
        changes = table("changes", node -> node.change().isChange() && !node.isTest(), ReportNode.WORST_FIRST);
        changedTests =
                table("changed-tests", node -> node.change().isChange() && node.isTest(), ReportNode.WORST_FIRST);
        ran = table("run", node -> node.run() != null && !node.isTest(), TableOrder.WORST_THEN_SLOWEST);
        rowsTold =
                list(node -> !node.isTest() && node.run() != null && node.run().rowsAffected() != null, 1);
        tests = table("tests", node -> node.run() != null && node.isTest(), TableOrder.WORST_THEN_SLOWEST);
        exposures = table("exposures", Impact::isExposure, ReportNode.WORST_FIRST);
        contracts = list(ReportNode::breaking, NAMES);
        dropped = list(Impact::isDropped, NAMES);
        moved = list(impact::isMoved, NAMES);
        rehydrated = list(impact::isRehydrated, NAMES);
        access = list(Impact::isAccessChange, NAMES);
        leftBehind = list(Impact::isLeftBehind, options.rows());
    }

    /** Picks the rows of a page. */
    static PageContent of(SlimReport report, HtmlOptions options) {
        PageContent content = new PageContent(report.head(), options);
        int number = 0;
        for (ReportNode node : report.nodes()) {
            for (TableRows rows : content.lists) {
                rows.offer(number, node);
            }
            number++;
        }
        return content;
    }

    /** Whether there is anything to look through. */
    boolean hasRows() {
        return lists.stream().anyMatch(rows -> rows.all() > 0);
    }

    /** Numbers of the nodes that have a row, to which a link can lead. */
    Set<Integer> shown() {
        Set<Integer> shown = new HashSet<>();
        for (TableRows table : List.of(changes, changedTests, ran, tests, exposures)) {
            table.rows().forEach(row -> shown.add(row.number()));
        }
        return shown;
    }

    private TableRows list(Predicate<ReportNode> which, int size) {
        return add(new TableRows(which, ReportNode.WORST_FIRST, 1, size));
    }

    private TableRows table(String name, Predicate<ReportNode> which, Comparator<ReportNode> own) {
        if (!options.isServed()) {
            return add(new TableRows(which, own, 1, options.rows()));
        }
        Predicate<ReportNode> wanted = words.isEmpty() ? which : which.and(this::isFound);
        PageQuery query = options.query();
        return add(new TableRows(wanted, TableOrder.of(query.sort(name), own), query.page(name), options.rows()));
    }

    private TableRows add(TableRows rows) {
        lists.add(rows);
        return rows;
    }

    /** Whether a row of the node would show all the words. */
    private boolean isFound(ReportNode node) {
        StringBuilder text = new StringBuilder(node.id());
        text.append(' ').append(node.name()).append(' ').append(node.path()).append(' ');
        text.append(ReportMessages.get("change." + node.change().key()));
        for (ReportReason reason : node.reasons()) {
            text.append(' ').append(NodeWords.aspect(node, reason));
            reason.details().forEach(detail -> text.append(' ').append(detail));
        }
        if (node.breaking()) {
            text.append(' ').append(ReportMessages.get("label.breaking"));
        }
        if (node.run() != null) {
            text.append(' ').append(ReportMessages.word("status", node.run().status()));
        }
        String lower = text.toString().toLowerCase(Locale.ROOT);
        return words.stream().allMatch(lower::contains);
    }
}
