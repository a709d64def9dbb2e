package io.jenkins.plugins.dbtslim.report.file;

import io.jenkins.plugins.dbtslim.dbt.result.DeploymentState;
import io.jenkins.plugins.dbtslim.io.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The blue/green deployment of a report as JSON, under {@code deployment}; its token stays out. */
final class DeploymentJson {
    private DeploymentJson() {}

    static void write(ReportJsonWriter json, DeploymentState deployment) throws IOException {
        if (deployment == null) {
            return;
        }
        json.start("deployment");
        json.text("action", deployment.action());
        json.text("result", deployment.result());
        json.text("stage", deployment.stage());
        json.text("id", deployment.deployment());
        json.text("target", deployment.target());
        json.array("clusters", deployment.clusters(), cluster -> {
            json.text("name", cluster.name());
            json.text("status", cluster.status());
            json.number("hydrated", cluster.hydrated());
            json.number("total", cluster.total());
            json.number("lag_seconds", cluster.lag());
            json.number("ready_after_seconds", cluster.seconds());
            json.text("reason", cluster.reason());
        });
        json.texts("staged", deployment.staged());
        json.texts("statements", deployment.statements());
        json.texts("lost", deployment.lost());
        json.texts("dependents", deployment.dependents());
        json.texts("left", deployment.left());
        json.number("attempts", deployment.attempts());
        json.end();
    }

    static DeploymentState read(JsonObject head) {
        if (!head.has("deployment")) {
            return null;
        }
        JsonObject json = head.object("deployment");
        List<DeploymentState.Cluster> clusters = new ArrayList<>();
        for (JsonObject cluster : json.objects("clusters")) {
            clusters.add(new DeploymentState.Cluster(
                    cluster.text("name", ""),
                    cluster.text("status", ""),
                    cluster.number("hydrated", 0),
                    cluster.number("total", 0),
                    cluster.number("lag_seconds", 0),
                    cluster.decimal("ready_after_seconds", -1),
                    cluster.text("reason")));
        }
        return new DeploymentState(
                json.text("action"),
                json.text("result"),
                json.text("stage"),
                json.text("id"),
                json.text("target"),
                clusters,
                json.texts("staged"),
                json.texts("statements"),
                json.texts("lost"),
                json.texts("dependents"),
                json.texts("left"),
                json.number("attempts", 0),
                null,
                -1,
                0,
                null);
    }
}
