package io.jenkins.plugins.dbtslim.report.file;

import com.fasterxml.jackson.core.JsonGenerator;
import io.jenkins.plugins.dbtslim.dbt.result.InPlace;
import io.jenkins.plugins.dbtslim.manifest.Metadata;
import io.jenkins.plugins.dbtslim.report.data.ManifestOrigin;
import io.jenkins.plugins.dbtslim.report.data.NodeRun;
import io.jenkins.plugins.dbtslim.report.data.NodeTexts;
import io.jenkins.plugins.dbtslim.report.data.ReportCause;
import io.jenkins.plugins.dbtslim.report.data.ReportCounts;
import io.jenkins.plugins.dbtslim.report.data.ReportHead;
import io.jenkins.plugins.dbtslim.report.data.ReportNode;
import io.jenkins.plugins.dbtslim.report.data.ReportReason;
import io.jenkins.plugins.dbtslim.report.data.ReportText;
import io.jenkins.plugins.dbtslim.report.data.RunCommand;
import io.jenkins.plugins.dbtslim.report.data.RunInfo;
import io.jenkins.plugins.dbtslim.report.data.RunWarning;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes the parts of a report as JSON. JsonObject that are empty are left out. Needs jackson-core only: reports are
 * made on agents.
 */
public final class ReportJsonWriter {
    private final JsonGenerator json;

    public ReportJsonWriter(JsonGenerator json) {
        this.json = json;
    }

    /** The fields of the report itself, into the object that is open. */
    public void head(ReportHead report) throws IOException {
        json.writeNumberField("format", SlimReportFile.FORMAT);
        text("project", report.project());
        text("outcome", report.outcome().key());
        counts(report.counts());
        origin("state", report.state());
        origin("current", report.current());
        run(report.run());
        json.writeObjectFieldStart("saved");
        json.writeNumberField("nodes", report.saved().nodes());
        json.writeNumberField("tests", report.saved().tests());
        json.writeNumberField("seconds", report.saved().seconds());
        json.writeNumberField("timed", report.saved().timed());
        json.writeEndObject();
        texts("advice", report.advice());
        causes(report.causes());
        DeploymentJson.write(json, report.deployment());
        inPlace(report.inPlace());
    }

    private void counts(ReportCounts counts) throws IOException {
        json.writeObjectFieldStart("counts");
        for (Map.Entry<String, Integer> count : counts.toMap().entrySet()) {
            json.writeNumberField(countField(count.getKey()), count.getValue());
        }
        json.writeEndObject();
    }

