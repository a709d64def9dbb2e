package io.jenkins.plugins.dbtslim.report.page;

import io.jenkins.plugins.dbtslim.report.data.DisplayText;
import io.jenkins.plugins.dbtslim.report.data.ReportNode;
import io.jenkins.plugins.dbtslim.report.data.ReportReason;
import io.jenkins.plugins.dbtslim.report.html.HtmlWriter;
import io.jenkins.plugins.dbtslim.report.html.NodeWords;
import io.jenkins.plugins.dbtslim.report.html.ReportMessages;
import java.util.List;

/** Why a node counts as changed, in a few words: a label for each reason, the one that breaks others first. */
final class ReasonLabels {
    private static final int LABEL_DETAILS = 3;

    private final HtmlWriter html;

    ReasonLabels(ReportView view) {
        this.html = view.html;
    }

    void write(ReportNode node) {
        if (node.breaking()) {
            html.element("span", ReportMessages.get("label.breaking"), "class", "dbt-slim-label dbt-slim-bad")
                    .text(" ");
        }
        for (ReportReason reason : node.reasons()) {
            html.open("span", "class", "dbt-slim-label").text(NodeWords.aspect(node, reason));
            List<String> details = reason.details();
            for (int i = 0; i < Math.min(details.size(), LABEL_DETAILS); i++) {
                html.text(i == 0 ? ": " : ", ").element("code", shortName(details.get(i)));
            }
            if (details.size() > LABEL_DETAILS) {
                html.text(", +" + (details.size() - LABEL_DETAILS));
            }
            html.close().text(" ");
        }
        String sql = NodeWords.sql(node);
        if (sql != null) {
            html.element("span", sql, "class", "dbt-slim-label dbt-slim-sql").text(" ");
        }
        if (node.formerId() != null) {
            html.open("span", "class", "dbt-slim-label")
                    .text(ReportMessages.get("label.formerly") + " ")
                    .element("code", shortName(node.formerId()))
                    .close();
        }
    }

    /** The last part of an id: macro.shop.cents is cents. Other texts stay. */
    private static String shortName(String text) {
        boolean id = text.startsWith("macro.") || text.startsWith("model.") || text.startsWith("seed.");
        return DisplayText.cutChange(id ? text.substring(text.lastIndexOf('.') + 1) : text, 60);
    }
}
