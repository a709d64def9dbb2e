package io.jenkins.plugins.dbtslim.report.file;

import com.fasterxml.jackson.core.JsonGenerator;
import io.jenkins.plugins.dbtslim.dbt.result.DeploymentState;
import io.jenkins.plugins.dbtslim.io.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The blue/green deployment of a report as JSON, under {@code deployment}; its token stays out. */
final class DeploymentJson {
    private DeploymentJson() {}

    static void write(JsonGenerator json, DeploymentState deployment) throws IOException {
        if (deployment == null) {
            return;
        }
        ReportJsonWriter writer = new ReportJsonWriter(json);
        json.writeObjectFieldStart("deployment");
        writer.text("action", deployment.action());
        writer.text("result", deployment.result());
        writer.text("stage", deployment.stage());
        writer.text("id", deployment.deployment());
        writer.text("target", deployment.target());
        json.writeArrayFieldStart("clusters");
        for (DeploymentState.Cluster cluster : deployment.clusters()) {
            json.writeStartObject();
            writer.text("name", cluster.name());
            writer.text("status", cluster.status());
            json.writeNumberField("hydrated", cluster.hydrated());
            json.writeNumberField("total", cluster.total());
            json.writeNumberField("lag_seconds", cluster.lag());
            json.writeNumberField("ready_after_seconds", cluster.seconds());
            writer.text("reason", cluster.reason());
            json.writeEndObject();
        }
        json.writeEndArray();
        writer.texts("staged", deployment.staged());
        writer.texts("statements", deployment.statements());
        writer.texts("lost", deployment.lost());
        writer.texts("dependents", deployment.dependents());
        writer.texts("left", deployment.left());
        json.writeNumberField("attempts", deployment.attempts());
        json.writeEndObject();
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
