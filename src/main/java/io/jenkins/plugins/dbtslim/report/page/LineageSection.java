package io.jenkins.plugins.dbtslim.report.page;

import io.jenkins.plugins.dbtslim.report.data.ChangeKind;
import io.jenkins.plugins.dbtslim.report.html.HtmlWriter;
import io.jenkins.plugins.dbtslim.report.html.ReportMessages;
import io.jenkins.plugins.dbtslim.report.picture.LineageGraph;
import io.jenkins.plugins.dbtslim.report.picture.LineagePicture;
import io.jenkins.plugins.dbtslim.report.picture.LineagePlan;

/** The lineage picture with its key; the script adds zoom, search and keyboard. */
final class LineageSection {
    private final ReportView view;
    private final HtmlWriter html;

    LineageSection(ReportView view) {
        this.view = view;
        this.html = view.html;
    }

    void write(LineagePlan plan) {
        view.openSection("lineage");
        LineageGraph graph = plan.graph();
        if (graph.boxes().isEmpty()) {
            html.element("p", ReportMessages.get("lineage.none"), "class", "dbt-slim-empty");
        } else {
            key();
            if (graph.collapsed()) {
                html.element(
                        "p", ReportMessages.get("lineage.collapsed", LineageGraph.NODES), "class", "dbt-slim-note");
            }
            html.open(
                    "div",
                    "class",
                    "dbt-slim-canvas",
                    "tabindex",
                    "0",
                    "role",
                    "region",
                    "aria-label",
                    ReportMessages.get("lineage.title"),
                    "data-zoom-in",
                    ReportMessages.get("lineage.zoom-in"),
                    "data-zoom-out",
                    ReportMessages.get("lineage.zoom-out"),
                    "data-fit",
                    ReportMessages.get("lineage.fit"),
                    "data-search",
                    ReportMessages.get("lineage.search"));
            new LineagePicture(html, view).write(plan);
            html.close();
        }
        view.closeSection();
    }

    private void key() {
        html.open("p", "class", "dbt-slim-key");
        for (ChangeKind kind : ChangeKind.values()) {
            if (kind != ChangeKind.UNCHANGED) {
                view.changeBadge(kind);
                html.text(" ");
            }
        }
        html.close();
    }
}
