package io.jenkins.plugins.dbtslim.report.file;

import com.fasterxml.jackson.core.JsonGenerator;
import io.jenkins.plugins.dbtslim.dbt.result.DataDifference;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** What a build did to data as JSON, by the names that the driver gives; read by {@link DataDifference} itself. */
final class DataJson {
    private DataJson() {}

    static void write(JsonGenerator json, DataDifference data) throws IOException {
        ReportJsonWriter writer = new ReportJsonWriter(json);
        json.writeObjectFieldStart("data");
        writer.text("problem", data.problem());
        number(json, "rows", data.rows());
        number(json, "rows_before", data.rowsBefore());
        writer.texts("key", data.key());
        number(json, "added", data.added());
        number(json, "removed", data.removed());
        number(json, "changed", data.changed());
        json.writeObjectFieldStart("columns");
        for (Map.Entry<String, Long> column : data.columns().entrySet()) {
            json.writeNumberField(column.getKey(), column.getValue());
        }
        json.writeEndObject();
        writer.texts("columns_added", data.columnsAdded());
        writer.texts("columns_removed", data.columnsRemoved());
        writer.texts("not_compared", data.notCompared());
        json.writeNumberField("sampled", data.sampled());
        json.writeEndObject();
    }

    static void writeSamples(JsonGenerator json, List<DataDifference.Sample> samples) throws IOException {
        if (samples.isEmpty()) {
            return;
        }
        ReportJsonWriter writer = new ReportJsonWriter(json);
        json.writeArrayFieldStart("samples");
        for (DataDifference.Sample sample : samples) {
            json.writeStartObject();
            writer.texts("key", sample.key());
            json.writeArrayFieldStart("changes");
            for (DataDifference.Value value : sample.changes()) {
                json.writeStartObject();
                writer.text("column", value.column());
                writer.text("before", value.before());
                writer.text("after", value.after());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void number(JsonGenerator json, String name, long number) throws IOException {
        if (number >= 0) {
            json.writeNumberField(name, number);
        }
    }
}
