package io.jenkins.plugins.dbtslim.report;

import java.util.List;

/** What broke, right below the summary: failed nodes and tests with the first line of what dbt says. */
final class BrokenSection {
    private static final int SHOWN = 8;

    private final ReportView view;
    private final HtmlWriter html;

    BrokenSection(ReportView view) {
        this.view = view;
        this.html = view.html;
    }

    void write() {
        List<ReportNode> broken = view.nodes(ReportNode::failed, ReportView.WORST_FIRST);
        if (broken.isEmpty()) {
            return;
        }
        html.open("ul", "class", "dbt-slim-broken", "aria-label", view.texts.get("broken.title"));
        for (ReportNode node : broken.subList(0, Math.min(broken.size(), SHOWN))) {
            html.open("li");
            view.status(node.run());
            html.text(" ")
                    .open("a", "href", "#" + view.anchor(node))
                    .element("bdi", node.name())
                    .close();
            if (view.options.code() && node.run().message() != null) {
                html.text(" ")
                        .element("span", ChangesSection.firstLine(node.run().message()), "class", "dbt-slim-quiet");
            }
            html.close();
        }
        if (broken.size() > SHOWN) {
            html.open("li")
                    .element("a", view.texts.get("broken.rest", broken.size() - SHOWN), "href", "#dbt-slim-run")
                    .close();
        }
        html.close().line();
    }
}
