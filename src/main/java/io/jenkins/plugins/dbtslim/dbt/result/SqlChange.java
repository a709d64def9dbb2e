package io.jenkins.plugins.dbtslim.dbt.result;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.io.JsonObject;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What a change of a model's SQL does to its columns and rows, and what a node reads of all that changed above it, as
 * far as the trees of the statements prove it.
 *
 * @param uniqueId of the node
 * @param kind {@code same}, {@code formatting}, {@code adds_columns}, {@code columns}, {@code rows} or {@code unknown};
 *     null where its own SQL is not what changed
 * @param added columns; likewise removed and changed
 * @param parts of the statement that differ, for {@code rows}: {@code filter}, {@code join}, {@code grouping}, …
 * @param why nothing is proven, for {@code unknown}; null otherwise
 * @param reads {@code none} where nothing that changed can reach it, {@code columns}, {@code all} or {@code unknown};
 *     null where that was not looked at
 * @param reached its own columns that may differ, for {@code columns}
 * @param unproven why it is not known what it reads; null otherwise
 */
public record SqlChange(
        String uniqueId,
        @CheckForNull String kind,
        List<String> added,
        List<String> removed,
        List<String> changed,
        List<String> parts,
        @CheckForNull String why,
        @CheckForNull String reads,
        List<String> reached,
        @CheckForNull String unproven) {
    public SqlChange {
        added = List.copyOf(added);
        removed = List.copyOf(removed);
        changed = List.copyOf(changed);
        parts = List.copyOf(parts);
        reached = List.copyOf(reached);
    }

    /** Reads what the driver, or a report, wrote of one. */
    public static SqlChange of(String id, JsonObject json) {
        return new SqlChange(
                id,
                json.text("class"),
                json.texts("added"),
                json.texts("removed"),
                json.texts("changed"),
                json.texts("parts"),
                json.text("why"),
                json.text("reads"),
                json.texts("reached"),
                json.text("unproven"));
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
                why == null ? null : mask.apply(why),
                reads,
                reached.stream().map(mask).toList(),
                unproven == null ? null : mask.apply(unproven));
    }

    /** Whether something that changed is known to reach it. */
    public boolean isReached() {
        return "columns".equals(reads) || "all".equals(reads);
    }

    /** Whether nothing that changed can reach it. */
    public boolean isUnreached() {
        return "none".equals(reads);
    }
}
