package io.jenkins.plugins.dbtslim.dbt.result;

import io.jenkins.plugins.dbtslim.io.JsonObject;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What a change of a model's SQL does to its columns and rows, as far as the trees of both statements prove it.
 *
 * @param uniqueId of the model
 * @param kind {@code formatting}, {@code adds_columns}, {@code columns}, {@code rows} or {@code unknown}
 * @param added columns; likewise removed and changed
 * @param parts of the statement that differ, for {@code rows}: {@code filter}, {@code join}, {@code grouping}, …
 * @param why nothing is proven, for {@code unknown}; null otherwise
 */
public record SqlChange(
        String uniqueId,
        String kind,
        List<String> added,
        List<String> removed,
        List<String> changed,
        List<String> parts,
        String why) {
    public SqlChange {
        added = List.copyOf(added);
        removed = List.copyOf(removed);
        changed = List.copyOf(changed);
        parts = List.copyOf(parts);
    }

    /** Reads what the driver, or a report, wrote of one. */
    public static SqlChange of(String id, JsonObject json) {
        return new SqlChange(
                id,
                json.text("class", "unknown"),
                json.texts("added"),
                json.texts("removed"),
                json.texts("changed"),
                json.texts("parts"),
                json.text("why"));
    }

    /** The same with every text masked. */
    public SqlChange masked(UnaryOperator<String> mask) {
        return new SqlChange(
                uniqueId,
                kind,
                added.stream().map(mask).toList(),
                removed.stream().map(mask).toList(),
                changed.stream().map(mask).toList(),
                parts.stream().map(mask).toList(),
                why == null ? null : mask.apply(why));
    }

    /** Whether all that reads from the model gets what it got before. */
    public boolean isHarmless() {
        return kind.equals("formatting") || kind.equals("adds_columns");
    }
}
