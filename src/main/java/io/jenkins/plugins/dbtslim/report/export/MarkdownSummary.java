package io.jenkins.plugins.dbtslim.report.export;

import io.jenkins.plugins.dbtslim.change.RunOrigin;
import io.jenkins.plugins.dbtslim.dbt.result.InPlace;
import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;
import io.jenkins.plugins.dbtslim.io.FirstNames;
import io.jenkins.plugins.dbtslim.report.data.DisplayText;
import io.jenkins.plugins.dbtslim.report.data.Impact;
import io.jenkins.plugins.dbtslim.report.data.ReportCause;
import io.jenkins.plugins.dbtslim.report.data.ReportCounts;
import io.jenkins.plugins.dbtslim.report.data.ReportNode;
import io.jenkins.plugins.dbtslim.report.data.ReportReason;
import io.jenkins.plugins.dbtslim.report.data.RunComparison;
import io.jenkins.plugins.dbtslim.report.data.SlimReport;
import io.jenkins.plugins.dbtslim.report.html.HtmlWriter;
import io.jenkins.plugins.dbtslim.report.html.NodeWords;
import io.jenkins.plugins.dbtslim.report.html.ReportMessages;
import io.jenkins.plugins.dbtslim.report.html.SummaryText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The report as a short Markdown text for a pull request's comment or a check. Names of the project are code spans or
 * escaped: they mention nobody, link nowhere and start no HTML.
 */
public final class MarkdownSummary {
    /** Rows of a table; the comment of a big change stays readable, and below the limits of code hosts. */
    private static final int ROWS = 25;

    private static final int MESSAGES = 3;
    private static final int MESSAGE = 300;
    private static final int SHOWN = 100;
    private static final int COMMIT = 12;
    private static final int KEYS = 3;
    /** What does not end a link in Markdown, nor begin something else. */
    private static final Pattern LINK = Pattern.compile("https?://[\\w.:/?=%#&+~@,-]+");

    private final SlimReport report;
    private final boolean code;
    private final StringBuilder out = new StringBuilder();

    /**
     * @param code whether messages of the database may be shown
     */
    public MarkdownSummary(SlimReport report, boolean code) {
        this.report = report;
        this.code = code;
    }

    /** The whole text, which ends with a line break. */
    public String text() {
        out.setLength(0);
        ReportCounts counts = report.counts();
        out.append("### ")
                .append(escape(SummaryText.title(report.project(), report.run().origin())))
                .append("\n\n");
        origin(report.run().origin());
        out.append("**")
                .append(ReportMessages.get("outcome." + report.outcome().key()))
                .append("** ");
        out.append(SummaryText.sentence(report.outcome(), counts)).append("\n\n");
        List<String> figures = new ArrayList<>(SummaryText.counts(counts, report.saved()));
        String time = SummaryText.time(report.run());
        if (!time.isEmpty()) {
            figures.add(time);
        }
        out.append(String.join(" · ", figures)).append("\n");
        reason();
        broken();
        staged();
        inPlace();
        changes();
        exposures();
        for (String advice : report.advice()) {
            out.append(note(advice));
        }
        return out.toString();
    }

    /** Which branch, commit and build; the change request is in the title, and mostly where this text is read. */
    private void origin(RunOrigin origin) {
        List<String> parts = new ArrayList<>();
        link(parts, "provenance.branch", origin.branch(), null);
        String commit = origin.commit();
        link(
                parts,
                "provenance.commit",
                commit == null ? null : commit.substring(0, Math.min(COMMIT, commit.length())),
                origin.commitUrl());
        link(
                parts,
                "provenance.build",
                origin.build() == null && origin.buildUrl() != null ? "link" : origin.build(),
                origin.buildUrl());
        if (!parts.isEmpty()) {
            out.append(String.join(" · ", parts)).append("\n\n");
        }
    }

