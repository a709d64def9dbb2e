package io.jenkins.plugins.dbtslim.report.file;

import com.fasterxml.jackson.core.JsonGenerator;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.dbt.result.InPlace;
import io.jenkins.plugins.dbtslim.manifest.Metadata;
import io.jenkins.plugins.dbtslim.report.data.ManifestOrigin;
import io.jenkins.plugins.dbtslim.report.data.NodeTexts;
import io.jenkins.plugins.dbtslim.report.data.ReportCause;
import io.jenkins.plugins.dbtslim.report.data.ReportHead;
import io.jenkins.plugins.dbtslim.report.data.ReportText;
import io.jenkins.plugins.dbtslim.report.data.RunInfo;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes the parts of a report as JSON. Fields that are empty are left out. Needs jackson-core only: reports are
 * made on agents.
 */
public final class ReportJsonWriter {
    private final JsonGenerator json;

    public ReportJsonWriter(JsonGenerator json) {
        this.json = json;
    }

    /** The fields of the report itself, into the object that is open. */
    public void head(ReportHead report) throws IOException {
        number("format", SlimReportFile.FORMAT);
        text("project", report.project());
        text("outcome", report.outcome().key());
        Map<String, Integer> counts = new LinkedHashMap<>();
        report.counts().toMap().forEach((name, number) -> counts.put(countField(name), number));
        numbers("counts", counts);
        origin("state", report.state());
        origin("current", report.current());
        run(report.run());
        start("saved");
        number("nodes", report.saved().nodes());
        number("tests", report.saved().tests());
        number("seconds", report.saved().seconds());
        number("timed", report.saved().timed());
        end();
        texts("advice", report.advice());
        objects("causes", report.causes(), this::cause);
        DeploymentJson.write(this, report.deployment());
        inPlace(report.inPlace());
    }

    /** {@code testsFailed} as {@code tests_failed}, and what was added as {@code new}, as pages call it. */
    static String countField(String name) {
        return name.equals("added") ? "new" : name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private void origin(String name, ManifestOrigin origin) throws IOException {
        if (origin == null) {
            return;
        }
        start(name);
        Metadata metadata = origin.metadata();
        if (metadata != null) {
            number("schema_version", metadata.schemaVersion());
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
        end();
    }

    private void run(RunInfo run) throws IOException {
        start("run");
        texts("select", run.select());
        texts("exclude", run.exclude());
        text("target", run.target());
        flag("deferred", run.deferred());
        number("exit_code", run.exitCode());
        number("elapsed_seconds", run.elapsedSeconds());
        texts("messages", run.messages());
        objects("warnings", run.warnings(), warning -> {
            text("event", warning.event());
            text("text", warning.text());
            number("count", warning.count());
        });
        texts("arguments", run.arguments());
        numbers("parts", run.parts());
        texts("read_from_production", run.reads().production());
        texts("read_from_own", run.reads().own());
        array("commands", run.commands(), command -> {
            text("name", command.name());
            text("status", command.status());
            number("seconds", command.seconds());
        });
        start("origin");
        for (Map.Entry<String, String> part : run.origin().texts().entrySet()) {
            text(part.getKey(), part.getValue());
        }
        end();
        end();
    }

    private void inPlace(InPlace inPlace) throws IOException {
        if (inPlace == null) {
            return;
        }
        start(InPlace.FIELD);
        texts("replaced", inPlace.replaced());
        texts("dropped", inPlace.dropped());
        array("refused", new TreeMap<>(inPlace.refused()).entrySet(), each -> {
            text("id", each.getKey());
            text("why", each.getValue());
        });
        array("spared", new TreeMap<>(inPlace.spared()).entrySet(), each -> {
            text("id", each.getKey());
            number("seconds", each.getValue() < 0 ? null : each.getValue());
        });
        end();
    }

    private void cause(ReportCause cause) throws IOException {
        text("id", cause.id());
        text("original_file_path", cause.path());
        text("change", cause.change().key());
        number("nodes", cause.nodes());
        number("tests", cause.tests());
        texts("macros", cause.macros());
        number("macro_count", cause.macroCount());
        if (cause.input() != null) {
            start("input");
            text("change", cause.input().change());
            json.writeBooleanField("sure", cause.input().sure());
            json.writeBooleanField("counts", cause.input().counts());
            end();
        }
    }

    /** The fields of a node's texts, into the object that is open. */
    public void texts(NodeTexts texts) throws IOException {
        text("code_before", texts.codeBefore());
        text("code_after", texts.codeAfter());
        text("compiled_code", texts.compiled());
        text("description_before", texts.descriptionBefore());
        text("description_after", texts.descriptionAfter());
        objects("configs", texts.configs(), change -> {
            text("key", change.key());
            text("before", change.before());
            text("after", change.after());
        });
        objects("columns", texts.columns(), change -> {
            text("name", change.name());
            text("before", change.before());
            text("after", change.after());
            flag("breaking", change.breaking());
        });
        DataJson.writeSamples(this, texts.samples());
    }

    public void seconds(Map<String, Double> seconds) throws IOException {
        Map<String, Double> rounded = new TreeMap<>(seconds);
        rounded.replaceAll((id, each) -> Math.round(each * 1000) / 1000.0);
        numbers("seconds", rounded);
    }

    private void text(String name, ReportText text) throws IOException {
        if (text != null) {
            start(name);
            text("text", text.text());
            number("omitted", text.omitted() > 0 ? text.omitted() : null);
            end();
        }
    }

    /** Opens an object. */
    void start(String name) throws IOException {
        json.writeObjectFieldStart(name);
    }

    /** Closes it. */
    void end() throws IOException {
        json.writeEndObject();
    }

    void text(String name, String text) throws IOException {
        if (text != null) {
            json.writeStringField(name, text);
        }
    }

    public void texts(String name, List<String> texts) throws IOException {
        if (!texts.isEmpty()) {
            json.writeFieldName(name);
            json.writeArray(texts.toArray(String[]::new), 0, texts.size());
        }
    }

    void flag(String name, boolean value) throws IOException {
        if (value) {
            json.writeBooleanField(name, true);
        }
    }

    void number(String name, @CheckForNull Number number) throws IOException {
        if (number instanceof Double decimal) {
            json.writeNumberField(name, decimal);
        } else if (number != null) {
            json.writeNumberField(name, number.longValue());
        }
    }

    void numbers(String name, Map<String, ? extends Number> numbers) throws IOException {
        start(name);
        for (Map.Entry<String, ? extends Number> each : numbers.entrySet()) {
            number(each.getKey(), each.getValue());
        }
        end();
    }

    /** Writes the fields of a part. */
    interface Fields<T> {
        void write(T part) throws IOException;
    }

    /** Objects in an array, which is left out where there are none. */
    <T> void objects(String name, Collection<T> parts, Fields<T> fields) throws IOException {
        if (!parts.isEmpty()) {
            array(name, parts, fields);
        }
    }

    /** The same with an array that is always there. */
    <T> void array(String name, Collection<T> parts, Fields<T> fields) throws IOException {
        json.writeArrayFieldStart(name);
        for (T part : parts) {
            json.writeStartObject();
            fields.write(part);
            end();
        }
        json.writeEndArray();
    }
}
