package io.jenkins.plugins.dbtslim.report.page;

import io.jenkins.plugins.dbtslim.report.data.DisplayText;
import io.jenkins.plugins.dbtslim.report.data.NodeRun;
import io.jenkins.plugins.dbtslim.report.data.ReportNode;
import io.jenkins.plugins.dbtslim.report.html.HtmlWriter;
import io.jenkins.plugins.dbtslim.report.html.ReportMessages;

/** One node on a page of its own: how it went, and all that its row opens to. */
final class NodeSection {
    private final ReportView view;
    private final HtmlWriter html;

    NodeSection(ReportView view) {
        this.view = view;
        this.html = view.html;
    }

    void write(ReportNode node) {
        html.open("div", "class", "dbt-slim").open("p", "class", "dbt-slim-headline");
        view.changeBadge(node.change());
        html.text(" ");
        new ReasonLabels(view).write(node);
        view.status(node);
        NodeRun run = node.run();
        if (run != null && run.startedMillis() != 0) {
            html.text(" · " + ReportMessages.duration(run.seconds()));
        }
        html.close();
        if (run != null && run.message() != null && view.options.code()) {
            html.open("pre", "class", "dbt-slim-drop", "tabindex", "0")
                    .code(DisplayText.cut(run.message().strip(), 20_000))
                    .close();
        }
        html.element("h2", ReportMessages.get("detail.title")).open("div", "class", "dbt-slim-detail");
        new NodeDetails(view).write(node);
        html.close().close().line();
    }
}