    private static void link(List<String> parts, String key, String text, String link) {
        if (text != null) {
            String shown = escape(DisplayText.visible(text, SHOWN));
            boolean safe = HtmlWriter.isSafeLink(link) && LINK.matcher(link).matches();
            parts.add(ReportMessages.get(key) + " " + (safe ? "[" + shown + "](" + link + ")" : shown));
        }
    }

    /** What dbt said where no node tells why it ended so. */
    private void reason() {
        boolean isTold =
                report.outcome() == RunStatus.FAILURE && report.nodes().stream().anyMatch(ReportNode::failed);
        if (!isTold
                && (report.outcome() == RunStatus.FAILURE || !report.outcome().isWhole())) {
            List<String> messages = report.run().messages();
            if (!code && !messages.isEmpty()) {
                out.append('\n')
                        .append(ReportMessages.get("markdown.reason-in-log"))
                        .append('\n');
                return;
            }
            for (String message : messages.subList(0, Math.min(MESSAGES, messages.size()))) {
                out.append("\n```text\n");
                message.strip()
                        .lines()
                        .map(line -> DisplayText.visible(line, 400).replace('`', 'ˋ'))
                        .limit(ROWS)
                        .forEach(line -> out.append(line).append('\n'));
                out.append("```\n");
            }
        }
    }

    private void broken() {
        List<ReportNode> broken = sorted(ReportNode::failed);
        head(broken, "broken.title", "node", "result", "message", "why");
        for (ReportNode node : first(broken)) {
            String message = code && node.run().message() != null ? node.run().headline() : "";
            row(
                    name(node),
                    escape(ReportMessages.word("status", node.run().status())),
                    message.isEmpty() ? "" : span(message, MESSAGE),
                    because(node));
        }
        rest(broken.size());
    }

    /** Of a blue/green deployment that stages only what a change reaches. */
    private void staged() {
        List<String> staged = report.head().deployment() == null
                ? List.of()
                : report.head().deployment().staged();
        if (!staged.isEmpty()) {
            title("deploy.title").append(escape(staged.get(0))).append("\n\n");
            staged.stream().skip(1).limit(ROWS).forEach(why -> out.append("- ")
                    .append(escape(why))
                    .append('\n'));
            rest(staged.size() - 1);
        }
    }

    private void inPlace() {
        InPlace inPlace = report.head().inPlace();
        if (inPlace == null) {
            return;
        }
        title("inplace.title");
        ids("inplace.replaced", inPlace.replaced());
        ids("inplace.dropped", inPlace.dropped());
        if (!inPlace.spared().isEmpty()) {
            out.append("- ").append(SummaryText.spared(inPlace)).append('\n');
        }
        if (!inPlace.refused().isEmpty()) {
            out.append('\n')
                    .append(ReportMessages.get(
                            "inplace.refused", inPlace.refused().size()))
                    .append("\n\n");
            new TreeMap<>(inPlace.refused()).entrySet().stream().limit(ROWS).forEach(each -> out.append("- ")
                    .append(span(ReportNode.nameOf(each.getKey())))
                    .append(' ')
                    .append(escape(each.getValue()))
                    .append('\n'));
            rest(inPlace.refused().size());
        }
    }

    private void ids(String key, List<String> ids) {
        if (!ids.isEmpty()) {
            out.append("- ")
                    .append(ReportMessages.get(key, ids.size()))
                    .append(' ')
                    .append(ids.stream()
                            .limit(ROWS)
                            .map(id -> span(ReportNode.nameOf(id)))
                            .collect(Collectors.joining(", ")))
                    .append('\n');
        }
    }

    private void changes() {
        causes(report.head().causes());
        changes("changes.title", sorted(node -> node.change().isChange() && !node.isTest()));
        changes("changes.tests-title", sorted(node -> node.change().isChange() && node.isTest()));
    }

