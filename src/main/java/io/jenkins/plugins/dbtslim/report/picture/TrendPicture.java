package io.jenkins.plugins.dbtslim.report.picture;

import io.jenkins.plugins.dbtslim.report.data.TrendPoint;
import io.jenkins.plugins.dbtslim.report.html.HtmlWriter;
import io.jenkins.plugins.dbtslim.report.html.ReportMessages;
import java.util.ArrayList;
import java.util.List;

/**
 * The picture of a {@link Trend}: above what was changed, built and failed, below how long it took and what that saved.
 */
final class TrendPicture {
    private static final int WIDTH = 520;
    private static final int LEFT = 34;
    private static final int RIGHT = 12;
    private static final int TOP = 14;
    private static final int COUNTS = 104;
    private static final int GAP = 22;
    private static final int TIMES = 52;
    private static final int LABELS = 18;
    private static final int HEIGHT = TOP + COUNTS + GAP + TIMES + LABELS;
    /** Fewer builds than this do not fill the width. */
    private static final int FEWEST = 12;
    /** Width that a label of a build needs. */
    private static final int LABEL = 44;

    private final HtmlWriter html;
    private final List<TrendPoint> points;
    private final double step;

    TrendPicture(HtmlWriter html, List<TrendPoint> points) {
        this.html = html;
        this.points = points;
        this.step = (double) (WIDTH - LEFT - RIGHT) / Math.max(FEWEST, points.size());
    }

    void write() {
        html.open(
                "svg", "viewBox", "0 0 " + WIDTH + " " + HEIGHT, "aria-hidden", "true", "class", "dbt-slim-trend-svg");
        int most = Math.max(
                1,
                points.stream()
                        .mapToInt(point -> Math.max(point.built() + point.failed(), point.changed()))
                        .max()
                        .orElse(1));
        double longest = Math.max(
                1,
                points.stream()
                        .mapToDouble(point -> Math.max(point.seconds(), point.saved()))
                        .max()
                        .orElse(1));
        int base = TOP + COUNTS;
        int ground = base + GAP + TIMES;
        axis(TOP, base, ReportMessages.count(most));
        axis(base + GAP, ground, ReportMessages.duration(longest));
        int every = (int) Math.ceil(LABEL / step);
        for (int i = 0; i < points.size(); i++) {
            TrendPoint point = points.get(i);
            html.open("a", "href", point.href(), "tabindex", "-1").element("title", title(point));
            rect("hit", x(i), TOP - 4, step, HEIGHT - TOP + 4);
            column(point, x(i), base, (double) COUNTS / most);
            times(point, x(i), ground, TIMES / longest);
            html.close("a");
            if ((points.size() - 1 - i) % every == 0) {
                html.element(
                        "text",
                        point.name(),
                        "x",
                        number(x(i) + step / 2),
                        "y",
                        number(HEIGHT - 4),
                        "text-anchor",
                        "middle",
                        "class",
                        "dbt-slim-trend-label");
            }
        }
        changedLine(base, (double) COUNTS / most);
        html.close("svg").line();
        legend();
    }

    private double x(int index) {
        return LEFT + index * step;
    }

    private void axis(int top, int bottom, String most) {
        for (int y : new int[] {top, bottom}) {
            html.open(
                    "line",
                    "x1",
                    number(LEFT),
                    "x2",
                    number(WIDTH),
                    "y1",
                    number(y),
                    "y2",
                    number(y),
                    "class",
                    "dbt-slim-trend-grid");
        }
        html.element("text", most, "x", number(LEFT), "y", number(top - 3), "class", "dbt-slim-trend-label");
        html.element(
                "text",
                "0",
                "x",
                number(LEFT - 5),
                "y",
                number(bottom + 4),
                "text-anchor",
                "end",
                "class",
                "dbt-slim-trend-label");
    }

    /** What was built, on it what failed; a cross where there is no report. */
    private void column(TrendPoint point, double x, int base, double scale) {
        double width = step * 0.62;
        double left = x + step * 0.19;
        if (point.counts() == null) {
            html.element(
                    "text",
                    "×",
                    "x",
                    number(x + step / 2),
                    "y",
                    number(base - 3),
                    "text-anchor",
                    "middle",
                    "class",
                    "dbt-slim-trend-cross");
            return;
        }
        double built = point.built() * scale;
        double failed = point.failed() * scale;
        rect("built", left, base - built, width, built);
        rect("failed", left, base - built - failed, width, failed);
    }

    private void times(TrendPoint point, double x, int ground, double scale) {
        double width = step * 0.31;
        double spent = visible(point.seconds() * scale);
        double saved = visible(Math.max(0, point.saved()) * scale);
        rect("spent", x + step * 0.19, ground - spent, width, spent);
        rect("saved", x + step * 0.5, ground - saved, width, saved);
    }

    private static double visible(double height) {
        return height > 0 ? Math.max(1.5, height) : 0;
    }

    private void rect(String kind, double x, double y, double width, double height) {
        if (height > 0) {
            html.open(
                    "rect",
                    "x",
                    number(x),
                    "y",
                    number(y),
                    "width",
                    number(width),
                    "height",
                    number(height),
                    "class",
                    "dbt-slim-trend-" + kind);
        }
    }

    /** Changed nodes as a line through dots, broken where there is no report. */
    private void changedLine(int base, double scale) {
        StringBuilder path = new StringBuilder();
        boolean drawing = false;
        for (int i = 0; i < points.size(); i++) {
            TrendPoint point = points.get(i);
            if (point.counts() != null) {
                String x = number(x(i) + step / 2);
                String y = number(base - point.changed() * scale);
                path.append(drawing ? 'L' : 'M').append(x).append(' ').append(y);
                html.open("circle", "cx", x, "cy", y, "r", "2.5", "class", "dbt-slim-trend-changed-dot");
            }
            drawing = point.counts() != null;
        }
        if (path.indexOf("L") > 0) {
            html.open("path", "d", path.toString(), "class", "dbt-slim-trend-changed");
        }
    }

    private void legend() {
        html.open("ul", "class", "dbt-slim-trend-legend");
        boolean isSaved = points.stream().anyMatch(point -> point.saved() > 0);
        List<String> kinds = List.of("changed", "built", "failed", "spent", "saved");
        for (String kind : isSaved ? kinds : kinds.subList(0, 4)) {
            html.open("li")
                    .element("span", "", "class", "dbt-slim-trend-swatch dbt-slim-trend-swatch-" + kind)
                    .text(" " + ReportMessages.get("trend.legend." + kind))
                    .close();
        }
        html.close("ul").line();
    }

    private String title(TrendPoint point) {
        List<String> parts = new ArrayList<>();
        parts.add(point.name() + ": " + outcome(point));
        if (point.counts() != null) {
            parts.add(ReportMessages.get("trend.title.counts", point.changed(), point.built(), point.failed()));
        }
        if (point.seconds() > 0) {
            parts.add(ReportMessages.duration(point.seconds()));
        }
        if (point.saved() >= 1) {
            parts.add(ReportMessages.get("figure.time-saved", ReportMessages.duration(point.saved())));
        }
        return String.join(" · ", parts);
    }

    static String outcome(TrendPoint point) {
        String sentence = ReportMessages.get("outcome." + point.outcome().key());
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    private static String number(double value) {
        return TimelinePicture.number(value);
    }
}
