package io.jenkins.plugins.dbtslim.report.picture;

import io.jenkins.plugins.dbtslim.report.data.TrendPoint;
import io.jenkins.plugins.dbtslim.report.html.HtmlWriter;
import io.jenkins.plugins.dbtslim.report.html.ReportMessages;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What slim builds did from build to build, as a picture with a table that says the same. The picture is for the eye
 * only: its links cannot be reached by keyboard, because those of the table can.
 */
public final class Trend {
    private final List<TrendPoint> points;

    /**
     * @param points the oldest build first
     */
    public Trend(List<TrendPoint> points) {
        this.points = List.copyOf(points);
    }

    /**
     * For the page of a job, beside other things: the table is folded.
     *
     * @param heading what these builds are
     */
    public String small(String heading) {
        return write(heading, true, true);
    }

    /**
     * For a page of its own.
     *
     * @param hasTitle whether that page is called the same, so that the heading would only say it again
     */
    public String full(String heading, boolean hasTitle) {
        return write(heading, !hasTitle, false);
    }

    private String write(String heading, boolean isShown, boolean folded) {
        StringBuilder out = new StringBuilder();
        HtmlWriter html = new HtmlWriter(out);
        html.open("div", "class", "dbt-slim-trend");
        if (isShown) {
            html.element("h2", heading).line();
        }
        if (points.isEmpty()) {
            html.element("p", ReportMessages.get("trend.none"), "class", "dbt-slim-trend-note");
        } else {
            new TrendPicture(html, points).write();
            if (folded) {
                html.open("details").element("summary", ReportMessages.get("trend.table"));
                table(html, heading);
                html.close("details");
            } else {
                table(html, heading);
            }
        }
        html.close("div").line();
        return out.toString();
    }

    private void table(HtmlWriter html, String heading) {
        html.open("div", "class", "dbt-slim-trend-table", "tabindex", "0", "role", "region", "aria-label", heading)
                .open("table", "class", "jenkins-table")
                .open("thead")
                .open("tr");
        for (String column : List.of("build", "result", "changed", "set-off", "built", "failed", "duration", "saved")) {
            html.element("th", ReportMessages.get("trend." + column), "scope", "col");
        }
        html.close("thead").open("tbody");
        List<TrendPoint> newestFirst = new ArrayList<>(points);
        Collections.reverse(newestFirst);
        for (TrendPoint point : newestFirst) {
            html.open("tr").open("th", "scope", "row");
            html.element("a", point.name(), "href", point.href()).close();
            html.element("td", TrendPicture.outcome(point));
            boolean none = point.counts() == null;
            number(html, none ? "" : count(point.changed()));
            number(html, none ? "" : count(point.counts().downstream()));
            number(html, none ? "" : count(point.built()));
            number(html, none ? "" : count(point.failed()));
            number(html, point.seconds() <= 0 ? "" : ReportMessages.duration(point.seconds()));
            number(html, point.saved() < 0 ? "" : ReportMessages.duration(point.saved()));
            html.close("tr").line();
        }
        html.close("div");
    }

    private String count(int number) {
        return ReportMessages.count(number);
    }

    private static void number(HtmlWriter html, String text) {
        html.element("td", text);
    }
}