    private void causes(List<ReportCause> causes) {
        if (!causes.isEmpty()) {
            title("causes.title");
        }
        for (ReportCause cause : causes.subList(0, Math.min(ROWS, causes.size()))) {
            out.append("- ")
                    .append(ReportMessages.get("change." + cause.change().key()))
                    .append(' ')
                    .append(SummaryText.kind(cause))
                    .append(' ')
                    .append(span(SummaryText.name(cause)))
                    .append(' ')
                    .append(cause.input() == null ? SummaryText.reach(cause) : escape(SummaryText.reach(cause)))
                    .append('\n');
        }
    }

    private void changes(String title, List<ReportNode> changes) {
        boolean data = changes.stream().anyMatch(node -> node.data() != null);
        List<String> columns = new ArrayList<>(List.of("node", "change", "why", "result"));
        if (data) {
            columns.add("data");
        }
        head(changes, title, columns.toArray(String[]::new));
        for (ReportNode node : first(changes)) {
            List<String> cells = new ArrayList<>();
            Collections.addAll(
                    cells,
                    name(node),
                    ReportMessages.get("change." + node.change().key())
                            + (node.formerId() == null
                                    ? ""
                                    : " (" + ReportMessages.get("label.formerly") + " "
                                            + span(ReportNode.nameOf(node.formerId())) + ")"),
                    String.join(", ", reasons(node)),
                    node.run() == null
                            ? ""
                            : escape(ReportMessages.word("status", node.run().status())));
            if (data) {
                cells.add(node.data() == null ? "" : NodeWords.data(node));
            }
            row(cells.toArray(String[]::new));
        }
        rest(changes.size());
    }

    private static List<String> reasons(ReportNode node) {
        List<String> why = new ArrayList<>();
        if (node.breaking()) {
            why.add("**" + ReportMessages.get("label.breaking") + "**");
        }
        node.reasons()
                .forEach(reason -> why.add(escape(NodeWords.aspect(node, reason) + unseen(reason)) + keys(reason)));
        String sql = NodeWords.sql(node);
        if (sql != null) {
            why.add(escape(sql));
        }
        return why;
    }

    /** What no reader of the change finds, such as {@code line ends only}; else nothing. */
    private static String unseen(ReportReason reason) {
        return reason.details().stream()
                .filter(detail -> detail.contains(" only: "))
                .map(detail -> " (" + detail.substring(0, detail.indexOf(": ")) + ")")
                .findFirst()
                .orElse("");
    }

    /** Which macros or keys differ, without their values; one that the aspect is named after goes without saying. */
    private static String keys(ReportReason reason) {
        List<String> keys = reason.aspect().equals("macros")
                ? reason.details().stream()
                        .map(way -> span(way.substring(way.lastIndexOf('.') + 1)))
                        .distinct()
                        .toList()
                : reason.details().stream()
                        .filter(detail ->
                                detail.contains(": ") && detail.contains(" → ") && !detail.contains(" only: "))
                        .map(detail -> detail.substring(0, detail.indexOf(": ")))
                        .filter(key -> !key.equals(reason.aspect()))
                        .map(MarkdownSummary::span)
                        .toList();
        return keys.isEmpty() ? "" : " " + FirstNames.cut(keys, KEYS);
    }

    /** What a failure goes back to. */
    private static String because(ReportNode node) {
        if (node.cause().size() > 1) {
            return ReportMessages.get("run.because") + " "
                    + span(ReportNode.nameOf(node.cause().get(0)));
        }
        return node.change().isChange()
                ? ReportMessages.get("change." + node.change().key())
                        + (node.reasons().isEmpty() ? "" : ": " + String.join(", ", reasons(node)))
                : "";
    }

    /** With its type, where that does not go without saying. */
    private static String name(ReportNode node) {
        String type = NodeWords.type(node);
        return span(node.name()) + (type == null ? "" : " (" + escape(type) + ")");
    }

