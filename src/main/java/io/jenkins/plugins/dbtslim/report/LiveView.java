package io.jenkins.plugins.dbtslim.report;

import io.jenkins.plugins.dbtslim.dbt.RunProgress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A run that is not over: how far it is, what is at work, and when it may end by former timings. */
public final class LiveView {
    private static final int SHOWN = 12;
    private final RunProgress progress;
    private final double now;
    private final Texts texts;

    /**
     * @param now seconds since the start of the run
     */
    public LiveView(RunProgress progress, double now, Locale locale) {
        this.progress = progress;
        this.now = Math.max(now, progress.seconds());
        this.texts = new Texts(locale);
    }

    /** One line, already escaped, for the page of the build. */
    public String line() {
        StringBuilder out = new StringBuilder();
        head(new HtmlWriter(out), false);
        return out.toString();
    }

    /** Everything, already escaped, for the page of the run. */
    public String section() {
        StringBuilder out = new StringBuilder();
        HtmlWriter html = new HtmlWriter(out);
        html.open("div", "class", "dbt-slim-live-card");
        head(html, true);
        running(html);
        failures(html);
        html.close("div").line();
        return out.toString();
    }

    private void head(HtmlWriter html, boolean large) {
        html.open(large ? "p" : "span", "class", "dbt-slim-live-head");
        if (progress.total() >= 0) {
            html.element("strong", texts.get("live.nodes", progress.done(), progress.total()))
                    .text(" ");
            html.open(
                    "progress",
                    "class",
                    "dbt-slim-live-bar",
                    "max",
                    Integer.toString(Math.max(1, progress.total())),
                    "value",
                    Integer.toString(Math.min(progress.done(), progress.total())),
                    "aria-label",
                    texts.get("live.nodes", progress.done(), progress.total()));
            html.close();
        } else {
            html.element("strong", phase());
        }
        html.text(" " + String.join(" · ", facts())).close();
    }

    private String phase() {
        if ("operation".equals(progress.phase()) && progress.operation() != null) {
            return texts.get("live.phase.operation", progress.operation());
        }
        return progress.phase() == null ? texts.get("live.phase.start") : texts.word("live.phase", progress.phase());
    }

    private List<String> facts() {
        List<String> facts = new ArrayList<>();
        if (progress.failed() > 0) {
            facts.add(texts.get("figure.failed", progress.failed()));
        }
        if (progress.skipped() > 0) {
            facts.add(texts.get("figure.skipped", progress.skipped()));
        }
        facts.add(texts.get("live.since", texts.duration(now)));
        double left = progress.secondsLeft(now);
        if (left >= 0) {
            facts.add(left < 1 ? texts.get("live.soon") : texts.get("live.left", texts.duration(left)));
        }
        return facts;
    }

    private void running(HtmlWriter html) {
        if (progress.running().isEmpty()) {
            return;
        }
        List<Map.Entry<String, Double>> longestFirst =
                new ArrayList<>(progress.running().entrySet());
        longestFirst.sort(Map.Entry.<String, Double>comparingByValue().thenComparing(Map.Entry.comparingByKey()));
        html.element("h2", texts.get("live.running", progress.running().size()));
        html.open("ul", "class", "dbt-slim-live-nodes");
        for (Map.Entry<String, Double> node : longestFirst.subList(0, Math.min(SHOWN, longestFirst.size()))) {
            html.open("li").open("code").element("bdi", node.getKey()).close();
            html.text(" " + texts.duration(Math.max(0, now - node.getValue()))).close();
        }
        rest(html, longestFirst.size());
        html.close("ul");
    }

    private void failures(HtmlWriter html) {
        if (progress.failures().isEmpty()) {
            return;
        }
        html.element("h2", texts.get("live.failed", progress.failed()));
        html.open("ul", "class", "dbt-slim-live-nodes dbt-slim-live-failed");
        progress.failures().stream()
                .sorted(Comparator.naturalOrder())
                .limit(SHOWN)
                .forEach(id ->
                        html.open("li").open("code").element("bdi", id).close().close());
        rest(html, progress.failed());
        html.close("ul");
    }

    private void rest(HtmlWriter html, int all) {
        if (all > SHOWN) {
            html.element("li", texts.get("broken.rest", all - SHOWN));
        }
    }
}
