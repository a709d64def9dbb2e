package io.jenkins.plugins.dbtslim.report.file;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.dbt.result.DataDifference;
import java.io.IOException;
import java.util.List;

/** What a build did to data as JSON, by the names that the driver gives; read by {@link DataDifference} itself. */
final class DataJson {
    private DataJson() {}

    static void write(ReportJsonWriter json, DataDifference data) throws IOException {
        json.text("problem", data.problem());
        json.number("rows", known(data.rows()));
        json.number("rows_before", known(data.rowsBefore()));
        json.texts("key", data.key());
        json.number("added", known(data.added()));
        json.number("removed", known(data.removed()));
        json.number("changed", known(data.changed()));
        json.numbers("columns", data.columns());
        json.texts("columns_added", data.columnsAdded());
        json.texts("columns_removed", data.columnsRemoved());
        json.texts("not_compared", data.notCompared());
        json.number("sampled", data.sampled());
    }

    static void writeSamples(ReportJsonWriter json, List<DataDifference.Sample> samples) throws IOException {
        json.objects("samples", samples, sample -> {
            json.texts("key", sample.key());
            json.array("changes", sample.changes(), value -> {
                json.text("column", value.column());
                json.text("before", value.before());
                json.text("after", value.after());
            });
        });
    }

    @CheckForNull
    private static Long known(long number) {
        return number < 0 ? null : (Long) number;
    }
}
