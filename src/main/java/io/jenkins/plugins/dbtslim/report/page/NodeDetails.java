package io.jenkins.plugins.dbtslim.report.page;

import io.jenkins.plugins.dbtslim.report.data.ChangeKind;
import io.jenkins.plugins.dbtslim.report.data.NodeTexts;
import io.jenkins.plugins.dbtslim.report.data.ReportNode;
import io.jenkins.plugins.dbtslim.report.data.ReportReason;
import io.jenkins.plugins.dbtslim.report.html.HtmlWriter;
import io.jenkins.plugins.dbtslim.report.html.NodeWords;
import io.jenkins.plugins.dbtslim.report.html.ReportMessages;
import java.util.List;
import java.util.Set;

/**
 * What a row of the changes opens to: SQL difference, config keys, contract columns, descriptions, macros, the way of a
 * rename.
 */
final class NodeDetails {
    /** Aspects that compiled SQL is made of. */
    private static final Set<String> SQL = Set.of("body", "macros");

    private final ReportView view;
    private final HtmlWriter html;

    NodeDetails(ReportView view) {
        this.view = view;
        this.html = view.html;
    }

    void write(ReportNode node) {
        NodeTexts nodeTexts = view.textsOf(node.id());
        html.open("dl", "class", "dbt-slim-facts");
        fact("detail.id", node.id());
        fact("detail.former", node.formerId());
        fact("detail.type", NodeWords.type(node));
        fact("detail.materialized", node.materialized());
        fact("detail.relation", node.relationName());
        fact("detail.group", node.group());
        fact("detail.reads", NodeWords.reads(node));
        for (ReportReason reason : node.reasons()) {
            if (reason.aspect().equals("macros") && !reason.details().isEmpty()) {
                html.element("dt", ReportMessages.get("detail.macros")).open("dd");
                ids(reason.details());
                html.close();
            }
        }
        if (node.cause().size() > 1) {
            html.element("dt", ReportMessages.get("detail.cause")).open("dd");
            way(node.cause());
            html.close();
        }
        html.close();
        sql(node);
        new DataView(view).write(node, nodeTexts);
        if (!view.options.code()) {
            html.element("p", ReportMessages.get("detail.no-permission"), "class", "dbt-slim-note");
        } else if (nodeTexts != null) {
            columns(nodeTexts.columns());
            configs(nodeTexts.configs());
            describe(nodeTexts);
            code(node, nodeTexts);
        }
    }

    /** Why nothing is said of columns, where a reader looks for it. */
    private void sql(ReportNode node) {
        boolean isCode = node.isModel()
                && node.run() != null
                && node.change() == ChangeKind.MODIFIED
                && node.reasons().stream().anyMatch(reason -> SQL.contains(reason.aspect()))
                && (node.path() == null || !node.path().endsWith(".py"));
        if (isCode && (node.sql() == null || node.sql().kind() == null)) {
            html.element("p", ReportMessages.get("sql.not-looked-at"), "class", "dbt-slim-note");
        } else if (isCode && node.sql().why() != null) {
            html.element("p", ReportMessages.get("sql.unproven", node.sql().why()), "class", "dbt-slim-note");
        } else if (node.sql() != null && node.sql().unproven() != null) {
            html.element("p", ReportMessages.get("reads.unproven", node.sql().unproven()), "class", "dbt-slim-note");
        }
    }

    private void fact(String key, String value) {
        if (value != null) {
            html.element("dt", ReportMessages.get(key))
                    .open("dd")
                    .element("bdi", value)
                    .close();
        }
    }

    private void ids(List<String> ids) {
        for (int i = 0; i < ids.size(); i++) {
            html.text(i == 0 ? "" : ", ").element("code", ids.get(i));
        }
    }

    private void way(List<String> ids) {
        for (int i = 0; i < ids.size(); i++) {
            html.text(i == 0 ? "" : " → ").element("bdi", ReportNode.nameOf(ids.get(i)));
        }
    }

    private void columns(List<NodeTexts.ColumnChange> columns) {
        if (columns.isEmpty()) {
            return;
        }
        html.element("h3", ReportMessages.get("detail.contract"));
        view.openPlainTable(ReportMessages.get("detail.contract"), "column", "before", "after");
        html.open("tbody");
        for (NodeTexts.ColumnChange column : columns) {
            html.open("tr").open("th", "scope", "row").element("bdi", column.name());
            if (column.breaking()) {
                html.text(" ")
                        .element("span", ReportMessages.get("label.breaking"), "class", "dbt-slim-label dbt-slim-bad");
            }
            html.close();
            value("del", column.before());
            value("ins", column.after());
            html.close();
        }
        view.closeTable();
    }

    private void configs(List<NodeTexts.ConfigChange> configs) {
        if (configs.isEmpty()) {
            return;
        }
        html.element("h3", ReportMessages.get("detail.configs"));
        view.openPlainTable(ReportMessages.get("detail.configs"), "key", "before", "after");
        html.open("tbody");
        for (NodeTexts.ConfigChange config : configs) {
            html.open("tr")
                    .open("th", "scope", "row")
                    .element("bdi", config.key())
                    .close();
            value("del", config.before());
            value("ins", config.after());
            html.close();
        }
        view.closeTable();
    }

    private void value(String tag, String value) {
        html.open("td");
        if (value == null) {
            html.element("span", ReportMessages.get("detail.not-set"), "class", "dbt-slim-quiet");
        } else {
            html.open(tag).element("code", value).close();
        }
        html.close();
    }

    private void describe(NodeTexts nodeTexts) {
        if (nodeTexts.descriptionBefore() != null || nodeTexts.descriptionAfter() != null) {
            html.element("h3", ReportMessages.get("detail.description"));
            new DiffView(html).write(nodeTexts.descriptionBefore(), nodeTexts.descriptionAfter());
        }
    }

    private void code(ReportNode node, NodeTexts nodeTexts) {
        if (nodeTexts.codeBefore() != null || nodeTexts.codeAfter() != null) {
            html.element("h3", NodeWords.code(node));
            new DiffView(html).write(nodeTexts.codeBefore(), nodeTexts.codeAfter());
        }
        if (nodeTexts.compiled() != null) {
            html.element("h3", ReportMessages.get("detail.compiled"));
            new DiffView(html).single(nodeTexts.compiled());
        }
    }
}
