package io.jenkins.plugins.dbtslim.report.export;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.jenkins.plugins.dbtslim.io.JsonObject;
import io.jenkins.plugins.dbtslim.report.data.BuiltReport;
import io.jenkins.plugins.dbtslim.report.data.NodeTexts;
import io.jenkins.plugins.dbtslim.report.data.ReportCause;
import io.jenkins.plugins.dbtslim.report.data.ReportException;
import io.jenkins.plugins.dbtslim.report.data.ReportHead;
import io.jenkins.plugins.dbtslim.report.data.ReportNode;
import io.jenkins.plugins.dbtslim.report.data.ReportSource;
import io.jenkins.plugins.dbtslim.report.data.SlimReport;
import io.jenkins.plugins.dbtslim.report.file.NodeJson;
import io.jenkins.plugins.dbtslim.report.file.ReportJsonReader;
import io.jenkins.plugins.dbtslim.report.file.ReportJsonWriter;
import io.jenkins.plugins.dbtslim.report.file.SlimReportFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A whole report as one JSON document, for other tools: the fields of the head, {@code nodes} (each with its
 * {@code texts}), {@code not_rebuilt} and the last {@code seconds} known of each node. Names are dbt's own where dbt
 * has one.
 */
public final class JsonReport {
    private JsonReport() {}

    /** Writes the document in UTF-8 with a line break at its end; the stream is left open. */
    public static void write(OutputStream out, ReportSource source) throws IOException {
        try (JsonGenerator json = JsonObject.JSON.createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.useDefaultPrettyPrinter();
            ReportJsonWriter writer = new ReportJsonWriter(json);
            json.writeStartObject();
            writer.head(source.head());
            json.writeArrayFieldStart("nodes");
            for (ReportNode node : source.report().nodes()) {
                json.writeStartObject();
                NodeJson.write(writer, node);
                NodeTexts texts = source.texts(node.id());
                if (texts != null) {
                    json.writeObjectFieldStart("texts");
                    writer.texts(texts);
                    json.writeEndObject();
                }
                json.writeEndObject();
            }
            json.writeEndArray();
            causes(json, source);
            writer.texts("not_rebuilt", source.notRebuilt());
            writer.seconds(source.lastSeconds());
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    /** The texts of the causes, by their ids: the causes themselves are a part of the head. */
    private static void causes(JsonGenerator json, ReportSource source) throws IOException {
        json.writeArrayFieldStart("cause_texts");
        for (ReportCause cause : source.head().causes()) {
            NodeTexts texts = source.texts(cause.id());
            if (texts != null) {
                json.writeStartObject();
                json.writeStringField("id", cause.id());
                new ReportJsonWriter(json).texts(texts);
                json.writeEndObject();
            }
        }
        json.writeEndArray();
    }

    /** Reads a document that {@link #write} made. */
    public static BuiltReport read(Path file) throws IOException {
        try {
            return read(file, JsonObject.read(file));
        } catch (StreamConstraintsException e) {
            throw new ReportException(
                    file + " is too big to be read as JSON: use the report that \"--report\" wrote instead.", e);
        } catch (JsonProcessingException e) {
            throw new ReportException(file + " is neither a dbt-slim report nor its JSON: make it again.", e);
        }
    }

    private static BuiltReport read(Path file, JsonObject json) throws IOException {
        int format = json.number("format", 0);
        if (format < 1 || format > SlimReportFile.FORMAT) {
            throw new ReportException(file + " is not a dbt-slim report of format " + SlimReportFile.FORMAT
                    + " or older: make it again with this version.");
        }
        List<ReportNode> nodes = new ArrayList<>();
        Map<String, NodeTexts> texts = new HashMap<>();
        for (JsonObject each : json.objects("nodes")) {
            ReportNode node = NodeJson.read(each);
            nodes.add(node);
            if (each.has("texts")) {
                texts.put(node.id(), ReportJsonReader.texts(node.id(), each.object("texts")));
            }
        }
        for (JsonObject each : json.objects("cause_texts")) {
            texts.put(each.text("id", ""), ReportJsonReader.texts(each.text("id", ""), each));
        }
        ReportHead head = ReportJsonReader.head(json).counting(nodes);
        return new BuiltReport(
                new SlimReport(head, nodes),
                texts,
                json.texts("not_rebuilt"),
                json.object("seconds").decimals());
    }

    /** Opens a report in either form: the file of a build, or JSON. */
    public static ReportSource open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new ReportException(
                    "There is no report at " + file + ": make one with \"dbt-slim build --report FILE\".");
        }
        return SlimReportFile.looksLikeReport(file) ? SlimReportFile.open(file) : read(file);
    }
}
