package io.jenkins.plugins.dbtslim.jenkins.report;

import hudson.model.Item;
import io.jenkins.plugins.dbtslim.report.HtmlOptions;
import io.jenkins.plugins.dbtslim.report.HtmlReport;
import io.jenkins.plugins.dbtslim.report.SlimReportFile;
import java.io.File;
import java.io.IOException;
import java.util.Locale;

/** The report of one run as a page shows it: read from its file for one request. */
public final class ReportPage {
    private static final int ROWS = 500;
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

    /** The report as HTML that is already escaped. */
    public String getHtml() throws IOException {
        StringBuilder html = new StringBuilder();
        try (SlimReportFile report = SlimReportFile.open(file().toPath())) {
            new HtmlReport(report, new HtmlOptions(Locale.ENGLISH, isCodeVisible(), null, ROWS)).fragment(html);
        }
        return html.toString();
    }

    /** The line for the page of the build, already escaped; without numbers the words for the state. */
    public String getLine() {
        Numbers numbers = action.getNumbers();
        return numbers == null
                ? hudson.Util.escape(action.getState().getLabel())
                : HtmlReport.line(action.getState().outcome(), numbers.counts(), numbers.saved(), Locale.ENGLISH);
    }
}
