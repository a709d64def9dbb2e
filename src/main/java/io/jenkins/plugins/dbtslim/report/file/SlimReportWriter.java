package io.jenkins.plugins.dbtslim.report.file;

import com.fasterxml.jackson.core.JsonGenerator;
import io.jenkins.plugins.dbtslim.io.JsonObject;
import io.jenkins.plugins.dbtslim.report.data.ReportNode;
import io.jenkins.plugins.dbtslim.report.data.ReportSource;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes the entries of a report's file: see {@link SlimReportFile}. */
final class SlimReportWriter {
    private static final int BLOCK = 256 * 1024;

    private SlimReportWriter() {}

    /** Writes a report into a stream, which is left open. */
    static void write(OutputStream out, ReportSource source) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        entry(zip, "report.json", json -> {
            json.writeStartObject();
            new ReportJsonWriter(json).head(source.head());
            json.writeEndObject();
        });
        entry(zip, "nodes.json", json -> {
            json.writeStartArray();
            for (ReportNode node : source.report().nodes()) {
                json.writeStartObject();
                NodeJson.write(new ReportJsonWriter(json), node);
                json.writeEndObject();
            }
            json.writeEndArray();
        });
        entry(zip, "not-rebuilt.json", json -> {
            json.writeStartObject();
            new ReportJsonWriter(json).texts("ids", source.notRebuilt());
            json.writeEndObject();
        });
        entry(zip, "seconds.json", json -> {
            json.writeStartObject();
            new ReportJsonWriter(json).seconds(source.lastSeconds());
            json.writeEndObject();
        });
        TextBlocks.write(source, BLOCK, (name, content) -> entry(zip, name, content));
        zip.finish();
    }

    /** Writes JSON. */
    @FunctionalInterface
    interface JsonContent {
        void writeTo(JsonGenerator json) throws IOException;
    }

    private static void entry(ZipOutputStream zip, String name, JsonContent content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(0);
        zip.putNextEntry(entry);
        try (JsonGenerator json = JsonObject.JSON.createGenerator(zip)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            content.writeTo(json);
        }
        zip.closeEntry();
    }
}
