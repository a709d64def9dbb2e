package io.jenkins.plugins.dbtslim.report.page;

import io.jenkins.plugins.dbtslim.dbt.result.DeploymentState;
import io.jenkins.plugins.dbtslim.report.html.HtmlWriter;
import io.jenkins.plugins.dbtslim.report.html.ReportMessages;
import java.util.List;

/**
 * A blue/green deployment: its clusters, what the swap does, what production would lose, and what is to be cleaned up.
 */
final class DeploymentSection {
    private static final int SHOWN = 200;
    private final ReportView view;
    private final HtmlWriter html;
    private final DeploymentState deployment;

    DeploymentSection(ReportView view) {
        this.view = view;
        this.html = view.html;
        this.deployment = view.report.deployment();
    }

    void write() {
        if (deployment == null) {
            return;
        }
        view.openSection("deploy");
        String stage = deployment.stage() == null ? "" : deployment.stage();
        html.element(
                "p",
                "PREPARED".equals(deployment.result())
                        ? ReportMessages.get("deploy.prepared")
                        : ReportMessages.get("deploy.stopped", stage));
        List<String> staged = deployment.staged();
        if (!staged.isEmpty()) {
            html.element("p", staged.get(0));
            list("deploy.staged", staged.subList(1, staged.size()), false);
        }
        clusters(deployment.clusters());
        list("deploy.lost", deployment.lost(), true);
        list("deploy.dependents", deployment.dependents(), true);
        list("deploy.statements", deployment.statements(), false);
        list("deploy.left", deployment.left(), false);
        view.closeSection();
    }

    private void clusters(List<DeploymentState.Cluster> clusters) {
        if (clusters.isEmpty()) {
            return;
        }
        String label = ReportMessages.get("deploy.clusters");
        html.element("h3", label);
        view.openPlainTable(label, "cluster", "state", "#hydrated", "#lag", "#ready");
        html.open("tbody");
        for (DeploymentState.Cluster cluster : clusters) {
            boolean good = cluster.status().equals("ready");
            html.open("tr")
                    .open("th", "scope", "row")
                    .element("bdi", cluster.name())
                    .close();
            html.open("td", "class", good ? null : "dbt-slim-error-text")
                    .text(ReportMessages.word("cluster", cluster.status()))
                    .text(cluster.reason() == null ? "" : " (" + cluster.reason() + ")")
                    .close();
            number(ReportMessages.get("deploy.of", cluster.hydrated(), cluster.total()));
            number(ReportMessages.duration((double) cluster.lag()));
            number(cluster.seconds() < 0 ? "" : ReportMessages.duration(cluster.seconds()));
            html.close().line();
        }
        view.closeTable();
    }

    private void number(String text) {
        html.element("td", text, "class", "dbt-slim-number");
    }

    private void list(String key, List<String> items, boolean isWarning) {
        if (items.isEmpty()) {
            return;
        }
        html.element("h3", ReportMessages.get(key, items.size()));
        html.open("ul", "class", isWarning ? "dbt-slim-note" : null);
        for (String item : items.subList(0, Math.min(items.size(), SHOWN))) {
            html.open("li").element("code", item).close();
        }
        html.close().line();
        view.rest(items.size(), SHOWN);
    }
}
