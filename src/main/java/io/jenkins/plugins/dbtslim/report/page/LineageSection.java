package io.jenkins.plugins.dbtslim.report.page;

import io.jenkins.plugins.dbtslim.report.data.ChangeKind;
import io.jenkins.plugins.dbtslim.report.data.NodeRun;
import io.jenkins.plugins.dbtslim.report.html.HtmlWriter;
import io.jenkins.plugins.dbtslim.report.html.ReportMessages;
import io.jenkins.plugins.dbtslim.report.html.ResultSymbols;
import io.jenkins.plugins.dbtslim.report.html.SummaryText;
import io.jenkins.plugins.dbtslim.report.picture.LineageGraph;
import io.jenkins.plugins.dbtslim.report.picture.LineagePicture;
import io.jenkins.plugins.dbtslim.report.picture.LineagePlan;
import java.util.EnumSet;
import java.util.Set;

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
            String reads = SummaryText.reads(view.report.counts());
            if (reads != null) {
                html.element("p", reads + ".", "class", "dbt-slim-note");
            }
            key(graph);
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

    /** What the signs of this picture mean; those that it does not have are left out. */
    private void key(LineageGraph graph) {
        Set<ChangeKind> kinds = EnumSet.noneOf(ChangeKind.class);
        Set<NodeRun.Result> results = EnumSet.noneOf(NodeRun.Result.class);
        boolean brokenTests = false;
        for (LineageGraph.Box box : graph.boxes()) {
            kinds.addAll(box.changes().keySet());
            if (box.result() != null) {
                results.add(box.result());
            }
            brokenTests |= box.failedTests() > 0;
        }
        html.open("p", "class", "dbt-slim-key");
        for (ChangeKind kind : kinds) {
            if (kind != ChangeKind.UNCHANGED) {
                view.changeBadge(kind);
                html.text(" ");
            }
        }
        for (NodeRun.Result result : results) {
            String key = ResultSymbols.key(result);
            html.open("span", "class", "dbt-slim-key-item dbt-slim-result-" + key)
                    .element("span", ResultSymbols.glyph(result), "class", "dbt-slim-dot", "aria-hidden", "true")
                    .text(" " + ReportMessages.get("result." + key))
                    .close()
                    .text(" ");
        }
        if (brokenTests) {
            html.open("span", "class", "dbt-slim-key-item")
                    .element("span", ResultSymbols.failedTests(1), "class", "dbt-slim-tests-dot", "aria-hidden", "true")
                    .text(" " + ReportMessages.get("lineage.tests-broken"))
                    .close();
        }
        html.close();
    }
}
