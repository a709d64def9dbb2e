package io.jenkins.plugins.dbtslim.report.page;

import io.jenkins.plugins.dbtslim.dbt.result.DataDifference;
import io.jenkins.plugins.dbtslim.report.data.NodeTexts;
import io.jenkins.plugins.dbtslim.report.data.ReportNode;
import io.jenkins.plugins.dbtslim.report.html.HtmlWriter;
import io.jenkins.plugins.dbtslim.report.html.NodeWords;
import io.jenkins.plugins.dbtslim.report.html.ReportMessages;
import java.util.List;
import java.util.Map;

/** What a build did to the data of a node: a cell for tables, and all that was counted for the node itself. */
final class DataView {
    private final ReportView view;
    private final HtmlWriter html;

    DataView(ReportView view) {
        this.view = view;
        this.html = view.html;
    }

    /** Whether a table has a column for it, also where each comparison failed. */
    boolean isThere(TableRows rows) {
        boolean isCompared = view.report.counts().dataCompared() > 0;
        return rows.rows().stream()
                .map(TableRows.Row::node)
                .anyMatch(node -> node.data() != null || (isCompared && !node.isTest()));
    }

    void cell(ReportNode node) {
        DataDifference data = node.data();
        html.open(
                "td", "class", "dbt-slim-data", "data-label", data == null ? null : ReportMessages.get("column.data"));
        if (data != null) {
            html.element("span", NodeWords.data(node), "class", data.isDifferent() ? null : "dbt-slim-quiet");
        }
        html.close();
    }

    void write(ReportNode node, NodeTexts texts) {
        DataDifference data = node.data();
        if (data == null) {
            return;
        }
        html.element("h3", ReportMessages.get("data.title"));
        if (data.problem() != null && view.options.code()) {
            html.element("p", data.problem(), "class", "dbt-slim-note");
        }
        if (data.rows() >= 0) {
            html.open("p").text(counts(data)).close();
        }
        names("data.columns-added", data.columnsAdded());
        names("data.columns-removed", data.columnsRemoved());
        names("data.left-out", data.notCompared());
        columns(data.columns());
        if (!view.options.code()) {
            html.element("p", ReportMessages.get("data.no-permission"), "class", "dbt-slim-note");
        } else if (texts != null && !texts.samples().isEmpty()) {
            samples(texts.samples());
        }
    }

    private static String counts(DataDifference data) {
        StringBuilder text = new StringBuilder(ReportMessages.get(
                "data.counts", ReportMessages.count(data.rows()), ReportMessages.count(data.rowsBefore())));
        if (data.isCompared()) {
            String added = ReportMessages.count(data.added());
            String removed = ReportMessages.count(data.removed());
            text.append(' ')
                    .append(
                            data.changed() < 0
                                    ? ReportMessages.get("data.by-row", added, removed)
                                    : ReportMessages.get(
                                            "data.by-key",
                                            String.join(", ", data.key()),
                                            added,
                                            removed,
                                            ReportMessages.count(data.changed())));
        }
        if (data.sampled() > 0) {
            text.append(' ').append(ReportMessages.get("data.sampled", ReportMessages.count(data.sampled())));
        }
        return text.toString();
    }

    private void names(String key, List<String> names) {
        if (!names.isEmpty()) {
            html.open("p").text(ReportMessages.get(key) + " ");
            names.forEach(name -> html.element("code", name).text(" "));
            html.close();
        }
    }

    private void columns(Map<String, Long> columns) {
        if (columns.isEmpty()) {
            return;
        }
        view.openPlainTable(ReportMessages.get("data.title"), "column", "#rows-changed");
        html.open("tbody");
        columns.forEach((name, count) -> {
            html.open("tr").open("th", "scope", "row").element("bdi", name).close();
            html.element("td", ReportMessages.count(count), "class", "dbt-slim-number");
            html.close();
        });
        view.closeTable();
    }

    private void samples(List<DataDifference.Sample> samples) {
        String title = ReportMessages.get("data.samples", samples.size());
        html.open("details", "class", "dbt-slim-more").element("summary", title);
        view.openPlainTable(title, "key-values", "column", "before", "after");
        html.open("tbody");
        for (DataDifference.Sample sample : samples) {
            String key = String.join(", ", sample.key());
            for (DataDifference.Value value : sample.changes()) {
                html.open("tr").open("th", "scope", "row");
                html.element("code", key.isBlank() ? "''" : key).close();
                html.open("td").element("bdi", value.column()).close();
                value("del", value.before());
                value("ins", value.after());
                html.close();
            }
        }
        view.closeTable();
        html.close("details");
    }

    private void value(String tag, String value) {
        html.open("td");
        if (value == null) {
            html.element("span", ReportMessages.get("data.null"), "class", "dbt-slim-quiet");
        } else {
            html.open(tag).element("code", value).close();
        }
        html.close();
    }
}
