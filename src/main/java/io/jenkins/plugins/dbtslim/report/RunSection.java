package io.jenkins.plugins.dbtslim.report;

import java.util.Comparator;
import java.util.List;

/** What dbt ran: nodes and tests, worst and slowest first, and the timeline. */
final class RunSection {
    private static final Comparator<ReportNode> WORST_THEN_SLOWEST = Comparator.comparing((ReportNode node) ->
                    node.run() == null ? 9 : weight(node.run().result()))
            .thenComparing(node -> node.run() == null ? 0 : -node.run().seconds())
            .thenComparing(ReportNode::id);

    private final ReportView view;
    private final HtmlWriter html;
    private final Texts texts;

    RunSection(ReportView view) {
        this.view = view;
        this.html = view.html;
        this.texts = view.texts;
    }

    private static int weight(NodeRun.Result result) {
        return switch (result) {
            case FAILED -> 0;
            case WARNED -> 1;
            case SKIPPED -> 2;
            case OK -> 3;
        };
    }

    void write() {
        List<ReportNode> nodes = view.nodes(node -> node.run() != null && !node.isTest(), WORST_THEN_SLOWEST);
        List<ReportNode> tests = view.nodes(node -> node.run() != null && node.isTest(), WORST_THEN_SLOWEST);
        view.openSection("run");
        for (String message : view.report.run().messages()) {
            html.element(
                    "p", view.options.code() ? message : texts.get("detail.no-permission"), "class", "dbt-slim-note");
        }
        if (nodes.isEmpty() && tests.isEmpty()) {
            html.element("p", texts.get("run.none"), "class", "dbt-slim-empty");
        }
        new TimelinePicture(view).write();
        if (!nodes.isEmpty()) {
            html.element("h3", texts.get("run.nodes", nodes.size()));
            view.openTable(
                    texts.get("run.nodes", nodes.size()), "result", "node", "change", "#time", "#rows", "message");
            rows(nodes);
        }
        if (!tests.isEmpty()) {
            html.element("h3", texts.get("run.tests", tests.size()), "id", "dbt-slim-tests");
            view.openTable(
                    texts.get("run.tests", tests.size()), "result", "test", "of", "#time", "#failures", "message");
            rows(tests);
        }
        view.closeSection();
    }

    private void rows(List<ReportNode> nodes) {
        html.open("tbody");
        List<ReportNode> shown = nodes.subList(0, Math.min(nodes.size(), view.options.rows()));
        for (ReportNode node : shown) {
            row(node);
        }
        view.closeTable();
        view.rest(nodes.size(), shown.size());
    }

    private void row(ReportNode node) {
        NodeRun run = node.run();
        html.open("tr", "class", "dbt-slim-row-" + ReportView.key(run.result()))
                .open("td", "data-sort", Integer.toString(weight(run.result())));
        view.status(run);
        html.close();
        view.nodeCell(node, node.change().isChange() ? null : view.anchor(node));
        html.open("td");
        if (node.isTest()) {
            parents(node);
        } else {
            view.changeBadge(node.change());
            cause(node);
        }
        html.close();
        view.timeCell(run);
        view.numberCell(node.isTest() ? run.failures() : run.rowsAffected());
        html.open("td", "class", "dbt-slim-message");
        message(node);
        html.close("tr").line();
    }

    private void parents(ReportNode test) {
        for (int i = 0; i < test.dependsOn().size(); i++) {
            ReportNode parent = view.report.node(test.dependsOn().get(i));
            html.text(i == 0 ? "" : ", ");
            if (parent != null) {
                html.element("bdi", parent.name());
            }
        }
    }

    private void cause(ReportNode node) {
        if (node.cause().size() > 1) {
            ReportNode changed = view.report.node(node.cause().get(0));
            if (changed != null) {
                html.open("div", "class", "dbt-slim-quiet")
                        .text(texts.get("run.because") + " ")
                        .element("bdi", changed.name())
                        .close();
            }
        }
    }

    private void message(ReportNode node) {
        String message = node.run().message();
        boolean bad = node.failed() || node.run().result() == NodeRun.Result.WARNED;
        if (message != null && bad && !view.options.code()) {
            html.element("span", texts.get("detail.no-permission"), "class", "dbt-slim-quiet");
        } else if (message != null && view.options.code()) {
            String first = ChangesSection.firstLine(message);
            boolean more = bad && (message.strip().length() > first.length() || first.length() > HtmlWriter.SHOWN);
            html.element("span", first, "class", bad ? "dbt-slim-error-text" : "dbt-slim-quiet");
            if (more) {
                html.open("details").element("summary", texts.get("run.whole-message"));
                html.open("pre", "tabindex", "0")
                        .code(HtmlWriter.cut(message.strip(), 20_000))
                        .close()
                        .close();
            }
        }
        if (node.failed()) {
            compiled(node);
        }
    }

    private void compiled(ReportNode node) {
        NodeTexts nodeTexts = view.options.detailsUrl() == null ? view.textsOf(node) : null;
        if (nodeTexts != null && nodeTexts.compiled() != null) {
            html.open("details").element("summary", texts.get("detail.compiled"));
            new DiffView(html, texts).single(nodeTexts.compiled());
            html.close();
        } else if (view.options.detailsUrl() != null && view.options.code()) {
            html.open("details", "data-details", view.detailsUrl(node))
                    .element("summary", texts.get("detail.compiled"))
                    .open("div", "class", "dbt-slim-detail")
                    .element("a", texts.get("detail.link"), "href", view.detailsUrl(node))
                    .close()
                    .close();
        }
    }
}
