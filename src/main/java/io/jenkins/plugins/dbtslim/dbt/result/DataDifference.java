package io.jenkins.plugins.dbtslim.dbt.result;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.io.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What a build did to the data of one model: its rows beside those of production, as the database counted them.
 *
 * @param uniqueId of the model
 * @param problem why it was not compared, or not by row, in a sentence; null if it was
 * @param rows of the build's relation, or -1 if unknown
 * @param rowsBefore of production's, or -1 if unknown
 * @param key columns by which rows were found again; empty where none is known: then a row that changed is one added and
 *     one removed
 * @param added rows that only the build has, or -1 if unknown
 * @param removed rows that only production has, or -1 if unknown
 * @param changed rows with other values, or -1 where no key tells
 * @param columns changed rows by column, of those that have any
 * @param columnsAdded columns that only the build has
 * @param columnsRemoved columns that only production has
 * @param notCompared what of the columns was left out, and why
 * @param sampled rows of production that were compared, where there are more; 0 where all were
 * @param samples some rows that changed; empty where they are not wanted
 */
public record DataDifference(
        String uniqueId,
        @CheckForNull String problem,
        long rows,
        long rowsBefore,
        List<String> key,
        long added,
        long removed,
        long changed,
        Map<String, Long> columns,
        List<String> columnsAdded,
        List<String> columnsRemoved,
        List<String> notCompared,
        long sampled,
        List<Sample> samples) {
    /** Kept of lists of columns. */
    private static final int COLUMNS = 300;

    public DataDifference {
        key = List.copyOf(key);
        columns = new LinkedHashMap<>(columns);
        columnsAdded = first(columnsAdded);
        columnsRemoved = first(columnsRemoved);
        notCompared = first(notCompared);
        samples = List.copyOf(samples);
    }

    /**
     * A row that changed.
     *
     * @param key its values of the key's columns
     */
    public record Sample(List<String> key, List<Value> changes) {
        public Sample {
            key = List.copyOf(key);
            changes = List.copyOf(changes);
        }
    }

    /** One value of a row; null is null in the database. */
    public record Value(String column, String before, String after) {}

    /** Whether rows were compared. */
    public boolean isCompared() {
        return added >= 0;
    }

    /** Whether any row or column differs. */
    public boolean isDifferent() {
        return added > 0 || removed > 0 || changed > 0 || !columnsAdded.isEmpty() || !columnsRemoved.isEmpty();
    }

    /** The same without the rows, which not everybody may see. */
    public DataDifference withoutSamples() {
        return with(uniqueId, List.of(), UnaryOperator.identity());
    }

    /** The same with every text masked. */
    public DataDifference masked(UnaryOperator<String> mask) {
        List<Sample> masked = new ArrayList<>();
        for (Sample sample : samples) {
            masked.add(new Sample(
                    sample.key().stream().map(mask).toList(),
                    sample.changes().stream()
                            .map(value -> new Value(
                                    mask.apply(value.column()), mask.apply(value.before()), mask.apply(value.after())))
                            .toList()));
        }
        return with(uniqueId, masked, mask);
    }

    private DataDifference with(String id, List<Sample> rowsShown, UnaryOperator<String> mask) {
        Map<String, Long> names = new LinkedHashMap<>();
        columns.forEach((name, count) -> names.put(mask.apply(name), count));
        return new DataDifference(
                id,
                mask.apply(problem),
                rows,
                rowsBefore,
                key.stream().map(mask).toList(),
                added,
                removed,
                changed,
                names,
                columnsAdded.stream().map(mask).toList(),
                columnsRemoved.stream().map(mask).toList(),
                notCompared.stream().map(mask).toList(),
                sampled,
                rowsShown);
    }

    /** Reads what the driver, or a report, wrote of one. */
    public static DataDifference of(String id, JsonObject json) {
        Map<String, Long> columns = new LinkedHashMap<>();
        json.object("columns").decimals().forEach((name, count) -> columns.put(name, count.longValue()));
        return new DataDifference(
                id,
                json.text("problem"),
                number(json, "rows"),
                number(json, "rows_before"),
                json.texts("key"),
                number(json, "added"),
                number(json, "removed"),
                number(json, "changed"),
                columns,
                json.texts("columns_added"),
                json.texts("columns_removed"),
                json.texts("not_compared"),
                Math.max(0, number(json, "sampled")),
                samples(json));
    }

    /** Reads the rows alone. */
    public static List<Sample> samples(JsonObject json) {
        List<Sample> samples = new ArrayList<>();
        for (JsonObject sample : json.objects("samples")) {
            samples.add(new Sample(
                    sample.texts("key"),
                    sample.objects("changes").stream()
                            .map(each -> new Value(each.text("column", ""), each.text("before"), each.text("after")))
                            .toList()));
        }
        return samples;
    }

    private static long number(JsonObject json, String name) {
        Long number = json.number(name);
        return number == null ? -1 : number;
    }

    private static List<String> first(List<String> names) {
        return List.copyOf(names.subList(0, Math.min(COLUMNS, names.size())));
    }
}
