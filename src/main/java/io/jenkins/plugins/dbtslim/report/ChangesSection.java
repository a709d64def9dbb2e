package io.jenkins.plugins.dbtslim.report;

import java.util.List;
import java.util.Map;

/** The changed nodes, one a group of two rows: what and why, and below it what opens to the texts. */
final class ChangesSection {
    private static final int LABEL_DETAILS = 3;

    private final ReportView view;
    private final HtmlWriter html;
    private final Texts texts;

    ChangesSection(ReportView view) {
        this.view = view;
        this.html = view.html;
        this.texts = view.texts;
    }

    void write() {
        view.openSection("changes");
        List<ReportNode> changes =
                view.nodes(node -> node.change().isChange() && !node.isTest(), ReportView.WORST_FIRST);
        List<ReportNode> tests = view.nodes(node -> node.change().isChange() && node.isTest(), ReportView.WORST_FIRST);
        if (changes.isEmpty()) {
            html.element("p", texts.get("changes.none"), "class", "dbt-slim-empty");
        } else {
            diffSwitch();
            table(changes, texts.get("changes.title"));
        }
        if (!tests.isEmpty()) {
            html.open("details", "class", "dbt-slim-more").element("summary", texts.get("changes.tests", tests.size()));
            table(tests, texts.get("changes.tests", tests.size()));
            html.close("details");
        }
        view.closeSection();
    }

    /** Two radio buttons, which the style sheet reads: works without a script. */
    private void diffSwitch() {
        html.open("fieldset", "class", "dbt-slim-switch").element("legend", texts.get("diff.legend"));
        choice("unified", true);
        choice("side", false);
        html.close().line();
    }

    private void choice(String key, boolean checked) {
        String id = "dbt-slim-diff-" + key;
        html.open("input", "type", "radio", "name", "dbt-slim-diff", "id", id, "checked", checked ? "checked" : null)
                .element("label", texts.get("diff." + key), "for", id);
    }

    private void table(List<ReportNode> nodes, String label) {
        Map<String, Integer> setOff = Downstream.counts(view.report.nodes());
        view.openTable(label, "change", "node", "why", "#sets-off", "result", "#time");
        List<ReportNode> shown = nodes.subList(0, Math.min(nodes.size(), view.options.rows()));
        for (ReportNode node : shown) {
            group(node, setOff.getOrDefault(node.id(), 0));
        }
        view.closeTable();
        view.rest(nodes.size(), shown.size());
    }

    private void group(ReportNode node, long setOff) {
        html.open(
                        "tbody",
                        "class",
                        "dbt-slim-group dbt-slim-is-" + node.change().key(),
                        "data-number",
                        Integer.toString(view.number(node)))
                .open("tr")
                .open("td", "data-sort", Integer.toString(node.change().compareTo(ChangeKind.NEW)));
        view.changeBadge(node.change());
        html.close();
        view.nodeCell(node, view.anchor(node));
        html.open("td");
        labels(node);
        html.close();
        view.numberCell(setOff);
        html.open("td");
        view.status(node.run());
        html.close();
        view.timeCell(node.run());
        html.close("tr").open("tr", "class", "dbt-slim-details").open("td", "colspan", "6");
        html.open("details", "data-details", view.options.detailsUrl() == null ? null : view.detailsUrl(node))
                .open("summary");
        digest(node);
        html.close("summary").open("div", "class", "dbt-slim-detail");
        if (view.options.detailsUrl() == null) {
            new NodeDetails(view).write(node);
        } else {
            html.element("a", texts.get("detail.link"), "href", view.detailsUrl(node));
        }
        html.close("tbody").line();
    }

    /** What the row opens to, in a few words. */
    private void digest(ReportNode node) {
        html.text(texts.get("detail.title"));
        if (node.linesAdded() > 0) {
            html.text(" ").element("span", "+" + node.linesAdded(), "class", "dbt-slim-plus");
        }
        if (node.linesRemoved() > 0) {
            html.text(" ").element("span", "−" + node.linesRemoved(), "class", "dbt-slim-minus");
        }
        html.element("span", " " + texts.get("detail.of", node.name()), "class", "dbt-slim-only-heard");
        if (node.failed() && view.options.code() && node.run().message() != null) {
            html.text(" ").element("span", firstLine(node.run().message()), "class", "dbt-slim-error-text");
        }
    }

    static String firstLine(String message) {
        return message.strip().lines().findFirst().orElse("");
    }

    private void labels(ReportNode node) {
        if (node.breaking()) {
            html.element("span", texts.get("label.breaking"), "class", "dbt-slim-label dbt-slim-bad")
                    .text(" ");
        }
        for (ReportReason reason : node.reasons()) {
            html.open("span", "class", "dbt-slim-label").text(texts.word("aspect", reason.aspect()));
            List<String> details = reason.details();
            for (int i = 0; i < Math.min(details.size(), LABEL_DETAILS); i++) {
                html.text(i == 0 ? ": " : ", ").element("code", shortName(details.get(i)));
            }
            if (details.size() > LABEL_DETAILS) {
                html.text(", +" + (details.size() - LABEL_DETAILS));
            }
            html.close().text(" ");
        }
        if (node.formerId() != null) {
            html.open("span", "class", "dbt-slim-label")
                    .text(texts.get("label.formerly") + " ")
                    .element("code", shortName(node.formerId()))
                    .close();
        }
    }

    /** The last part of an id: macro.shop.cents is cents. Other texts stay. */
    private static String shortName(String text) {
        boolean id = text.startsWith("macro.") || text.startsWith("model.") || text.startsWith("seed.");
        return HtmlWriter.cut(id ? text.substring(text.lastIndexOf('.') + 1) : text, 60);
    }
}
