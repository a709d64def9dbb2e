package io.jenkins.plugins.dbtslim.report.page;

import io.jenkins.plugins.dbtslim.report.export.MarkdownSummary;
import io.jenkins.plugins.dbtslim.report.make.RunComparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Words for what became of nodes since another run. */
public final class ComparisonView {
    private final RunComparison comparison;
    private final String other;
    private final String href;
    private final ReportMessages texts;

    /**
     * @param other the run compared with, such as {@code shop #11}
     * @param href link to it, or null
     */
    public ComparisonView(RunComparison comparison, String other, String href, Locale locale) {
        this.comparison = comparison;
        this.other = other;
        this.href = HtmlWriter.isSafeLink(href) ? href : null;
        this.texts = new ReportMessages(locale);
    }

    /** One line, already escaped, for the page of a build; empty if nothing failed in either run. */
    public String line() {
        StringBuilder out = new StringBuilder();
        HtmlWriter html = new HtmlWriter(out);
        if (!isSilent()) {
            html.open("span", "class", "dbt-slim-since");
            since(html);
            html.text(" " + String.join(", ", figures())).close();
        }
        return out.toString();
    }

    /** The lists, already escaped, for the page of the report; empty if nothing failed in either run. */
    public String section() {
        StringBuilder out = new StringBuilder();
        HtmlWriter html = new HtmlWriter(out);
        if (!isSilent()) {
            html.open("div", "class", "dbt-slim-since dbt-slim-since-lists");
            html.open("p");
            since(html);
            html.close();
            list(html, "newly-failing", comparison.newlyFailing(), comparison.newlyFailingCount());
            list(html, "fixed", comparison.fixed(), comparison.fixedCount());
            list(html, "still-failing", comparison.stillFailing(), comparison.stillFailingCount());
            html.close("div").line();
        }
        return out.toString();
    }

    /** The same as a paragraph of Markdown; empty if nothing failed in either run. */
    public String markdown() {
        if (isSilent()) {
            return "";
        }
        StringBuilder out = new StringBuilder("\n")
                .append(MarkdownSummary.escape(texts.get("since", other)))
                .append(' ')
                .append(String.join(", ", figures()))
                .append('\n');
        item(out, "newly-failing", comparison.newlyFailing(), comparison.newlyFailingCount());
        item(out, "fixed", comparison.fixed(), comparison.fixedCount());
        return out.toString();
    }

    private boolean isSilent() {
        return comparison.isSame() && comparison.stillFailingCount() == 0;
    }

    private void since(HtmlWriter html) {
        if (href == null) {
            html.text(texts.get("since", other));
        } else {
            html.element("a", texts.get("since", other), "href", href);
        }
    }

    private List<String> figures() {
        List<String> figures = new ArrayList<>();
        figure(figures, "newly-failing", comparison.newlyFailingCount());
        figure(figures, "fixed", comparison.fixedCount());
        figure(figures, "still-failing", comparison.stillFailingCount());
        return figures;
    }

    private void figure(List<String> figures, String key, int number) {
        if (number > 0) {
            figures.add(texts.get("since." + key, number));
        }
    }

    private void list(HtmlWriter html, String key, List<String> ids, int count) {
        if (ids.isEmpty()) {
            return;
        }
        html.open("p").element("strong", texts.get("since." + key, count)).text(" ");
        for (int i = 0; i < ids.size(); i++) {
            html.text(i == 0 ? "" : ", ")
                    .open("code")
                    .element("bdi", ids.get(i))
                    .close();
        }
        if (count > ids.size()) {
            html.text(" " + texts.get("broken.rest", count - ids.size()));
        }
        html.close();
    }

    private void item(StringBuilder out, String key, List<String> ids, int count) {
        if (!ids.isEmpty()) {
            out.append("\n- ").append(texts.get("since.list." + key)).append(' ');
            List<String> spans = new ArrayList<>();
            ids.forEach(id -> spans.add(MarkdownSummary.span(id)));
            out.append(String.join(", ", spans));
            out.append(count > ids.size() ? " " + texts.get("broken.rest", count - ids.size()) : "")
                    .append('\n');
        }
    }
}
