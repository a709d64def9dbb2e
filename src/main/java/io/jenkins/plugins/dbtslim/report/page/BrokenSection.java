package io.jenkins.plugins.dbtslim.report.page;

import io.jenkins.plugins.dbtslim.report.data.ReportNode;
import io.jenkins.plugins.dbtslim.report.html.HtmlWriter;
import io.jenkins.plugins.dbtslim.report.html.ReportMessages;

/** What broke, right below the summary: failed nodes and tests with the line that tells, and what set them off. */
final class BrokenSection {
    private final ReportView view;
    private final HtmlWriter html;

    BrokenSection(ReportView view) {
        this.view = view;
        this.html = view.html;
    }

    void write(TableRows broken) {
        if (broken.all() == 0) {
            return;
        }
        html.open("ul", "class", "dbt-slim-broken", "aria-label", ReportMessages.get("broken.title"));
        for (TableRows.Row row : broken.rows()) {
            ReportNode node = row.node();
            html.open("li");
            view.status(node);
            html.text(" ");
            view.nodeLink(row.number(), node.id(), node.name());
            boolean hasMessage = view.options.code() && node.run().message() != null;
            if (hasMessage) {
                html.text(" ").element("span", node.run().headline(), "class", "dbt-slim-quiet");
            }
            boolean hasCause = node.cause().size() > 1 || node.change().isChange();
            html.text(hasMessage && hasCause ? " · " : " ");
            view.because(node);
            html.close();
        }
        int more = broken.all() - broken.rows().size();
        if (more > 0) {
            html.open("li")
                    .element("a", ReportMessages.get("broken.rest", more), "href", "#dbt-slim-run")
                    .close();
        }
        html.close().line();
    }
}
