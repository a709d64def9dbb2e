package io.jenkins.plugins.dbtslim.report.page;

import io.jenkins.plugins.dbtslim.change.RunOrigin;
import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;
import io.jenkins.plugins.dbtslim.report.data.DisplayText;
import io.jenkins.plugins.dbtslim.report.data.ReportCause;
import io.jenkins.plugins.dbtslim.report.data.ReportCounts;
import io.jenkins.plugins.dbtslim.report.data.ReportHead;
import io.jenkins.plugins.dbtslim.report.data.ReportNode;
import io.jenkins.plugins.dbtslim.report.data.ReportSource;
import io.jenkins.plugins.dbtslim.report.data.SavedTime;
import io.jenkins.plugins.dbtslim.report.html.HtmlWriter;
import io.jenkins.plugins.dbtslim.report.html.ReportMessages;
import io.jenkins.plugins.dbtslim.report.html.SummaryText;
import io.jenkins.plugins.dbtslim.report.picture.LineagePlan;
import io.jenkins.plugins.dbtslim.report.picture.Timeline;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * The report as HTML: a page that stands alone in one file, or the same content as fragments for a page of Jenkins,
 * whose classes and CSS variables it uses. Fragments hold no script and no style; {@code css/dbt-slim.css} and
 * {@code js/dbt-slim.js} go with them.
 */
public final class HtmlReport {
    private static final List<String> SECTIONS = List.of("changes", "lineage", "run", "impact", "saved", "provenance");

    /** Where dbt did not come to read the project. */
    private static final List<String> UNREAD_SECTIONS = List.of("run", "provenance");

    private final ReportSource source;
    private final HtmlOptions options;

    public HtmlReport(ReportSource source, HtmlOptions options) {
        this.source = source;
        this.options = options;
    }

    /** Writes the page that stands alone; it loads nothing and its policy lets only our script run. */
    public void page(Appendable out) throws IOException {
        String style = resource("css/dbt-slim.css");
        String script = resource("js/dbt-slim.js");
        write(out, (view, rows) -> {
            HtmlWriter html = view.html;
            RunOrigin origin = view.report.run().origin();
            String title = SummaryText.title(view.report.project(), origin);
            html.doctype();
            html.open("html", "lang", "en", "class", "dbt-slim-page");
            html.open("head").open("meta", "charset", "utf-8");
            html.open("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
            html.open("meta", "name", "color-scheme", "content", "light dark");
            html.open("meta", "http-equiv", "Content-Security-Policy", "content", policy(style, script));
            html.element("title", title).ours("style", style).close().line();
            html.open("body").open("main");
            html.element("h1", title);
            new FactsSections(view).origin(origin);
            content(view, rows, List.of());
            html.close().ours("script", script).close().close().line();
        });
    }

    /** Writes everything below the title, for a page of Jenkins. */
    public void fragment(Appendable out) throws IOException {
        fragment(out, List.of());
    }

    /** The same with what became of nodes since other runs. */
    public void fragment(Appendable out, List<ComparisonView> since) throws IOException {
        write(out, (view, rows) -> content(view, rows, since));
    }

    /** Writes what a row of the changes opens to; nothing if there is no such node. */
    public void details(String id, Appendable out) throws IOException {
        ReportCause cause = source.head().cause(id);
        if (cause != null) {
            new CauseList(new ReportView(source, options, Set.of(), out)).difference(cause);
            return;
        }
        node(id, out, (view, node) -> new NodeDetails(view).write(node));
    }

    /**
     * Writes everything about one node, for a page of its own.
     *
     * @return whether there is such a node
     */
    public boolean node(String id, Appendable out) throws IOException {
        return node(id, out, (view, node) -> new NodeSection(view).write(node));
    }

    /** How a node is called, as plain text for the title of its page. */
    public static String title(String id) {
        return DisplayText.visible(ReportNode.nameOf(id), DisplayText.SHOWN);
    }

    /** Writes one node. */
    @FunctionalInterface
    private interface NodeContent {
        void write(ReportView view, ReportNode node);
    }

    private boolean node(String id, Appendable out, NodeContent content) throws IOException {
        ReportNode found = source.report().node(id);
        if (found == null) {
            return false;
        }
        try {
            ReportView view = new ReportView(source, options, Set.of(), out);
            content.write(view, found);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return true;
    }

    /** One line for the page of a build: state and counts; needs no report file. */
    public static String line(RunStatus outcome, ReportCounts counts, SavedTime saved) {
        StringBuilder line = new StringBuilder();
        new SummarySection(new HtmlWriter(line)).line(outcome, counts, saved);
        return line.toString();
    }

    private void content(ReportView view, PageContent rows, List<ComparisonView> since) throws IOException {
        HtmlWriter html = view.html;
        html.open(
                "div",
                "class",
                "dbt-slim",
                "data-filter",
                options.isServed() ? null : ReportMessages.get("filter"),
                "data-sort-label",
                options.isServed() ? null : ReportMessages.get("sort", "{0}"));
        new SummarySection(html).write(view.report);
        new BrokenSection(view).write(rows.broken);
        since.forEach(comparison -> comparison.section(view));
        html.open("nav", "class", "dbt-slim-nav", "aria-label", ReportMessages.get("page.sections"));
        boolean isRead = view.report.isProjectRead();
        for (String section : isRead ? sections(view.report) : UNREAD_SECTIONS) {
            html.element("a", ReportMessages.get(section + ".title"), "href", "#dbt-slim-" + section)
                    .text(" ");
        }
        html.close().line();
        new DeploymentSection(view).write();
        new InPlaceSection(view).write();
        if (isRead) {
            new ChangesSection(view).write(rows);
            new LineageSection(view).write(LineagePlan.of(source.report().nodes()));
        }
        new RunSection(view).write(rows, Timeline.of(source.report()));
        if (isRead) {
            new ImpactSection(view).write(rows);
            new FactsSections(view).saved();
        }
        new FactsSections(view).provenance();
        html.close();
    }

    private static List<String> sections(ReportHead head) {
        List<String> sections = new ArrayList<>(SECTIONS);
        if (head.inPlace() != null) {
            sections.add(0, "inplace");
        }
        if (head.deployment() != null) {
            sections.add(0, "deploy");
        }
        return sections;
    }

    /** Writes into a view. */
    @FunctionalInterface
    private interface Content {
        void write(ReportView view, PageContent content) throws IOException;
    }

    private void write(Appendable out, Content content) throws IOException {
        try {
            PageContent rows = PageContent.of(source.report(), options);
            content.write(new ReportView(source, options, rows.shown(), out), rows);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static String policy(String style, String script) {
        return "default-src 'none'; style-src 'sha256-" + hash(style) + "'; script-src 'sha256-" + hash(script)
                + "'; base-uri 'none'; form-action 'none'";
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing in the jar.");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
