package io.jenkins.plugins.dbtslim.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What all sections of one page share: the report, the words, and how a node is named, linked and labelled. */
final class ReportView {
    static final Comparator<ReportNode> WORST_FIRST = Comparator.comparing((ReportNode node) -> !node.failed())
            .thenComparing(ReportNode::change)
            .thenComparing(ReportNode::name)
            .thenComparing(ReportNode::id);

    final HtmlWriter html;
    final Texts texts;
    final HtmlOptions options;
    final SlimReport report;
    private final ReportSource source;
    private final Map<String, Integer> numbers = new HashMap<>();

    ReportView(ReportSource source, HtmlOptions options, Appendable out) {
        this.source = source;
        this.options = options;
        this.report = source.report();
        this.html = new HtmlWriter(out);
        this.texts = new Texts(options.locale());
        for (ReportNode node : report.nodes()) {
            numbers.put(node.id(), numbers.size());
        }
    }

    /** Number of a node in this page: ids in the page are made of it, because a unique_id may hold anything. */
    int number(ReportNode node) {
        return numbers.get(node.id());
    }

    String anchor(ReportNode node) {
        return "dbt-slim-n" + number(node);
    }

    /** The texts of a node, or null if it has none or the reader may not see them. */
    NodeTexts textsOf(ReportNode node) {
        try {
            return options.code() ? source.texts(node.id()) : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> notRebuilt() {
        try {
            return source.notRebuilt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String detailsUrl(ReportNode node) {
        return options.detailsUrl() + URLEncoder.encode(node.id(), StandardCharsets.UTF_8);
    }

    List<ReportNode> nodes(Predicate<ReportNode> which, Comparator<ReportNode> order) {
        return report.nodes().stream().filter(which).sorted(order).toList();
    }

    void openSection(String key) {
        html.open("section", "class", "dbt-slim-section", "id", "dbt-slim-" + key)
                .element("h2", texts.get(key + ".title"))
                .line();
    }

    void closeSection() {
        html.close("section").line();
    }

    /** A table that a phone may scroll sideways, with its head; numbers are aligned to the end. */
    void openTable(String label, String... columns) {
        html.open("div", "class", "dbt-slim-table", "tabindex", "0", "role", "region", "aria-label", label)
                .open("table", "class", "jenkins-table")
                .open("thead")
                .open("tr");
        for (String column : columns) {
            boolean number = column.startsWith("#");
            html.element(
                    "th",
                    texts.get("column." + (number ? column.substring(1) : column)),
                    "scope",
                    "col",
                    "class",
                    number ? "dbt-slim-number" : null);
        }
        html.close("thead").line();
    }

    void closeTable() {
        html.close("div").line();
    }

    /** Says how many rows a table left out, if any. */
    void rest(int all, int shown) {
        if (all > shown) {
            html.element("p", texts.get("rows.rest", all - shown), "class", "dbt-slim-note");
        }
    }

    void changeBadge(ChangeKind kind) {
        html.open("span", "class", "dbt-slim-badge dbt-slim-kind-" + kind.key())
                .element("span", glyph(kind), "aria-hidden", "true")
                .text(" " + texts.get("change." + kind.key()))
                .close();
    }

    /** A sign that tells the kind without its colour. */
    static String glyph(ChangeKind kind) {
        return switch (kind) {
            case NEW -> "+";
            case MODIFIED -> "~";
            case RENAMED -> "→";
            case REMOVED -> "−";
            case DOWNSTREAM -> "↓";
            case UNCHANGED -> "=";
        };
    }

    void status(NodeRun run) {
        if (run == null) {
            html.element("span", texts.get("status.none"), "class", "dbt-slim-quiet");
            return;
        }
        html.open("span", "class", "dbt-slim-status dbt-slim-result-" + key(run.result()))
                .element("span", glyph(run.result()), "aria-hidden", "true")
                .text(" " + texts.word("status", run.status()))
                .close();
    }

    static String key(NodeRun.Result result) {
        return switch (result) {
            case OK -> "ok";
            case WARNED -> "warned";
            case FAILED -> "failed";
            case SKIPPED -> "skipped";
        };
    }

    static String glyph(NodeRun.Result result) {
        return switch (result) {
            case OK -> "✓";
            case WARNED -> "!";
            case FAILED -> "✗";
            case SKIPPED -> "»";
        };
    }

    /** Name and place of a node, as the head of its row. */
    void nodeCell(ReportNode node, String anchor) {
        html.open("th", "scope", "row", "class", "dbt-slim-name", "id", anchor)
                .element("bdi", node.name(), "class", "dbt-slim-node-name");
        String place = node.path() == null ? node.id() : node.path();
        html.element("div", place, "class", "dbt-slim-quiet dbt-slim-path").close();
    }

    /** A cell with seconds, sortable by their exact value. */
    void timeCell(NodeRun run) {
        html.element(
                "td",
                run == null || (run.startedMillis() == 0 && run.seconds() == 0) ? "" : texts.duration(run.seconds()),
                "class",
                "dbt-slim-number",
                "data-sort",
                run == null ? "-1" : Double.toString(run.seconds()));
    }

    void numberCell(Long number) {
        html.element(
                "td",
                number == null ? "" : String.format(options.locale(), "%,d", number),
                "class",
                "dbt-slim-number",
                "data-sort",
                number == null ? "-1" : number.toString());
    }
}