    private void exposures() {
        List<ReportNode> exposures = sorted(Impact::isExposure);
        boolean known = exposures.stream().anyMatch(node -> NodeWords.reads(node) != null);
        List<String> columns = new ArrayList<>(List.of("exposure", "owner"));
        if (known) {
            columns.add("way");
        }
        head(exposures, "impact.title", columns.toArray(String[]::new));
        for (ReportNode node : first(exposures)) {
            String owner = node.exposure() == null ? null : node.exposure().owner();
            List<String> cells = new ArrayList<>(List.of(span(node.name()), owner == null ? "" : span(owner)));
            if (known) {
                String reads = NodeWords.reads(node);
                cells.add(reads == null ? "" : escape(reads));
            }
            row(cells.toArray(String[]::new));
        }
        rest(exposures.size());
    }

    private List<ReportNode> sorted(Predicate<ReportNode> which) {
        return report.nodes().stream()
                .filter(which)
                .sorted(ReportNode.WORST_FIRST)
                .toList();
    }

    private static List<ReportNode> first(List<ReportNode> nodes) {
        return nodes.subList(0, Math.min(ROWS, nodes.size()));
    }

    private StringBuilder title(String key) {
        return out.append("\n#### ").append(ReportMessages.get(key)).append("\n\n");
    }

    private void head(List<ReportNode> nodes, String title, String... columns) {
        if (!nodes.isEmpty()) {
            title(title);
            List<String> names = new ArrayList<>();
            for (String column : columns) {
                names.add(ReportMessages.get("column." + column));
            }
            row(names.toArray(String[]::new));
            out.append("|---".repeat(columns.length)).append("|\n");
        }
    }

    private void row(String... cells) {
        out.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private void rest(int all) {
        if (all > ROWS) {
            out.append('\n')
                    .append(ReportMessages.get("broken.rest", all - ROWS))
                    .append('\n');
        }
    }

    /**
     * What became of nodes since another run, as a paragraph and lists; empty if nothing failed in either run.
     *
     * @param other the run compared with, such as {@code shop #11}
     */
    public static String since(String other, RunComparison comparison) {
        if (comparison.isEmpty()) {
            return "";
        }
        StringBuilder out = new StringBuilder("\n")
                .append(escape(ReportMessages.get("since", other)))
                .append(' ')
                .append(String.join(", ", SummaryText.counts(comparison)))
                .append('\n');
        item(out, "newly-failing", comparison.newlyFailing(), comparison.newlyFailingCount());
        item(out, "fixed", comparison.fixed(), comparison.fixedCount());
        return out.toString();
    }

    /** A sentence more below a summary. */
    public static String note(String sentence) {
        return "\n> " + escape(sentence) + '\n';
    }

    private static void item(StringBuilder out, String key, List<String> ids, int count) {
        if (!ids.isEmpty()) {
            out.append("\n- ")
                    .append(ReportMessages.get("since.list." + key))
                    .append(' ')
                    .append(ids.stream().map(MarkdownSummary::span).collect(Collectors.joining(", ")))
                    .append(count > ids.size() ? " " + ReportMessages.get("broken.rest", count - ids.size()) : "")
                    .append('\n');
        }
    }

    /** A code span that its content cannot end, in one table cell. */
    private static String span(String text) {
        return span(text, 120);
    }

    private static String span(String text, int letters) {
        String inner = visible(text, letters).replace('`', 'ˋ').replace("|", "\\|");
        return inner.isBlank() ? "" : "`" + inner + "`";
    }

    /** Plain words: everything that Markdown, a mention or HTML could begin with is escaped. */
    private static String escape(String text) {
        return visible(text, 400)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replaceAll("([\\\\`*_{}\\[\\]()#+!|>~-])", "\\\\$1")
                .replace("@", "@\u200b")
                .replace("://", ":\u200b//");
    }

    private static String visible(String text, int limit) {
        return DisplayText.visible(text.replaceAll("[\\n\\r\\t]", " "), limit);
    }
}