    /** {@code testsFailed} as {@code tests_failed}, and what was added as {@code new}, as pages call it. */
    static String countField(String name) {
        return name.equals("added")
                ? "new"
                : name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private void origin(String name, ManifestOrigin origin) throws IOException {
        if (origin == null) {
            return;
        }
        json.writeObjectFieldStart(name);
        Metadata metadata = origin.metadata();
        if (metadata != null) {
            json.writeNumberField("schema_version", metadata.schemaVersion());
            text("dbt_version", metadata.dbtVersion());
            text("project_name", metadata.projectName());
            text("adapter_type", metadata.adapterType());
            text("generated_at", metadata.generatedAt());
            text("invocation_id", metadata.invocationId());
        }
        text("location", origin.location());
        text("etag", origin.etag());
        text("sha256", origin.sha256());
        text("commit", origin.commit());
        json.writeEndObject();
    }

    private void run(RunInfo run) throws IOException {
        json.writeObjectFieldStart("run");
        texts("select", run.select());
        texts("exclude", run.exclude());
        text("target", run.target());
        flag("deferred", run.deferred());
        json.writeNumberField("exit_code", run.exitCode());
        json.writeNumberField("elapsed_seconds", run.elapsedSeconds());
        texts("messages", run.messages());
        if (!run.warnings().isEmpty()) {
            json.writeArrayFieldStart("warnings");
            for (RunWarning warning : run.warnings()) {
                json.writeStartObject();
                text("event", warning.event());
                text("text", warning.text());
                json.writeNumberField("count", warning.count());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        texts("arguments", run.arguments());
        json.writeObjectFieldStart("parts");
        for (Map.Entry<String, Double> part : run.parts().entrySet()) {
            json.writeNumberField(part.getKey(), part.getValue());
        }
        json.writeEndObject();
        texts("read_from_production", run.reads().production());
        texts("read_from_own", run.reads().own());
        json.writeArrayFieldStart("commands");
        for (RunCommand command : run.commands()) {
            json.writeStartObject();
            text("name", command.name());
            text("status", command.status());
            json.writeNumberField("seconds", command.seconds());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeObjectFieldStart("origin");
        for (Map.Entry<String, String> part : run.origin().texts().entrySet()) {
            text(part.getKey(), part.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private void inPlace(InPlace inPlace) throws IOException {
        if (inPlace == null) {
            return;
        }
        json.writeObjectFieldStart(InPlace.FIELD);
        texts("replaced", inPlace.replaced());
        texts("dropped", inPlace.dropped());
        json.writeArrayFieldStart("refused");
        for (Map.Entry<String, String> each : new TreeMap<>(inPlace.refused()).entrySet()) {
            json.writeStartObject();
            text("id", each.getKey());
            text("why", each.getValue());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("spared");
        for (Map.Entry<String, Double> each : new TreeMap<>(inPlace.spared()).entrySet()) {
            json.writeStartObject();
            text("id", each.getKey());
            if (each.getValue() >= 0) {
                json.writeNumberField("seconds", each.getValue());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void causes(List<ReportCause> causes) throws IOException {
        if (causes.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("causes");
        for (ReportCause cause : causes) {
            json.writeStartObject();
            text("id", cause.id());
            text("original_file_path", cause.path());
            text("change", cause.change().key());
            json.writeNumberField("nodes", cause.nodes());
            json.writeNumberField("tests", cause.tests());
            texts("macros", cause.macros());
            json.writeNumberField("macro_count", cause.macroCount());
            if (cause.input() != null) {
                json.writeObjectFieldStart("input");
                text("change", cause.input().change());
                json.writeBooleanField("sure", cause.input().sure());
                json.writeBooleanField("counts", cause.input().counts());
                json.writeEndObject();
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** The fields of a node, into the object that is open. */
    public void node(ReportNode node) throws IOException {
        text("unique_id", node.id());
        text("name", node.name());
        text("resource_type", node.type());
        text("package_name", node.packageName());
        text("original_file_path", node.path());
        text("materialized", node.materialized());
        text("group", node.group());
        text("access", node.access());
        text("change", node.change().key());
        if (!node.reasons().isEmpty()) {
            json.writeArrayFieldStart("reasons");
            for (ReportReason reason : node.reasons()) {
                json.writeStartObject();
                text("aspect", reason.aspect());
                texts("details", reason.details());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        text("former_unique_id", node.formerId());
        flag("selected", node.selected());
        if (node.run() != null) {
            nodeRun(node.run());
        }
        texts("depends_on", node.dependsOn());
        texts("cause", node.cause());
        flag("breaking", node.breaking());
        text("relation_name", node.relationName());
        if (node.exposure() != null) {
            json.writeObjectFieldStart("exposure");
            text("type", node.exposure().type());
            text("owner", node.exposure().owner());
            text("url", node.exposure().url());
            text("maturity", node.exposure().maturity());
            json.writeEndObject();
        }
        if (node.linesAdded() >= 0) {
            json.writeNumberField("lines_added", node.linesAdded());
        }
        if (node.linesRemoved() >= 0) {
            json.writeNumberField("lines_removed", node.linesRemoved());
        }
        if (node.setsOff() > 0) {
            json.writeNumberField("sets_off", node.setsOff());
        }
        text("dropped_with", node.droppedWith());
        if (node.data() != null) {
            DataJson.write(json, node.data());
        }
        if (node.sql() != null) {
            json.writeObjectFieldStart("sql");
            text("class", node.sql().kind());
            texts("added", node.sql().added());
            texts("removed", node.sql().removed());
            texts("changed", node.sql().changed());
            texts("parts", node.sql().parts());
            text("why", node.sql().why());
            text("reads", node.sql().reads());
            texts("reached", node.sql().reached());
            text("unproven", node.sql().unproven());
            json.writeEndObject();
        }
        if (node.leftBehind() != null) {
            json.writeObjectFieldStart("left_behind");
            text("relation_name", node.leftBehind().relationName());
            text("materialized", node.leftBehind().materialized());
            json.writeEndObject();
        }
    }

    private void nodeRun(NodeRun run) throws IOException {
        json.writeObjectFieldStart("run");
        text("status", run.status());
        json.writeNumberField("seconds", run.seconds());
        if (run.startedMillis() != 0) {
            json.writeNumberField("started_millis", run.startedMillis());
        }
        text("thread", run.thread());
        text("message", run.message());
        if (run.failures() != null) {
            json.writeNumberField("failures", run.failures());
        }
        if (run.rowsAffected() != null) {
            json.writeNumberField("rows_affected", run.rowsAffected());
        }
        json.writeEndObject();
    }

    /** The fields of a node's texts, into the object that is open. */
    public void texts(NodeTexts texts) throws IOException {
        text("code_before", texts.codeBefore());
        text("code_after", texts.codeAfter());
        text("compiled_code", texts.compiled());
        text("description_before", texts.descriptionBefore());
        text("description_after", texts.descriptionAfter());
        if (!texts.configs().isEmpty()) {
            json.writeArrayFieldStart("configs");
            for (NodeTexts.ConfigChange change : texts.configs()) {
                json.writeStartObject();
                text("key", change.key());
                text("before", change.before());
                text("after", change.after());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        if (!texts.columns().isEmpty()) {
            json.writeArrayFieldStart("columns");
            for (NodeTexts.ColumnChange change : texts.columns()) {
                json.writeStartObject();
                text("name", change.name());
                text("before", change.before());
                text("after", change.after());
                flag("breaking", change.breaking());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        DataJson.writeSamples(json, texts.samples());
    }

    public void seconds(Map<String, Double> seconds) throws IOException {
        json.writeObjectFieldStart("seconds");
        for (Map.Entry<String, Double> each : new TreeMap<>(seconds).entrySet()) {
            json.writeNumberField(each.getKey(), Math.round(each.getValue() * 1000) / 1000.0);
        }
        json.writeEndObject();
    }

    public void texts(String name, List<String> texts) throws IOException {
        if (!texts.isEmpty()) {
            json.writeArrayFieldStart(name);
            for (String text : texts) {
                json.writeString(text);
            }
            json.writeEndArray();
        }
    }

    private void text(String name, ReportText text) throws IOException {
        if (text != null) {
            json.writeObjectFieldStart(name);
            text("text", text.text());
            if (text.omitted() > 0) {
                json.writeNumberField("omitted", text.omitted());
            }
            json.writeEndObject();
        }
    }

    void text(String name, String text) throws IOException {
        if (text != null) {
            json.writeStringField(name, text);
        }
    }

    private void flag(String name, boolean value) throws IOException {
        if (value) {
            json.writeBooleanField(name, true);
        }
    }
}
