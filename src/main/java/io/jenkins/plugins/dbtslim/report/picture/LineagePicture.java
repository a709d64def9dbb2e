package io.jenkins.plugins.dbtslim.report.picture;

import io.jenkins.plugins.dbtslim.report.data.DisplayText;
import io.jenkins.plugins.dbtslim.report.data.NodeRun;
import io.jenkins.plugins.dbtslim.report.html.HtmlWriter;
import io.jenkins.plugins.dbtslim.report.html.ReportMessages;
import io.jenkins.plugins.dbtslim.report.html.ResultSymbols;
import java.util.ArrayList;
import java.util.List;

/** The lineage as SVG: a box a node, coloured by change, with a round sign for its result and a square one for tests that failed; each box is a link to its row. */
public final class LineagePicture {
    private static final int MARGIN = 10;
    /** Of the sign for failed tests. */
    private static final int TESTS_WIDTH = 26;

    private final HtmlWriter html;
    private final NodeLinks links;

    public LineagePicture(HtmlWriter html, NodeLinks links) {
        this.html = html;
        this.links = links;
    }

    /** Draws the picture; the script finds the boxes and lines by their data attributes. */
    public void write(LineagePlan plan) {
        LineageGraph graph = plan.graph();
        LineageLayout layout = plan.layout();
        double width = layout.width() + 2 * MARGIN;
        double height = layout.height() + 2 * MARGIN;
        html.open(
                "svg",
                "class",
                "dbt-slim-lineage" + (layout.boxHeight() < 30 ? " dbt-slim-small" : ""),
                "viewBox",
                "0 0 " + number(width) + " " + number(height),
                "width",
                number(width),
                "height",
                number(height),
                "role",
                "group",
                "aria-label",
                ReportMessages.get(
                        "lineage.label", graph.boxes().size(), graph.edges().size()));
        html.open("g", "class", "dbt-slim-edges", "aria-hidden", "true");
        for (LineageLayout.Path path : layout.paths()) {
            html.open("path", "d", curve(path.points()), "data-edge", path.from() + " " + path.to());
        }
        html.close().line();
        for (int i = 0; i < graph.boxes().size(); i++) {
            box(i, graph.boxes().get(i), layout);
        }
        html.close("svg").line();
    }

    /** A line that leaves and enters boxes level, and bends in between. */
    private static String curve(List<LineageLayout.Place> points) {
        StringBuilder path = new StringBuilder("M").append(point(points.get(0)));
        for (int i = 1; i < points.size(); i++) {
            LineageLayout.Place from = points.get(i - 1);
            LineageLayout.Place to = points.get(i);
            if (from.y() == to.y()) {
                path.append('L');
            } else {
                double middle = (from.x() + to.x()) / 2;
                path.append('C')
                        .append(point(new LineageLayout.Place(middle, from.y())))
                        .append(' ');
                path.append(point(new LineageLayout.Place(middle, to.y()))).append(' ');
            }
            path.append(point(to));
        }
        return path.toString();
    }

    private static String point(LineageLayout.Place place) {
        return coordinate(place.x()) + " " + coordinate(place.y());
    }

    private static String coordinate(double value) {
        return number(value + MARGIN);
    }

    private static String number(double value) {
        return TimelinePicture.number(value);
    }

