package io.jenkins.plugins.dbtslim.report.page;

import io.jenkins.plugins.dbtslim.report.data.ChangeKind;
import io.jenkins.plugins.dbtslim.report.data.ReportNode;
import io.jenkins.plugins.dbtslim.report.html.HtmlWriter;
import io.jenkins.plugins.dbtslim.report.html.NodeWords;
import io.jenkins.plugins.dbtslim.report.html.ReportMessages;
import java.util.ArrayList;
import java.util.List;

/** The changed nodes, one a group of two rows: what and why, and below it what opens to the texts. */
final class ChangesSection {
    private final ReportView view;
    private final HtmlWriter html;
    private final DataView data;

    ChangesSection(ReportView view) {
        this.view = view;
        this.data = new DataView(view);
        this.html = view.html;
    }

    void write(PageContent content) {
        view.openSection("changes");
        boolean isFound =
                view.options.isServed() && !view.options.query().find().isEmpty();
        if (isFound || (view.options.isServed() && content.hasRows())) {
            find();
        }
        if (!isFound) {
            new CauseList(view).write();
        }
        if (content.changes.all() == 0) {
            boolean hasInputs = view.report.causes().stream().anyMatch(cause -> cause.input() != null);
            String none = view.report.state() == null
                    ? "changes.not-compared"
                    : content.changedTests.all() > 0
                            ? "changes.tests-only"
                            : hasInputs ? "changes.none-but-inputs" : "changes.none";
            html.element("p", ReportMessages.get(isFound ? "find.none" : none), "class", "dbt-slim-empty");
        } else {
            diffSwitch();
            if (data.isThere(content.changes)
                    || content.changes.rows().stream().anyMatch(row -> NodeWords.sql(row.node()) != null)) {
                html.element("p", ReportMessages.get("data.legend"), "class", "dbt-slim-note");
            }
            table("changes", content.changes, ReportMessages.get("changes.title"));
        }
        if (content.changedTests.all() > 0) {
            String title = ReportMessages.get("changes.tests", content.changedTests.all());
            boolean open = isFound || (view.options.isServed() && content.changedTests.page() > 1);
            html.open("details", "class", "dbt-slim-more", "open", open ? "open" : null)
                    .element("summary", title);
            table("changed-tests", content.changedTests, title);
            html.close("details");
        }
        view.closeSection();
    }

    /** A form that works without a script: it looks through all tables of the page. */
    private void find() {
        PageQuery query = view.options.query();
        html.open("form", "method", "get", "class", "dbt-slim-tools", "role", "search");
        query.sorts().forEach((name, value) -> html.open("input", "type", "hidden", "name", name, "value", value));
        html.open(
                "input",
                "type",
                "search",
                "name",
                "find",
                "value",
                query.find().isEmpty() ? null : query.find(),
                "class",
                "jenkins-input",
                "placeholder",
                ReportMessages.get("filter"),
                "aria-label",
                ReportMessages.get("filter"));
        html.element("button", ReportMessages.get("find.button"), "type", "submit", "class", "jenkins-button");
        if (!query.find().isEmpty()) {
            html.text(" ").element("a", ReportMessages.get("find.all"), "href", "?#dbt-slim-changes");
        }
        html.close("form").line();
    }

    /** Two radio buttons, which the style sheet reads: works without a script. */
    private void diffSwitch() {
        html.open("fieldset", "class", "dbt-slim-switch").element("legend", ReportMessages.get("diff.legend"));
        choice("unified", true);
        choice("side", false);
        html.close().line();
    }

    private void choice(String key, boolean checked) {
        String id = "dbt-slim-diff-" + key;
        html.open("input", "type", "radio", "name", "dbt-slim-diff", "id", id, "checked", checked ? "checked" : null)
                .element("label", ReportMessages.get("diff." + key), "for", id);
    }

    private void table(String name, TableRows rows, String label) {
        List<String> columns = new ArrayList<>(List.of("change", "node", "why", "#sets-off", "result", "#time"));
        if (data.isThere(rows)) {
            columns.add(columns.indexOf("result"), "data");
        }
        view.openTable(name, label, columns.toArray(String[]::new));
        rows.rows().forEach(row -> group(row, columns));
        view.closeTable(name, label, rows);
    }

    private void group(TableRows.Row row, List<String> columns) {
        ReportNode node = row.node();
        html.open("tbody", "class", "dbt-slim-group", "data-number", Integer.toString(row.number()))
                .open("tr")
                .open("td", "data-sort", Integer.toString(node.change().compareTo(ChangeKind.NEW)));
        view.changeBadge(node.change());
        html.close();
        view.nodeCell(node, ReportView.anchor(row.number()));
        html.open("td", "class", "dbt-slim-why");
        new ReasonLabels(view).write(node);
        html.close();
        view.numberCell((long) node.setsOff(), ReportMessages.get("column.sets-off"));
        if (columns.contains("data")) {
            data.cell(node);
        }
        html.open("td");
        view.status(node);
        html.close();
        view.timeCell(node.run());
        html.close("tr")
                .open("tr", "class", "dbt-slim-details")
                .open("td", "colspan", Integer.toString(columns.size()));
        html.open("details", "data-details", view.fragmentUrl(node.id())).open("summary");
        digest(node);
        html.close("summary").open("div", "class", "dbt-slim-detail");
        if (view.options.isServed()) {
            html.element("a", ReportMessages.get("detail.link"), "href", view.link(-1, node.id()));
        } else {
            new NodeDetails(view).write(node);
        }
        html.close("tbody").line();
    }

    /** What the row opens to, in a few words. */
    private void digest(ReportNode node) {
        html.text(ReportMessages.get("detail.title"));
        if (node.linesAdded() > 0) {
            html.text(" ").element("span", "+" + node.linesAdded(), "class", "dbt-slim-plus");
        }
        if (node.linesRemoved() > 0) {
            html.text(" ").element("span", "−" + node.linesRemoved(), "class", "dbt-slim-minus");
        }
        html.element("span", " " + ReportMessages.get("detail.of", node.name()), "class", "dbt-slim-only-heard");
        if (node.failed() && view.options.code() && node.run().message() != null) {
            html.text(" ").element("span", node.run().headline(), "class", "dbt-slim-error-text");
        }
    }
}
