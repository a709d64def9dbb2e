package io.jenkins.plugins.dbtslim.report;

import java.util.List;

/** Exposures and their owners, contracts, access, objects left behind, and what Materialize does when objects are made anew. */
final class ImpactSection {
    private static final int NAMES = 50;

    private final ReportView view;
    private final HtmlWriter html;
    private final Texts texts;
    private final Impact impact;

    ImpactSection(ReportView view) {
        this.view = view;
        this.html = view.html;
        this.texts = view.texts;
        this.impact = new Impact(view.report);
    }

    void write() {
        view.openSection("impact");
        List<ReportNode> exposures = impact.exposures();
        List<ReportNode> left = impact.leftBehind();
        boolean something = names("impact.contracts", impact.brokenContracts());
        something |= dropped();
        something |= names("impact.rehydrated", impact.rehydrated());
        something |= names("impact.access", impact.accessChanges());
        if (!exposures.isEmpty()) {
            exposures(exposures);
        }
        if (!left.isEmpty()) {
            leftBehind(left);
        }
        if (!something && exposures.isEmpty() && left.isEmpty()) {
            html.element("p", texts.get("impact.none"), "class", "dbt-slim-empty");
        }
        view.closeSection();
    }

    private boolean names(String key, List<ReportNode> nodes) {
        if (nodes.isEmpty()) {
            return false;
        }
        html.open("div", "class", "dbt-slim-caution")
                .element("strong", texts.get(key, nodes.size()))
                .text(" ");
        for (int i = 0; i < Math.min(nodes.size(), NAMES); i++) {
            html.text(i == 0 ? "" : ", ");
            link(nodes.get(i));
        }
        html.text(nodes.size() > NAMES ? ", +" + (nodes.size() - NAMES) : "")
                .close()
                .line();
        return true;
    }

    private void link(ReportNode node) {
        html.open("a", "href", "#" + view.anchor(node))
                .element("bdi", node.name())
                .close();
    }

    private boolean dropped() {
        List<Impact.Dropped> dropped = impact.dropped();
        if (dropped.isEmpty()) {
            return false;
        }
        html.open("div", "class", "dbt-slim-caution dbt-slim-bad")
                .element("strong", texts.get("impact.dropped", dropped.size()));
        html.open("ul");
        for (Impact.Dropped each : dropped.subList(0, Math.min(dropped.size(), NAMES))) {
            html.open("li");
            link(each.node());
            html.text(" " + texts.get("impact.dropped-with") + " ");
            link(each.parent());
            html.close();
        }
        html.close().close();
        view.rest(dropped.size(), NAMES);
        return true;
    }

    private void exposures(List<ReportNode> exposures) {
        html.element("h3", texts.get("impact.exposures", exposures.size()));
        view.openTable(texts.get("impact.exposures", exposures.size()), "exposure", "type", "owner", "way");
        html.open("tbody");
        for (ReportNode node : exposures.subList(0, Math.min(exposures.size(), view.options.rows()))) {
            ExposureInfo info = node.exposure() == null ? new ExposureInfo(null, null, null, null) : node.exposure();
            html.open("tr")
                    .open(
                            "th",
                            "scope",
                            "row",
                            "class",
                            "dbt-slim-name",
                            "id",
                            node.change().isChange() ? null : view.anchor(node));
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
                ReportNode on = view.report.node(node.cause().get(i));
                html.text(i == 0 ? "" : " → ")
                        .element("bdi", on == null ? node.cause().get(i) : on.name());
            }
            html.close("tr");
        }
        view.closeTable();
    }

    private void leftBehind(List<ReportNode> removed) {
        html.element("h3", texts.get("impact.left", removed.size()));
        html.element("p", texts.get("impact.left-why"), "class", "dbt-slim-note");
        html.open("pre", "class", "dbt-slim-drop", "tabindex", "0");
        for (ReportNode node : removed.subList(0, Math.min(removed.size(), view.options.rows()))) {
            String drop = impact.dropText(node);
            html.text(drop == null ? "-- " + node.relationName().replaceAll("\\v", " ") : drop)
                    .line();
        }
        html.close();
    }
}
