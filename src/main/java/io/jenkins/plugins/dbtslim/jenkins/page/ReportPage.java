package io.jenkins.plugins.dbtslim.jenkins.page;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Item;
import io.jenkins.plugins.dbtslim.report.data.ReportException;
import io.jenkins.plugins.dbtslim.report.file.SlimReportFile;
import io.jenkins.plugins.dbtslim.report.html.SummaryText;
import io.jenkins.plugins.dbtslim.report.page.ComparisonView;
import io.jenkins.plugins.dbtslim.report.page.HtmlOptions;
import io.jenkins.plugins.dbtslim.report.page.HtmlReport;
import io.jenkins.plugins.dbtslim.report.page.PageQuery;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** The report of one run as its pages show it: read from its file for one request. */
@Restricted(NoExternalUse.class)
public final class ReportPage {
    private final SlimAction action;

    ReportPage(SlimAction action) {
        this.action = action;
    }

    private File file() {
        return Reports.file(action.getRun(), action.getId());
    }

    /** Whether there is a report to show. */
    public boolean isThere() {
        return file().isFile();
    }

    /** Whether the user may see SQL and messages of the database: whoever may see the workspace. */
    public boolean isCodeVisible() {
        return action.getRun().getParent().hasPermission(Item.WORKSPACE);
    }

    /**
     * The report as HTML that is already escaped.
     *
     * @param query part of the address, or null: see {@link PageQuery}
     * @param rootUrl path of Jenkins, without a slash at its end
     */
    public String html(@CheckForNull String query, String rootUrl) throws IOException {
        return written(query, (report, html) -> report.fragment(html, since(rootUrl)));
    }

    /** One node as HTML that is already escaped: empty if there is none of that unique_id. */
    public String node(String id) throws IOException {
        return of(id, (report, html) -> report.node(id, html));
    }

    /** Title of a node's page. */
    public String title(String id) {
        return HtmlReport.title(id);
    }

    /** What the row of a node opens to, likewise. */
    public String details(String id) throws IOException {
        return of(id, (report, html) -> report.details(id, html));
    }

    /** Writes a part of the report. */
    @FunctionalInterface
    private interface Part {
        void write(HtmlReport report, StringBuilder html) throws IOException;
    }

    private String of(String id, Part part) throws IOException {
        return id != null && isThere() ? written(null, part) : "";
    }

    private String written(String query, Part part) throws IOException {
        HtmlOptions options = HtmlOptions.served(isCodeVisible(), PageQuery.of(query));
        StringBuilder html = new StringBuilder();
        try (SlimReportFile report = SlimReportFile.open(file().toPath())) {
            part.write(new HtmlReport(report, options), html);
        } catch (ReportException e) {
            return "<div class=\"jenkins-alert jenkins-alert-danger\">"
                    + Util.escape(Reports.unreadable(action.getRun(), action.getId(), e)) + "</div>";
        }
        return html.toString();
    }

    /** The line for the page of the build, already escaped; without numbers the words for the state, or how far dbt is. */
    public String getLine() {
        LiveState live = action.getProgress();
        if (action.isRunning()) {
            return live == null
                    ? new LiveState(null).view().line()
                    : live.view().line();
        }
        ActionCounts numbers = action.getNumbers();
        return numbers == null
                ? Util.escape(getSentence())
                : HtmlReport.line(action.getState(), numbers.counts(), numbers.saved());
    }

    /** State and counts in one line of plain text. */
    public String getSentence() {
        ActionCounts numbers = action.getNumbers();
        return SummaryText.line(
                action.getState(), numbers == null ? null : numbers.counts(), numbers == null ? null : numbers.saved());
    }

    /** How far dbt is, already escaped. */
    public String getLive() {
        LiveState live = action.getProgress();
        return (live == null ? new LiveState(null) : live).view().section();
    }

    /**
     * What became of nodes since earlier builds, already escaped: a line for each of them.
     *
     * @param rootUrl path of Jenkins, without a slash at its end
     */
    public String sinceLine(String rootUrl) {
        return since(rootUrl).stream().map(ComparisonView::line).collect(Collectors.joining());
    }

    private List<ComparisonView> since(String rootUrl) {
        return action.getSince().stream()
                .map(since -> since.view(rootUrl + "/"))
                .toList();
    }
}
