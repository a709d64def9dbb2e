package io.jenkins.plugins.dbtslim.report.page;

import io.jenkins.plugins.dbtslim.report.data.DisplayText;
import io.jenkins.plugins.dbtslim.report.data.NodeRun;
import io.jenkins.plugins.dbtslim.report.data.NodeTexts;
import io.jenkins.plugins.dbtslim.report.data.ReportNode;
import io.jenkins.plugins.dbtslim.report.data.RunWarning;
import io.jenkins.plugins.dbtslim.report.html.HtmlWriter;
import io.jenkins.plugins.dbtslim.report.html.NodeWords;
import io.jenkins.plugins.dbtslim.report.html.ReportMessages;
import io.jenkins.plugins.dbtslim.report.picture.Timeline;
import io.jenkins.plugins.dbtslim.report.picture.TimelinePicture;
import java.util.ArrayList;
import java.util.List;

/** What dbt ran: nodes and tests, worst and slowest first, and the timeline. */
final class RunSection {
    private final ReportView view;
    private final HtmlWriter html;
    private final DataView data;

    RunSection(ReportView view) {
        this.view = view;
        this.data = new DataView(view);
        this.html = view.html;
    }

    void write(PageContent content, Timeline timeline) {
        view.openSection("run");
        for (String message : view.report.run().messages()) {
            html.open("p", "class", "dbt-slim-note dbt-slim-said")
                    .text(view.options.code() ? message.strip() : ReportMessages.get("detail.no-permission"))
                    .close();
        }
        boolean isFound =
                view.options.isServed() && !view.options.query().find().isEmpty();
        if (content.ran.all() + content.tests.all() == 0) {
            html.element("p", ReportMessages.get(isFound ? "find.none" : "run.none"), "class", "dbt-slim-empty");
        }
        new TimelinePicture(html, view).write(timeline);
        List<String> columns = new ArrayList<>(List.of("result", "node", "change", "#time", "#rows", "message"));
        if (data.isThere(content.ran)) {
            columns.add(columns.indexOf("message"), "data");
        }
        if (content.rowsTold.all() == 0) { // some adapters tell of none
            columns.remove("#rows");
        }
        table("run", content.ran, "run.nodes", columns);
        List<String> ofTests = List.of("result", "test", "of", "#time", "#failures", "message");
        table("tests", content.tests, "run.tests", ofTests);
        warnings();
        view.closeSection();
    }

    /** Folded and last: seldom of the change, and the same in every run. */
    private void warnings() {
        List<RunWarning> warnings = view.report.run().warnings();
        if (warnings.isEmpty()) {
            return;
        }
        html.open("details", "class", "dbt-slim-more")
                .element("summary", ReportMessages.get("run.warnings", warnings.size()));
        for (RunWarning warning : warnings) {
            html.open("pre", "class", "dbt-slim-drop dbt-slim-said", "tabindex", "0")
                    .code(
                            view.options.code()
                                    ? DisplayText.cut(warning.text(), 4_000)
                                    : ReportMessages.get("detail.no-permission"))
                    .text(warning.count() > 1 ? " " + ReportMessages.get("run.times", warning.count()) : "")
                    .close()
                    .line();
        }
        html.close("details").line();
    }

    private void table(String table, TableRows rows, String title, List<String> columns) {
        String label = ReportMessages.get(title, rows.all());
        // The summary leads here, whether there are tests or not.
        html.open("div", "id", "dbt-slim-" + table + "-rows");
        if (rows.all() > 0) {
            html.element("h3", label);
            view.openTable(table, label, columns.toArray(String[]::new));
            html.open("tbody");
            rows.rows().forEach(row -> row(row, columns));
            view.closeTable(table, label, rows);
        }
        html.close("div");
    }

    private void row(TableRows.Row row, List<String> columns) {
        ReportNode node = row.node();
        NodeRun run = node.run();
        html.open("tr").open("td", "data-sort", Integer.toString(TableOrder.weight(node)));
        view.status(node);
        html.close();
        view.nodeCell(node, node.change().isChange() ? null : ReportView.anchor(row.number()));
        html.open("td", "class", "dbt-slim-cause");
        if (node.isTest()) {
            parents(node);
            html.text(" ");
            if (!isOfWhatChanged(node)) {
                view.because(node);
            }
        } else {
            view.changeBadge(node.change());
            if (!node.change().isChange()) {
                html.text(" ");
                view.because(node);
            }
        }
        String reads = NodeWords.reads(node);
        if (reads != null) {
            html.text(" ").element("span", reads, "class", "dbt-slim-label dbt-slim-sql");
        }
        html.close();
        view.timeCell(run);
        if (node.isTest()) {
            view.numberCell(run.failures(), ReportMessages.get("column.failures"));
        } else if (columns.contains("#rows")) {
            view.numberCell(run.rowsAffected(), ReportMessages.get("column.rows"));
        }
        if (columns.contains("data")) {
            data.cell(node);
        }
        html.open("td", "class", "dbt-slim-message");
        message(node);
        html.close("tr").line();
    }

    /** Whether the only node that it tests is the one that changed: to say it twice tells nothing. */
    private static boolean isOfWhatChanged(ReportNode test) {
        return test.cause().size() == 2 && test.dependsOn().equals(test.cause().subList(0, 1));
    }

    private void parents(ReportNode test) {
        for (int i = 0; i < test.dependsOn().size(); i++) {
            String id = test.dependsOn().get(i);
            html.text(i == 0 ? "" : ", ");
            if (isOfWhatChanged(test)) {
                view.nodeLink(-1, id, ReportNode.nameOf(id));
            } else {
                html.element("bdi", ReportNode.nameOf(id));
            }
        }
    }

    private void message(ReportNode node) {
        String message = node.run().message();
        boolean bad = node.failed() || node.run().result() == NodeRun.Result.WARNED;
        if (message != null && bad && !view.options.code()) {
            html.element("span", ReportMessages.get("detail.no-permission"), "class", "dbt-slim-quiet");
        } else if (message != null && view.options.code()) {
            String first = node.run().headline();
            boolean more = bad && (message.strip().length() > first.length() || first.length() > DisplayText.SHOWN);
            html.element("span", first, "class", bad ? "dbt-slim-error-text" : "dbt-slim-quiet");
            if (more) {
                html.open("details").element("summary", ReportMessages.get("run.whole-message"));
                html.open("pre", "tabindex", "0")
                        .code(DisplayText.cut(message.strip(), 20_000))
                        .close()
                        .close();
            }
        }
        if (node.failed()) {
            compiled(node);
        }
    }

    private void compiled(ReportNode node) {
        if (view.options.isServed() && view.options.code()) {
            html.open("details", "data-details", view.fragmentUrl(node.id()))
                    .element("summary", ReportMessages.get("detail.compiled"))
                    .open("div", "class", "dbt-slim-detail")
                    .element("a", ReportMessages.get("detail.link"), "href", view.link(-1, node.id()))
                    .close()
                    .close();
            return;
        }
        NodeTexts nodeTexts = view.textsOf(node.id());
        if (nodeTexts != null && nodeTexts.compiled() != null) {
            html.open("details").element("summary", ReportMessages.get("detail.compiled"));
            new DiffView(html).single(nodeTexts.compiled());
            html.close();
        }
    }
}
