package io.jenkins.plugins.dbtslim.report.page;

import io.jenkins.plugins.dbtslim.report.data.Impact;
import io.jenkins.plugins.dbtslim.report.data.ReportHead;
import io.jenkins.plugins.dbtslim.report.data.ReportNode;
import io.jenkins.plugins.dbtslim.report.data.ReportReason;
import io.jenkins.plugins.dbtslim.report.data.ReportSource;
import io.jenkins.plugins.dbtslim.report.file.FirstPage;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The rows of all tables and lists of one page, gathered in one pass over the nodes: memory grows with the page, not with the report. */
public final class PageContent {
    private static final int BROKEN = 8;
    private static final int NAMES = 50;

    private final HtmlOptions options;
    private final ReportMessages texts;
    private final List<String> words;
    private final FirstPage kept;
    private final Map<String, TableRows> lists = new LinkedHashMap<>();

    final TableRows broken;
    final TableRows changes;
    final TableRows changedTests;
    final TableRows ran;
    final TableRows tests;
    final TableRows exposures;
    final TableRows contracts;
    final TableRows dropped;
    final TableRows moved;
    final TableRows rehydrated;
    final TableRows access;
    final TableRows leftBehind;

    /**
     * @param kept where the rows are known already; null to have nodes offered
     */
    private PageContent(ReportHead head, HtmlOptions options, ReportMessages texts, FirstPage kept) {
        this.options = options;
        this.texts = texts;
        this.words = options.isServed() ? options.query().words() : List.of();
        this.kept = kept;
        Impact impact = new Impact(head);
        broken = list("broken", ReportNode::failed, BROKEN);
        changes = table("changes", node -> node.change().isChange() && !node.isTest(), TableOrder.WORST_FIRST);
        changedTests =
                table("changed-tests", node -> node.change().isChange() && node.isTest(), TableOrder.WORST_FIRST);
        ran = table("run", node -> node.run() != null && !node.isTest(), TableOrder.WORST_THEN_SLOWEST);
        tests = table("tests", node -> node.run() != null && node.isTest(), TableOrder.WORST_THEN_SLOWEST);
        exposures = table("exposures", Impact::isExposure, TableOrder.WORST_FIRST);
        contracts = list("contracts", ReportNode::breaking, NAMES);
        dropped = list("dropped", Impact::isDropped, NAMES);
        moved = list("moved", impact::isMoved, NAMES);
        rehydrated = list("rehydrated", impact::isRehydrated, NAMES);
        access = list("access", Impact::isAccessChange, NAMES);
        leftBehind = list("left-behind", Impact::isLeftBehind, options.rows());
    }

    public static PageContent of(ReportSource source, HtmlOptions options, ReportMessages texts) throws IOException {
        FirstPage kept = options.isServed() && options.query().isPlain() ? source.firstPage() : null;
        if (kept != null && kept.size() == options.rows()) {
            return new PageContent(source.head(), options, texts, kept);
        }
        PageContent content = new PageContent(source.head(), options, texts, null);
        source.nodes((number, node) -> {
            content.lists.values().forEach(rows -> rows.offer(number, node));
            return true;
        });
        return content;
    }

    /** All tables and lists by their names. */
    public Map<String, TableRows> lists() {
        return lists;
    }

    /** Whether there is anything to look through. */
    boolean hasRows() {
        return lists.values().stream().anyMatch(rows -> rows.all() > 0);
    }

    /** Numbers of the nodes that have a row, to which a link can lead. */
    Set<Integer> shown() {
        Set<Integer> shown = new HashSet<>();
        for (TableRows table : List.of(changes, changedTests, ran, tests, exposures)) {
            table.rows().forEach(row -> shown.add(row.number()));
        }
        return shown;
    }

    private TableRows list(String name, Predicate<ReportNode> which, int size) {
        return add(name, () -> new TableRows(which, TableOrder.WORST_FIRST, 1, size));
    }

    private TableRows table(String name, Predicate<ReportNode> which, Comparator<ReportNode> own) {
        if (!options.isServed()) {
            return add(name, () -> new TableRows(which, own, 1, options.rows()));
        }
        Predicate<ReportNode> wanted = words.isEmpty() ? which : which.and(this::isFound);
        PageQuery query = options.query();
        return add(
                name,
                () -> new TableRows(wanted, TableOrder.of(query.sort(name), own), query.page(name), options.rows()));
    }

    private TableRows add(String name, Supplier<TableRows> empty) {
        TableRows rows = kept == null ? empty.get() : kept.rows(name);
        lists.put(name, rows);
        return rows;
    }

    /** Whether a row of the node would show all the words. */
    private boolean isFound(ReportNode node) {
        StringBuilder text = new StringBuilder(node.id());
        text.append(' ').append(node.name()).append(' ').append(node.path()).append(' ');
        text.append(texts.get("change." + node.change().key()));
        for (ReportReason reason : node.reasons()) {
            text.append(' ').append(texts.word("aspect", reason.aspect()));
            reason.details().forEach(detail -> text.append(' ').append(detail));
        }
        if (node.breaking()) {
            text.append(' ').append(texts.get("label.breaking"));
        }
        if (node.run() != null) {
            text.append(' ').append(texts.word("status", node.run().status()));
        }
        String lower = text.toString().toLowerCase(Locale.ROOT);
        return words.stream().allMatch(lower::contains);
    }
}
