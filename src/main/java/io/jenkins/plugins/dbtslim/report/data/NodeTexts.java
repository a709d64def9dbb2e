package io.jenkins.plugins.dbtslim.report.data;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.dbt.result.DataDifference;
import java.util.List;

/**
 * What one node says before and after the change. Any text may be null: not there, or not changed.
 *
 * @param id dbt's unique_id
 * @param codeBefore source in production
 * @param codeAfter source now
 * @param compiled compiled SQL, kept for nodes that failed
 * @param samples rows that changed
 */
public record NodeTexts(
        String id,
        ReportText codeBefore,
        ReportText codeAfter,
        ReportText compiled,
        ReportText descriptionBefore,
        ReportText descriptionAfter,
        List<ConfigChange> configs,
        List<ColumnChange> columns,
        List<DataDifference.Sample> samples) {
    /** One config key; a value that is null is not set there. */
    public record ConfigChange(String key, String before, String after) {}

    /**
     * One column of a contract, as {@code type constraints}.
     *
     * @param before null if the column is new
     * @param after null if the column is gone
     * @param breaking whether that breaks those who use the model
     */
    public record ColumnChange(
            String name,
            @CheckForNull String before,
            @CheckForNull String after,
            boolean breaking) {}

    public NodeTexts {
        configs = List.copyOf(configs);
        columns = List.copyOf(columns);
        samples = List.copyOf(samples);
    }

    /** Texts without rows. */
    public NodeTexts(
            String id,
            ReportText codeBefore,
            ReportText codeAfter,
            ReportText compiled,
            ReportText descriptionBefore,
            ReportText descriptionAfter,
            List<ConfigChange> configs,
            List<ColumnChange> columns) {
        this(id, codeBefore, codeAfter, compiled, descriptionBefore, descriptionAfter, configs, columns, List.of());
    }

    /** The same with rows that changed. */
    public NodeTexts with(List<DataDifference.Sample> rows) {
        return new NodeTexts(
                id, codeBefore, codeAfter, compiled, descriptionBefore, descriptionAfter, configs, columns, rows);
    }

    public static NodeTexts ofCode(String id, String before, String after) {
        return new NodeTexts(id, ReportText.of(before), ReportText.of(after), null, null, null, List.of(), List.of());
    }

    /** Characters of all texts together, roughly: what a block of texts is measured by. */
    public int size() {
        int size = 200 + length(codeBefore) + length(codeAfter) + length(compiled);
        return size
                + length(descriptionBefore)
                + length(descriptionAfter)
                + 100 * (configs.size() + columns.size())
                + 500 * samples.size();
    }

    private static int length(ReportText text) {
        return text == null ? 0 : text.text().length();
    }
}
