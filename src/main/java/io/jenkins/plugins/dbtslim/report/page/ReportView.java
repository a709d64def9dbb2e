package io.jenkins.plugins.dbtslim.report.page;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.report.data.ChangeKind;
import io.jenkins.plugins.dbtslim.report.data.DisplayText;
import io.jenkins.plugins.dbtslim.report.data.NodeRun;
import io.jenkins.plugins.dbtslim.report.data.NodeTexts;
import io.jenkins.plugins.dbtslim.report.data.ReportHead;
import io.jenkins.plugins.dbtslim.report.data.ReportNode;
import io.jenkins.plugins.dbtslim.report.data.ReportSource;
import io.jenkins.plugins.dbtslim.report.html.HtmlWriter;
import io.jenkins.plugins.dbtslim.report.html.NodeWords;
import io.jenkins.plugins.dbtslim.report.html.ReportMessages;
import io.jenkins.plugins.dbtslim.report.html.ResultSymbols;
import io.jenkins.plugins.dbtslim.report.picture.NodeLinks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;

/** What all sections of one page share: the report, the words, and how a node is named, linked and labelled. */
final class ReportView implements NodeLinks {
    final HtmlWriter html;
    final HtmlOptions options;
    final ReportHead report;
    private final ReportSource source;
    private final Set<Integer> shown;

    /**
     * @param shown numbers of the nodes that have a row in this page
     */
    ReportView(ReportSource source, HtmlOptions options, Set<Integer> shown, Appendable out) {
        this.source = source;
        this.options = options;
        this.report = source.head();
        this.html = new HtmlWriter(out);
        this.shown = shown;
    }

    /** The id of a node's row: its number, because a unique_id may hold anything. */
    static String anchor(int number) {
        return "dbt-slim-n" + number;
    }

    /** Leads to the row of a node where this page has it, else to the node's own page, and in a file to the changes. */
    @Override
    public String link(int number, String id) {
        if (shown.contains(number)) {
            return "#" + anchor(number);
        }
        return options.isServed() && nodeUrl(id).length() <= HtmlWriter.LONGEST_LINK
                ? nodeUrl(id)
                : "#dbt-slim-changes";
    }

    @Override
    public String folderLink(String folder) {
        return options.isServed() ? PageQuery.toFind(DisplayText.cut(folder, 150)) : "#dbt-slim-changes";
    }

    void nodeLink(int number, String id, String name) {
        html.open("a", "href", link(number, id)).element("bdi", name).close();
    }

    /** The page of a node; links to it stay right. */
    String nodeUrl(String id) {
        return "node?id=" + PageQuery.encode(id);
    }

    /** Where the script gets what a row opens to; null where the row has it, or where the id is beyond any address. */
    @CheckForNull
    String fragmentUrl(String id) {
        return options.isServed() ? "nodeFragment?id=" + PageQuery.encode(id) : null;
    }

