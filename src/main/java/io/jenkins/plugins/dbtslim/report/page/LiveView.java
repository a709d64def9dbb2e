package io.jenkins.plugins.dbtslim.report.page;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.dbt.result.ClusterWait;
import io.jenkins.plugins.dbtslim.dbt.result.DeploymentState.Cluster;
import io.jenkins.plugins.dbtslim.dbt.result.RunProgress;
import io.jenkins.plugins.dbtslim.report.html.HtmlWriter;
import io.jenkins.plugins.dbtslim.report.html.ReportMessages;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** A run that is not over: how far it is, what is at work, and when it may end by former timings. */
public final class LiveView {
    private static final int SHOWN = 12;
    private final RunProgress progress;
    private final double now;
    private final ClusterWait wait;

    /**
     * @param now seconds since the start of the run
     * @param wait for the clusters of a deployment, or null
     */
    public LiveView(RunProgress progress, double now, @CheckForNull ClusterWait wait) {
        this.progress = progress;
        this.now = Math.max(now, progress.seconds());
        this.wait = wait;
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
        clusters(html);
        running(html);
        failures(html);
        html.close("div").line();
        return out.toString();
    }

    private void head(HtmlWriter html, boolean large) {
        html.open(large ? "p" : "span", "class", "dbt-slim-live-head");
        if (wait != null) {
            int all = wait.clusters().size();
            html.element("strong", ReportMessages.get("live.clusters", wait.ready(), all))
                    .text(" ");
            bar(
                    html,
                    wait.clusters().stream().mapToInt(Cluster::hydrated).sum(),
                    wait.clusters().stream().mapToInt(Cluster::total).sum(),
                    "live.objects");
        } else if (progress.total() >= 0) {
            html.element("strong", ReportMessages.get("live.nodes", progress.done(), progress.total()))
                    .text(" ");
            bar(html, progress.done(), progress.total(), "live.nodes");
        } else {
            html.element("strong", phase());
        }
        html.text(" " + String.join(" · ", facts())).close();
    }

    private void bar(HtmlWriter html, int done, int all, String label) {
        html.open(
                "progress",
                "class",
                "dbt-slim-live-bar",
                "max",
                Integer.toString(Math.max(1, all)),
                "value",
                Integer.toString(Math.min(done, all)),
                "aria-label",
                ReportMessages.get(label, done, all));
        html.close();
    }

    private String phase() {
        if ("operation".equals(progress.phase()) && progress.operation() != null) {
            return ReportMessages.get("live.phase.operation", progress.operation());
        }
        return progress.phase() == null
                ? ReportMessages.get("live.phase.start")
                : ReportMessages.word("live.phase", progress.phase());
    }

    private List<String> facts() {
        List<String> facts = new ArrayList<>();
        if (progress.failed() > 0) {
            facts.add(ReportMessages.get("figure.failed", progress.failed()));
        }
        if (progress.skipped() > 0) {
            facts.add(ReportMessages.get("figure.skipped", progress.skipped()));
        }
        facts.add(ReportMessages.get("live.since", ReportMessages.duration(now)));
        double left = progress.secondsLeft(now);
        if (wait != null) {
            facts.add(ReportMessages.get("live.limit", ReportMessages.duration(wait.left())));
        } else if (left >= 0) {
            facts.add(
                    left < 1
                            ? ReportMessages.get("live.soon")
                            : ReportMessages.get("live.left", ReportMessages.duration(left)));
        }
        return facts;
    }

    private void clusters(HtmlWriter html) {
        if (wait == null) {
            return;
        }
        html.element("h2", ReportMessages.get("deploy.clusters"));
        html.open("ul", "class", "dbt-slim-live-nodes");
        for (Cluster cluster :
                wait.clusters().subList(0, Math.min(SHOWN, wait.clusters().size()))) {
            html.open("li").open("code").element("bdi", cluster.name()).close().text(" ");
            bar(html, cluster.hydrated(), cluster.total(), "live.objects");
            html.text(" ");
            String state = ReportMessages.word("cluster", cluster.status());
            html.element("span", state, "class", cluster.status().equals("failing") ? "dbt-slim-live-bad" : null);
            html.text(cluster.reason() == null ? "" : " (" + cluster.reason() + ")");
            html.text(" · " + ReportMessages.get("live.objects", cluster.hydrated(), cluster.total()));
            if (cluster.lag() > 0) {
                html.text(" · " + ReportMessages.get("live.lag", ReportMessages.duration((double) cluster.lag())));
            }
            html.close();
        }
        rest(html, wait.clusters().size());
        html.close("ul");
    }

    private void running(HtmlWriter html) {
        if (progress.running().isEmpty()) {
            return;
        }
        List<Map.Entry<String, Double>> longestFirst =
                new ArrayList<>(progress.running().entrySet());
        longestFirst.sort(Map.Entry.<String, Double>comparingByValue().thenComparing(Map.Entry.comparingByKey()));
        html.element("h2", ReportMessages.get("live.running", progress.running().size()));
        html.open("ul", "class", "dbt-slim-live-nodes");
        for (Map.Entry<String, Double> node : longestFirst.subList(0, Math.min(SHOWN, longestFirst.size()))) {
            html.open("li").open("code").element("bdi", node.getKey()).close();
            html.text(" " + ReportMessages.duration(Math.max(0, now - node.getValue())))
                    .close();
        }
        rest(html, longestFirst.size());
        html.close("ul");
    }

    private void failures(HtmlWriter html) {
        if (progress.failures().isEmpty()) {
            return;
        }
        html.element("h2", ReportMessages.get("live.failed", progress.failed()));
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
            html.element("li", ReportMessages.get("broken.rest", all - SHOWN));
        }
    }
}
