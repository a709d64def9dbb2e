package io.jenkins.plugins.dbtslim.report;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The lineage as SVG: a box a node, coloured by change, with a sign for its result; each box is a link to its row. */
final class LineagePicture {
    private static final int MARGIN = 10;

    private final ReportView view;
    private final HtmlWriter html;
    private final Texts texts;

    LineagePicture(ReportView view) {
        this.view = view;
        this.html = view.html;
        this.texts = view.texts;
    }

    /** Draws the picture; the script finds the boxes and lines by their data attributes. */
    void write(LineageGraph graph, LineageLayout layout) {
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
                texts.get("lineage.label", graph.boxes().size(), graph.edges().size()));
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
        ReportNode only = box.only();
        String name = label(box);
        html.open(
                "a",
                "href",
                only == null ? "#dbt-slim-changes" : "#" + view.anchor(only),
                "class",
                "dbt-slim-box dbt-slim-kind-" + box.kind().key()
                        + (result == null ? "" : " dbt-slim-result-" + ReportView.key(result))
                        + (box.isExposure() ? " dbt-slim-exposure" : "") + (only == null ? " dbt-slim-folder" : ""),
                "data-box",
                Integer.toString(index),
                "data-folder",
                only == null ? folder(box) : null,
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
        text("dbt-slim-glyph", ReportView.glyph(box.kind()), x + 11 + inset, baseline);
        int letters = (int) ((layout.boxWidth() - 46 - 2 * inset) / (small ? 6.3 : 6.9));
        text("dbt-slim-title", shorten(box.label(), letters), x + 24 + inset, baseline);
        if (!small) {
            text("dbt-slim-subtitle", shorten(subtitle(box), letters + 4), x + 24 + inset, y + 34);
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
            text("dbt-slim-result-sign", ReportView.glyph(result), x + layout.boxWidth() - 14 - inset / 2, middle + 4);
        }
        html.close().line();
    }

    /** What the paths of a folder's nodes have in common, for the filter of the table. */
    private static String folder(LineageGraph.Box box) {
        String prefix = box.nodes().get(0).packageName() + "/";
        return box.label().startsWith(prefix) ? box.label().substring(prefix.length()) : box.label();
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

    private void text(String type, String text, double x, double y) {
        html.element("text", text, "class", type, "x", number(x), "y", number(y));
    }

    private static String shorten(String text, int letters) {
        return text.codePointCount(0, text.length()) <= letters
                ? text
                : text.substring(0, text.offsetByCodePoints(0, Math.max(1, letters - 1))) + "…";
    }

    /** All that the box shows, in words. */
    private String label(LineageGraph.Box box) {
        List<String> parts = new ArrayList<>(List.of(HtmlWriter.cut(box.label(), 120)));
        parts.add(subtitle(box));
        if (box.only() != null) {
            parts.add(texts.get("change." + box.kind().key()));
        }
        if (box.result() != null) {
            parts.add(texts.get("result." + ReportView.key(box.result())));
        }
        if (box.tests() > 0) {
            parts.add(texts.get("lineage.tests", box.tests(), box.failedTests()));
        }
        return String.join(", ", parts);
    }

    private String subtitle(LineageGraph.Box box) {
        ReportNode node = box.only();
        if (node == null) {
            Map<ChangeKind, Integer> counts = new EnumMap<>(ChangeKind.class);
            box.nodes().forEach(each -> counts.merge(each.change(), 1, Integer::sum));
            List<String> parts = new ArrayList<>();
            counts.forEach((kind, count) -> parts.add(count + " " + texts.get("change." + kind.key())));
            return String.join(", ", parts);
        }
        if (node.exposure() != null) {
            return String.join(
                    " · ", present(node.exposure().type(), node.exposure().owner()));
        }
        String reasons = String.join(
                ", ",
                node.reasons().stream()
                        .map(reason -> texts.word("aspect", reason.aspect()))
                        .toList());
        String materialized =
                node.materialized() == null ? node.type() : node.materialized().replace('_', ' ');
        return reasons.isEmpty() ? materialized : reasons;
    }

    private static List<String> present(String... parts) {
        return java.util.Arrays.stream(parts).filter(java.util.Objects::nonNull).toList();
    }
}