    /** The texts of a node or cause, or null if it has none or the reader may not see them. */
    @CheckForNull
    NodeTexts textsOf(String id) {
        try {
            return options.code() ? source.texts(id) : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> notRebuilt() {
        try {
            return source.notRebuilt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void openSection(String key) {
        html.open("section", "class", "dbt-slim-section", "id", "dbt-slim-" + key)
                .element("h2", ReportMessages.get(key + ".title"))
                .line();
    }

    void closeSection() {
        html.close("section").line();
    }

    /** A table without pages and order: see {@link #openTable(String, String, String...)}. */
    void openPlainTable(String label, String... columns) {
        openTable(null, label, columns);
    }

    /**
     * A table that a phone may scroll sideways, with its head; numbers are aligned to the end.
     *
     * @param table its name in {@link PageQuery}; null if it cannot be sorted
     * @param columns their text keys, those of numbers with a {@code #} before
     */
    void openTable(@CheckForNull String table, String label, String... columns) {
        html.open(
                        "div",
                        "class",
                        "dbt-slim-table" + (table == null ? "" : " dbt-slim-rows"),
                        "id",
                        table == null ? null : "dbt-slim-table-" + table,
                        "tabindex",
                        "0",
                        "role",
                        "region",
                        "aria-label",
                        label)
                .open("table", "class", "jenkins-table")
                .open("thead")
                .open("tr");
        for (String column : columns) {
            boolean number = column.startsWith("#");
            head(table, number ? column.substring(1) : column, number ? "dbt-slim-number" : null);
        }
        html.close("thead").line();
    }

    private void head(String table, String column, String type) {
        String name = ReportMessages.get("column." + column);
        if (table == null || !options.isServed() || !TableOrder.isKnown(column)) {
            html.element("th", name, "scope", "col", "class", type);
            return;
        }
        String sort = options.query().sort(table);
        boolean up = column.equals(sort);
        boolean down = ("-" + column).equals(sort);
        html.open("th", "scope", "col", "class", type, "aria-sort", up ? "ascending" : down ? "descending" : null)
                .element(
                        "a",
                        name,
                        "class",
                        "dbt-slim-sort",
                        "href",
                        options.query().toSort(table, up ? "-" + column : column),
                        "title",
                        ReportMessages.get("sort", name))
                .close();
    }

    void closeTable() {
        html.close("div").line();
    }

    /** Ends a table of nodes: links to its other pages, or how many rows are left out. */
    void closeTable(String table, String label, TableRows rows) {
        closeTable();
        if (!options.isServed()) {
            rest(rows.all(), rows.rows().size());
        } else if (rows.pages() > 1) {
            html.open("nav", "class", "dbt-slim-pages", "aria-label", ReportMessages.get("pages.of", label));
            pageLink(table, rows.page() - 1, rows, "pages.previous", "prev");
            int last = rows.before() + rows.rows().size();
            html.element("span", ReportMessages.get("pages.rows", rows.before() + 1, last, rows.all()))
                    .text(" ");
            pageLink(table, rows.page() + 1, rows, "pages.next", "next");
            html.close().line();
        }
    }

    private void pageLink(String table, int page, TableRows rows, String key, String rel) {
        if (page >= 1 && page <= rows.pages()) {
            String link = options.query().toPage(table, page);
            html.element("a", ReportMessages.get(key), "class", "jenkins-button", "href", link, "rel", rel)
                    .text(" ");
        }
    }

    /** Says how many rows a table left out, if any. */
    void rest(int all, int rows) {
        if (all > rows) {
            html.element("p", ReportMessages.get("rows.rest", all - rows), "class", "dbt-slim-note");
        }
    }

    void changeBadge(ChangeKind kind) {
        if (kind == ChangeKind.UNCHANGED && report.state() == null) {
            return; // nothing was compared
        }
        html.open("span", "class", "dbt-slim-badge dbt-slim-kind-" + kind.key())
                .element("span", ResultSymbols.glyph(kind), "aria-hidden", "true")
                .text(" " + ReportMessages.get("change." + kind.key()))
                .close();
    }

    /** Of what dbt runs; nothing for all else. */
    void status(ReportNode node) {
        NodeRun run = node.run();
        if (run == null) {
            if (node.change() != ChangeKind.REMOVED && (node.isBuildable() || node.isTest())) {
                html.element("span", ReportMessages.get("status.none"), "class", "dbt-slim-quiet");
            }
            return;
        }
        html.open("span", "class", "dbt-slim-status dbt-slim-result-" + ResultSymbols.key(run.result()))
                .element("span", ResultSymbols.glyph(run.result()), "aria-hidden", "true")
                .text(" " + ReportMessages.word("status", run.status()))
                .close();
    }

    /** What made the node differ or run: its own reasons, or the changed node above it. */
    void because(ReportNode node) {
        if (node.cause().size() > 1) {
            html.open("span", "class", "dbt-slim-quiet")
                    .text(ReportMessages.get("run.because") + " ")
                    .open("a", "href", link(-1, node.cause().get(0)))
                    .element("bdi", ReportNode.nameOf(node.cause().get(0)))
                    .close()
                    .close();
        } else if (node.change().isChange()) {
            html.element(
                            "span",
                            ReportMessages.get(node.isTest() ? "run.because-test" : "run.because-node"),
                            "class",
                            "dbt-slim-quiet")
                    .text(" ");
            changeBadge(node.change());
        }
    }

    /** Name, type and place of a node, as the head of its row. */
    void nodeCell(ReportNode node, String anchor) {
        html.open("th", "scope", "row", "class", "dbt-slim-name", "id", anchor)
                .element("bdi", node.name(), "class", "dbt-slim-node-name");
        String type = NodeWords.type(node);
        String path = node.path() == null ? node.id() : node.path();
        String place = type == null ? path : path.isEmpty() ? type : type + " · " + path;
        html.element("div", place, "class", "dbt-slim-quiet dbt-slim-path").close();
    }

    /** A cell with seconds, sortable by their exact value. */
    void timeCell(NodeRun run) {
        html.element(
                "td",
                run == null || (run.startedMillis() == 0 && run.seconds() == 0)
                        ? ""
                        : ReportMessages.duration(run.seconds()),
                "class",
                "dbt-slim-number",
                "data-sort",
                run == null ? "-1" : Double.toString(run.seconds()));
    }

    /**
     * A cell with a number, sortable.
     *
     * @param label says what the number is where a phone shows no head; null for none
     */
    void numberCell(Long number, String label) {
        html.element(
                "td",
                number == null ? "" : ReportMessages.count(number),
                "class",
                "dbt-slim-number",
                "data-sort",
                number == null ? "-1" : number.toString(),
                "data-label",
                number == null ? null : label);
    }
}
