package io.jenkins.plugins.dbtslim.report.page;

import io.jenkins.plugins.dbtslim.report.data.NodeTexts;
import io.jenkins.plugins.dbtslim.report.data.ReportCause;
import io.jenkins.plugins.dbtslim.report.html.HtmlWriter;
import io.jenkins.plugins.dbtslim.report.html.ReportMessages;
import io.jenkins.plugins.dbtslim.report.html.SummaryText;

/**
 * What changed outside of the nodes, told once before the nodes that it made changed: each macro opens to its own
 * difference, a package to the names of its macros; a variable says it all in its line.
 */
final class CauseList {
    private final ReportView view;
    private final HtmlWriter html;

    CauseList(ReportView view) {
        this.view = view;
        this.html = view.html;
    }

    void write() {
        if (view.report.causes().isEmpty()) {
            return;
        }
        html.open("ul", "class", "dbt-slim-causes", "aria-label", ReportMessages.get("causes.title"));
        for (ReportCause cause : view.report.causes()) {
            html.open("li");
            if (cause.input() != null) {
                title(cause);
                html.close("li").line();
                continue;
            }
            html.open("details", "data-details", cause.isPackage() ? null : view.fragmentUrl(cause.id()));
            html.open("summary");
            title(cause);
            if (cause.path() != null) {
                html.text(" ").element("span", cause.path(), "class", "dbt-slim-quiet dbt-slim-path");
            }
            html.close().open("div", "class", "dbt-slim-detail");
            if (view.options.isServed() && !cause.isPackage()) {
                html.element("span", ReportMessages.get("detail.link"), "class", "dbt-slim-quiet");
            } else {
                difference(cause);
            }
            html.close("li").line();
        }
        html.close("ul").line();
    }

    private void title(ReportCause cause) {
        view.changeBadge(cause.change());
        html.text(" " + SummaryText.kind(cause) + " ")
                .element("bdi", SummaryText.name(cause), "class", "dbt-slim-node-name")
                .text(" " + SummaryText.reach(cause));
    }

    /** What a cause opens to. */
    void difference(ReportCause cause) {
        if (cause.isPackage()) {
            html.open("p", "class", "dbt-slim-ids");
            cause.macros().forEach(macro -> html.element("code", macro).text(" "));
            html.close();
            view.rest(cause.macroCount(), cause.macros().size());
            return;
        }
        NodeTexts texts = view.textsOf(cause.id());
        if (!view.options.code()) {
            html.element("p", ReportMessages.get("detail.no-permission"), "class", "dbt-slim-note");
        } else if (texts != null) {
            new DiffView(html).write(texts.codeBefore(), texts.codeAfter());
        }
    }
}