    private void box(int index, LineageGraph.Box box, LineageLayout layout) {
        LineageLayout.Place place = layout.boxes().get(index);
        NodeRun.Result result = box.result();
        String name = label(box);
        html.open(
                "a",
                "href",
                box.isFolder() ? links.folderLink(box.label()) : links.link(box.number(), box.id()),
                "class",
                "dbt-slim-box dbt-slim-kind-" + box.kind().key()
                        + (result == null ? "" : " dbt-slim-result-" + ResultSymbols.key(result))
                        + (box.isExposure() ? " dbt-slim-exposure" : "") + (box.isFolder() ? " dbt-slim-folder" : ""),
                "data-box",
                Integer.toString(index),
                "data-folder",
                box.isFolder() ? box.label() : null,
                "aria-label",
                name);
        html.element("title", name);
        double x = place.x() + MARGIN;
        double y = place.y() + MARGIN;
        boolean small = layout.boxHeight() < 30;
        rect(
                "dbt-slim-frame",
                x,
                y,
                layout.boxWidth(),
                layout.boxHeight(),
                box.isExposure() ? layout.boxHeight() / 2 : 6);
        double inset = box.isExposure() ? 12 : 0;
        if (!box.isExposure()) {
            html.open("path", "class", "dbt-slim-stripe", "d", stripe(x, y, layout.boxHeight()));
        }
        double baseline = small ? y + 16 : y + 18;
        text("dbt-slim-glyph", ResultSymbols.glyph(box.kind()), x + 11 + inset, baseline);
        double letter = small ? 6.3 : 6.9;
        int signs = 46 + (box.failedTests() > 0 ? TESTS_WIDTH + 4 : 0);
        int letters = (int) ((layout.boxWidth() - signs - 2 * inset) / letter);
        title(DisplayText.shorten(box.label(), letters), letters, letter, x + 24 + inset, baseline);
        if (!small) {
            text("dbt-slim-subtitle", DisplayText.shorten(subtitle(box), letters + 4), x + 24 + inset, y + 34);
        }
        if (result != null) {
            double middle = y + layout.boxHeight() / 2;
            html.open(
                    "circle",
                    "class",
                    "dbt-slim-result",
                    "cx",
                    number(x + layout.boxWidth() - 14 - inset / 2),
                    "cy",
                    number(middle),
                    "r",
                    "8");
            text(
                    "dbt-slim-result-sign",
                    ResultSymbols.glyph(result),
                    x + layout.boxWidth() - 14 - inset / 2,
                    middle + 4);
        }
        if (box.failedTests() > 0) {
            double end = x + layout.boxWidth() - inset / 2 - (result == null ? 6 : 26);
            double middle = y + layout.boxHeight() / 2;
            rect("dbt-slim-tests-broken", end - TESTS_WIDTH, middle - 8, TESTS_WIDTH, 16, 3);
            text(
                    "dbt-slim-tests-sign",
                    ResultSymbols.failedTests(box.failedTests()),
                    end - TESTS_WIDTH / 2.0,
                    middle + 4);
        }
        html.close().line();
    }

    private static String stripe(double x, double y, double height) {
        return "M" + number(x + 5) + " " + number(y) + "h-0a5 6 0 0 0-5 6v" + number(height - 12) + "a5 6 0 0 0 5 6z";
    }

    private void rect(String type, double x, double y, double width, double height, double round) {
        html.open(
                "rect",
                "class",
                type,
                "x",
                number(x),
                "y",
                number(y),
                "width",
                number(width),
                "height",
                number(height),
                "rx",
                number(round));
    }

    /**
     * A long title gets its length, because letters of the reader's font may be wider and would run under the result.
     */
    private void title(String title, int letters, double letter, double x, double y) {
        boolean isLong = title.length() > 0.75 * letters;
        html.element(
                "text",
                title,
                "class",
                "dbt-slim-title",
                "x",
                number(x),
                "y",
                number(y),
                "textLength",
                isLong ? number(title.length() * letter) : null,
                "lengthAdjust",
                isLong ? "spacingAndGlyphs" : null);
    }

    private void text(String type, String text, double x, double y) {
        html.element("text", text, "class", type, "x", number(x), "y", number(y));
    }

    /** All that the box shows, in words. */
    private String label(LineageGraph.Box box) {
        List<String> parts = new ArrayList<>(List.of(DisplayText.cut(box.label(), 120)));
        parts.add(subtitle(box));
        if (!box.isFolder()) {
            parts.add(ReportMessages.get("change." + box.kind().key()));
        }
        if (box.result() != null) {
            parts.add(ReportMessages.get("result." + ResultSymbols.key(box.result())));
        }
        if (box.tests() > 0) {
            parts.add(ReportMessages.get("lineage.tests", box.tests(), box.failedTests()));
        }
        return String.join(", ", parts);
    }

    private String subtitle(LineageGraph.Box box) {
        if (box.isFolder()) {
            List<String> parts = new ArrayList<>();
            box.changes().forEach((kind, count) -> parts.add(count + " " + ReportMessages.get("change." + kind.key())));
            return String.join(", ", parts);
        }
        List<String> aspects = box.about().aspects();
        return aspects.isEmpty() ? String.valueOf(box.about().kind()).replace('_', ' ') : String.join(", ", aspects);
    }
}
