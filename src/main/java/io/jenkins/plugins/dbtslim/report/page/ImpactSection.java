package io.jenkins.plugins.dbtslim.report.page;

import io.jenkins.plugins.dbtslim.report.data.ExposureInfo;
import io.jenkins.plugins.dbtslim.report.data.Impact;
import io.jenkins.plugins.dbtslim.report.data.ReportNode;
import io.jenkins.plugins.dbtslim.report.html.HtmlWriter;
import io.jenkins.plugins.dbtslim.report.html.NodeWords;
import io.jenkins.plugins.dbtslim.report.html.ReportMessages;

/**
 * Exposures and their owners, contracts, access, objects left behind, and what Materialize does when objects are made
 * anew.
 */
final class ImpactSection {
    private final ReportView view;
    private final HtmlWriter html;
    private final Impact impact;

    ImpactSection(ReportView view) {
        this.view = view;
        this.html = view.html;
        this.impact = new Impact(view.report);
    }

    void write(PageContent content) {
        view.openSection("impact");
        boolean something = names("impact.contracts", content.contracts);
        something |= dropped(content.dropped);
        something |= names("impact.moved", content.moved);
        something |= names("impact.rehydrated", content.rehydrated);
        something |= names("impact.access", content.access);
        if (content.exposures.all() > 0) {
            exposures(content.exposures);
        }
        if (content.leftBehind.all() > 0) {
            leftBehind(content.leftBehind);
        }
        if (!something && content.exposures.all() + content.leftBehind.all() == 0) {
            html.element("p", ReportMessages.get("impact.none"), "class", "dbt-slim-empty");
        }
        view.closeSection();
    }

    private boolean names(String key, TableRows nodes) {
        if (nodes.all() == 0) {
            return false;
        }
        html.open("div", "class", "dbt-slim-caution")
                .element("strong", ReportMessages.get(key, nodes.all()))
                .text(" ");
        for (int i = 0; i < nodes.rows().size(); i++) {
            html.text(i == 0 ? "" : ", ");
            link(nodes.rows().get(i));
        }
        int more = nodes.all() - nodes.rows().size();
        html.text(more > 0 ? ", +" + more : "").close().line();
        return true;
    }

    private void link(TableRows.Row row) {
        view.nodeLink(row.number(), row.node().id(), row.node().name());
    }

    private boolean dropped(TableRows dropped) {
        if (dropped.all() == 0) {
            return false;
        }
        html.open("div", "class", "dbt-slim-caution dbt-slim-bad")
                .element("strong", ReportMessages.get("impact.dropped", dropped.all()));
        html.open("ul");
        for (TableRows.Row row : dropped.rows()) {
            html.open("li");
            link(row);
            html.text(" " + ReportMessages.get("impact.dropped-with") + " ")
                    .element("bdi", ReportNode.nameOf(row.node().droppedWith()))
                    .close();
        }
        html.close().close();
        view.rest(dropped.all(), dropped.rows().size());
        return true;
    }

    private void exposures(TableRows exposures) {
        String label = ReportMessages.get("impact.exposures", exposures.all());
        html.element("h3", label);
        view.openTable("exposures", label, "exposure", "type", "owner", "way");
        html.open("tbody");
        for (TableRows.Row row : exposures.rows()) {
            ReportNode node = row.node();
            ExposureInfo info = node.exposure() == null ? new ExposureInfo(null, null, null, null) : node.exposure();
            html.open("tr")
                    .open(
                            "th",
                            "scope",
                            "row",
                            "class",
                            "dbt-slim-name",
                            "id",
                            node.change().isChange() ? null : ReportView.anchor(row.number()));
            if (info.url() != null && info.url().startsWith("http") && HtmlWriter.isSafeLink(info.url())) {
                html.open("a", "href", info.url(), "rel", "noopener noreferrer nofollow")
                        .element("bdi", node.name())
                        .close();
            } else {
                html.element("bdi", node.name());
            }
            html.close();
            html.element("td", info.type())
                    .open("td")
                    .element("bdi", info.owner() == null ? "" : info.owner())
                    .close();
            html.open("td");
            for (int i = 0; i < node.cause().size() - 1; i++) {
                html.text(i == 0 ? "" : " → ")
                        .element("bdi", ReportNode.nameOf(node.cause().get(i)));
            }
            String reads = NodeWords.reads(node);
            html.element("span", reads == null ? "" : " " + reads, "class", "dbt-slim-quiet")
                    .close("tr");
        }
        view.closeTable("exposures", label, exposures);
    }

    private void leftBehind(TableRows removed) {
        html.element("h3", ReportMessages.get("impact.left", removed.all()));
        html.element("p", ReportMessages.get("impact.left-why"), "class", "dbt-slim-note");
        html.open("pre", "class", "dbt-slim-drop", "tabindex", "0");
        for (TableRows.Row row : removed.rows()) {
            ReportNode node = row.node();
            String drop = impact.dropText(node);
            html.text(drop == null ? "-- " + node.leftBehind().relationName().replaceAll("\\v", " ") : drop)
                    .line();
        }
        html.close();
        view.rest(removed.all(), removed.rows().size());
    }
}
