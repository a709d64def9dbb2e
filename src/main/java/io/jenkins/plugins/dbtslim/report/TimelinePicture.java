package io.jenkins.plugins.dbtslim.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Who ran when on which thread, as SVG: one lane a thread, one bar a node, the critical path marked. */
final class TimelinePicture {
    private static final int WIDTH = 1000;
    private static final int LANE = 26;
    private static final int LABELS = 34;
    private static final int TOP = 22;
    /** Bars drawn; of more nodes only the longest are. */
    private static final int BARS = 1500;

    private final ReportView view;
    private final HtmlWriter html;

    TimelinePicture(ReportView view) {
        this.view = view;
        this.html = view.html;
    }

    void write() {
        List<ReportNode> ran = view.nodes(
                node -> node.run() != null && node.run().startedMillis() != 0,
                Comparator.comparingDouble((ReportNode node) -> -node.run().seconds())
                        .thenComparing(ReportNode::id));
        if (ran.size() < 2) {
            return;
        }
        long start =
                ran.stream().mapToLong(node -> node.run().startedMillis()).min().orElse(0);
        long end =
                ran.stream().mapToLong(node -> node.run().endedMillis()).max().orElse(1);
        double scale = (double) (WIDTH - LABELS) / Math.max(1, end - start);
        Map<String, Integer> lanes = lanes(ran);
        List<ReportNode> chain = CriticalPath.of(view.report);
        Set<String> critical = new HashSet<>(chain.stream().map(ReportNode::id).toList());
        int height = TOP + lanes.size() * LANE;
        html.element("h3", view.texts.get("timeline.title"));
        html.open(
                "div",
                "class",
                "dbt-slim-timeline",
                "tabindex",
                "0",
                "role",
                "region",
                "aria-label",
                view.texts.get("timeline.title"));
        html.open(
                "svg",
                "viewBox",
                "0 0 " + WIDTH + " " + height,
                "role",
                "img",
                "aria-label",
                view.texts.get("timeline.label", ran.size(), lanes.size()));
        axis(end - start, scale, height);
        for (Map.Entry<String, Integer> lane : lanes.entrySet()) {
            html.element(
                    "text",
                    Integer.toString(lane.getValue() + 1),
                    "x",
                    "0",
                    "y",
                    number(TOP + lane.getValue() * LANE + LANE / 2.0 + 4),
                    "class",
                    "dbt-slim-tick");
        }
        List<ReportNode> bars = new ArrayList<>(ran.subList(0, Math.min(BARS, ran.size())));
        bars.sort(Comparator.comparingLong((ReportNode node) -> node.run().startedMillis())
                .thenComparing(ReportNode::id));
        for (ReportNode node : bars) {
            bar(
                    node,
                    LABELS + (node.run().startedMillis() - start) * scale,
                    lanes.get(lane(node)),
                    scale,
                    critical.contains(node.id()));
        }
        html.close("svg").close();
        view.rest(ran.size(), bars.size());
        chain(chain);
        html.line();
    }

    private void axis(long millis, double scale, int height) {
        double step = step(millis / 1000.0);
        for (double at = 0; at * 1000 <= millis; at += step) {
            String x = number(LABELS + at * 1000 * scale);
            html.open("line", "x1", x, "x2", x, "y1", "16", "y2", Integer.toString(height), "class", "dbt-slim-grid");
            String label = step < 1
                    ? String.format(view.options.locale(), "%.1f s", at)
                    : at == 0 ? "0" : view.texts.duration(Math.max(at, 10) == at ? at : Math.round(at));
            html.element("text", label, "x", x, "y", "11", "class", "dbt-slim-tick");
        }
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

    private void bar(ReportNode node, double x, int lane, double scale, boolean critical) {
        double width = Math.max(2, node.run().seconds() * 1000 * scale - 1);
        double y = TOP + lane * LANE + 3.0;
        html.open(
                "g",
                "class",
                "dbt-slim-bar dbt-slim-result-" + ReportView.key(node.run().result())
                        + (critical ? " dbt-slim-critical" : "") + (node.isTest() ? " dbt-slim-test" : ""));
        html.element(
                "title",
                node.name() + " · " + view.texts.word("status", node.run().status()) + " · "
                        + view.texts.duration(node.run().seconds()));
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
            String name =
                    node.name().length() <= letters ? node.name() : node.name().substring(0, letters - 1) + "…";
            html.element("text", name, "x", number(x + 5), "y", number(y + 14));
        }
        html.close();
    }

    private void chain(List<ReportNode> chain) {
        if (chain.size() < 2) {
            return;
        }
        double seconds =
                chain.stream().mapToDouble(node -> node.run().seconds()).sum();
        html.open("p", "class", "dbt-slim-chain")
                .element("strong", view.texts.get("timeline.critical", view.texts.duration(seconds)));
        int from = Math.max(0, chain.size() - 12);
        html.text(from > 0 ? " … → " : " ");
        for (int i = from; i < chain.size(); i++) {
            html.text(i == from ? "" : " → ").element("bdi", chain.get(i).name());
            html.text(" (" + view.texts.duration(chain.get(i).run().seconds()) + ")");
        }
        html.close();
    }

    /** Threads in the order of their names' numbers. */
    private static Map<String, Integer> lanes(List<ReportNode> ran) {
        Map<String, Integer> lanes = new TreeMap<>(
                Comparator.comparingInt(TimelinePicture::threadNumber).thenComparing(name -> name));
        ran.forEach(node -> lanes.put(lane(node), 0));
        Map<String, Integer> numbered = new HashMap<>();
        for (String name : lanes.keySet()) {
            numbered.put(name, numbered.size());
        }
        return numbered;
    }

    private static String lane(ReportNode node) {
        return node.run().thread() == null ? "" : node.run().thread();
    }

    private static int threadNumber(String name) {
        String digits = name.replaceAll("\\D", "");
        return digits.isEmpty() || digits.length() > 8 ? 0 : Integer.parseInt(digits);
    }

    /** One decimal, without it where it is zero; String.format would take most of the time of a big picture. */
    static String number(double value) {
        long tenths = Math.round(value * 10);
        String sign = tenths < 0 ? "-" : "";
        long size = Math.abs(tenths);
        return sign + size / 10 + (size % 10 == 0 ? "" : "." + size % 10);
    }
}
