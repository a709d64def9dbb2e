package io.jenkins.plugins.dbtslim.report.picture;

import io.jenkins.plugins.dbtslim.report.data.DisplayText;
import io.jenkins.plugins.dbtslim.report.data.NodeRun;
import io.jenkins.plugins.dbtslim.report.html.HtmlWriter;
import io.jenkins.plugins.dbtslim.report.html.ReportMessages;
import io.jenkins.plugins.dbtslim.report.html.ResultSymbols;
import java.util.List;

/**
 * The timeline as SVG: one lane a thread, one bar a node, the critical path marked; below it the lists of that path and
 * of the slowest.
 */
public final class TimelinePicture {
    private static final int WIDTH = 1000;
    private static final int LANE = 26;
    private static final int LABELS = 34;
    private static final int TOP = 22;
    /** Steps of the critical path that are told: its end is what one can shorten. */
    private static final int STEPS = 12;

    private final HtmlWriter html;
    private final NodeLinks links;

    public TimelinePicture(HtmlWriter html, NodeLinks links) {
        this.html = html;
        this.links = links;
    }

    public void write(Timeline timeline) {
        if (timeline.ran() < 2) {
            return;
        }
        double scale = (double) (WIDTH - LABELS) / timeline.millis();
        int height = TOP + timeline.lanes() * LANE;
        html.element("h3", ReportMessages.get("timeline.title"));
        html.open(
                "div",
                "class",
                "dbt-slim-timeline",
                "tabindex",
                "0",
                "role",
                "region",
                "aria-label",
                ReportMessages.get("timeline.title"));
        html.open(
                "svg",
                "viewBox",
                "0 0 " + WIDTH + " " + height,
                "role",
                "img",
                "aria-label",
                ReportMessages.get("timeline.label", timeline.ran(), timeline.lanes()));
        axis(timeline.millis(), scale, height);
        for (int lane = 0; lane < timeline.lanes(); lane++) {
            String y = number(TOP + lane * LANE + LANE / 2.0 + 4);
            html.element("text", Integer.toString(lane + 1), "x", "0", "y", y, "class", "dbt-slim-tick");
        }
        timeline.bars().forEach(bar -> bar(bar, scale));
        html.close("svg").close();
        if (timeline.ran() > timeline.bars().size()) {
            html.element(
                    "p",
                    ReportMessages.get(
                            "timeline.rest", timeline.ran() - timeline.bars().size()),
                    "class",
                    "dbt-slim-note");
        }
        List<Timeline.Step> path = timeline.critical();
        if (path.size() > 1) {
            double seconds = path.stream().mapToDouble(Timeline.Step::seconds).sum();
            String title = ReportMessages.get("timeline.critical", ReportMessages.duration(seconds));
            steps(title, path.subList(Math.max(0, path.size() - STEPS), path.size()), path.size() > STEPS, " → ");
        }
        if (timeline.slowest().size() > 1) {
            steps(ReportMessages.get("timeline.slowest"), timeline.slowest(), false, ", ");
        }
        html.line();
    }

    private void axis(long millis, double scale, int height) {
        double step = step(millis / 1000.0);
        for (double at = 0; at * 1000 <= millis; at += step) {
            String x = number(LABELS + at * 1000 * scale);
            html.open("line", "x1", x, "x2", x, "y1", "16", "y2", Integer.toString(height), "class", "dbt-slim-grid");
            html.element("text", label(at, step), "x", x, "y", "11", "class", "dbt-slim-tick");
        }
    }

    private String label(double seconds, double step) {
        if (step < 1) {
            return ReportMessages.duration(seconds);
        }
        return seconds == 0 ? "0" : seconds < 10 ? Math.round(seconds) + " s" : ReportMessages.duration(seconds);
    }

    /** A round step that gives 4 to 10 marks. */
    static double step(double seconds) {
        double[] steps = {0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400};
        for (double step : steps) {
            if (seconds / step <= 10) {
                return step;
            }
        }
        return Math.ceil(seconds / 36000) * 3600;
    }

    private void bar(Timeline.Bar bar, double scale) {
        double x = LABELS + bar.startMillis() * scale;
        double width = Math.max(2, bar.seconds() * 1000 * scale - 1);
        double y = TOP + bar.lane() * LANE + 3.0;
        html.open(
                "g",
                "class",
                "dbt-slim-bar dbt-slim-result-" + ResultSymbols.key(NodeRun.result(bar.status()))
                        + (bar.critical() ? " dbt-slim-critical" : "") + (bar.test() ? " dbt-slim-test" : ""));
        html.element(
                "title",
                bar.name() + " · " + ReportMessages.word("status", bar.status()) + " · "
                        + ReportMessages.duration(bar.seconds()));
        html.open(
                "rect",
                "x",
                number(x),
                "y",
                number(y),
                "width",
                number(width),
                "height",
                Integer.toString(LANE - 6),
                "rx",
                "3");
        int letters = (int) ((width - 8) / 6.4);
        if (letters >= 4) {
            html.element("text", DisplayText.shorten(bar.name(), letters), "x", number(x + 5), "y", number(y + 14));
        }
        html.close();
    }

    private void steps(String title, List<Timeline.Step> steps, boolean more, String between) {
        html.open("p", "class", "dbt-slim-chain").element("strong", title).text(more ? " … → " : " ");
        for (int i = 0; i < steps.size(); i++) {
            Timeline.Step step = steps.get(i);
            html.text(i == 0 ? "" : between);
            html.open("a", "href", links.link(step.number(), step.id()))
                    .element("bdi", step.name())
                    .close();
            html.text(" (" + ReportMessages.duration(step.seconds()) + ")");
        }
        html.close();
    }

    /** One decimal, without it where it is zero; String.format would take most of the time of a big picture. */
    static String number(double value) {
        long tenths = Math.round(value * 10);
        String sign = tenths < 0 ? "-" : "";
        long size = Math.abs(tenths);
        return sign + size / 10 + (size % 10 == 0 ? "" : "." + size % 10);
    }
}
