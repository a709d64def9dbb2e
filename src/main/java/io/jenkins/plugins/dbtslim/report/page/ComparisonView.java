package io.jenkins.plugins.dbtslim.report.page;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.report.data.ReportNode;
import io.jenkins.plugins.dbtslim.report.data.RunComparison;
import io.jenkins.plugins.dbtslim.report.html.HtmlWriter;
import io.jenkins.plugins.dbtslim.report.html.ReportMessages;
import io.jenkins.plugins.dbtslim.report.html.SummaryText;
import java.util.List;

/** Words for what became of nodes since another run. */
public final class ComparisonView {
    private final RunComparison comparison;
    private final String other;
    private final String href;

    /**
     * @param other the run compared with, such as {@code shop #11}
     * @param href link to it, or null
     */
    public ComparisonView(RunComparison comparison, String other, @CheckForNull String href) {
        this.comparison = comparison;
        this.other = other;
        this.href = HtmlWriter.isSafeLink(href) ? href : null;
    }

    /** One line, already escaped, for the page of a build; empty if nothing failed in either run. */
    public String line() {
        StringBuilder out = new StringBuilder();
        HtmlWriter html = new HtmlWriter(out);
        if (!comparison.isEmpty()) {
            html.open("span", "class", "dbt-slim-since");
            since(html);
            html.text(" " + String.join(", ", SummaryText.counts(comparison))).close();
        }
        return out.toString();
    }

    /** The lists for the page of the report; nothing if nothing failed in either run. */
    void section(ReportView view) {
        if (!comparison.isEmpty()) {
            view.html.open("div", "class", "dbt-slim-since dbt-slim-since-lists");
            view.html.open("p");
            since(view.html);
            view.html.close();
            list(view, "newly-failing", comparison.newlyFailing(), comparison.newlyFailingCount());
            list(view, "fixed", comparison.fixed(), comparison.fixedCount());
            list(view, "still-failing", comparison.stillFailing(), comparison.stillFailingCount());
            view.html.close("div").line();
        }
    }

    private void since(HtmlWriter html) {
        if (href == null) {
            html.text(ReportMessages.get("since", other));
        } else {
            html.element("a", ReportMessages.get("since", other), "href", href);
        }
    }

    private void list(ReportView view, String key, List<String> ids, int count) {
        if (ids.isEmpty()) {
            return;
        }
        HtmlWriter html = view.html;
        html.open("p")
                .element("strong", ReportMessages.get("since." + key, count))
                .text(" ");
        for (int i = 0; i < ids.size(); i++) {
            html.text(i == 0 ? "" : ", ");
            view.nodeLink(-1, ids.get(i), ReportNode.nameOf(ids.get(i)));
        }
        if (count > ids.size()) {
            html.text(" " + ReportMessages.get("broken.rest", count - ids.size()));
        }
        html.close();
    }
}
