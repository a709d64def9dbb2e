package io.jenkins.plugins.dbtslim.report.make;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.manifest.ResourceText;
import io.jenkins.plugins.dbtslim.report.data.DisplayText;
import io.jenkins.plugins.dbtslim.report.data.NodeTexts;
import io.jenkins.plugins.dbtslim.report.data.ReportText;
import io.jenkins.plugins.dbtslim.state.BreakingChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** Puts the texts of a resource before and after the change side by side, as far as they differ. */
final class TextChanges {
    private static final int LONGEST_VALUE = 2000;
    private static final int MOST_ENTRIES = 500;

    private final UnaryOperator<String> mask;

    /**
     * @param mask takes secrets out of a text
     */
    TextChanges(UnaryOperator<String> mask) {
        this.mask = mask;
    }

    /**
     * Compares.
     *
     * @param before null for a new resource
     * @param after null for a removed one
     * @param contract whether columns are compared
     * @param breaking which of them break those who use the model, as dbt judges; null for none
     * @param failed whether the compiled SQL is of interest
     * @return null if there is nothing to show
     */
    @CheckForNull
    NodeTexts of(
            String id,
            ResourceText before,
            ResourceText after,
            boolean contract,
            BreakingChange breaking,
            boolean failed) {
        String oldCode = before == null ? null : before.rawCode();
        String newCode = after == null ? null : after.rawCode();
        boolean code = !Objects.equals(oldCode, newCode);
        String oldWords = before == null ? null : before.description();
        String newWords = after == null ? null : after.description();
        boolean words = before != null && after != null && !Objects.equals(oldWords, newWords);
        NodeTexts texts = new NodeTexts(
                id,
                code ? text(oldCode) : null,
                code ? text(newCode) : null,
                failed && after != null ? text(after.compiledCode()) : null,
                words ? text(oldWords) : null,
                words ? text(newWords) : null,
                before == null || after == null ? List.of() : configs(before, after),
                contract && before != null && after != null ? columns(before, after, breaking) : List.of());
        boolean empty = texts.codeBefore() == null && texts.codeAfter() == null && texts.compiled() == null;
        empty &= texts.descriptionBefore() == null && texts.descriptionAfter() == null;
        return empty && texts.configs().isEmpty() && texts.columns().isEmpty() ? null : texts;
    }

    /** The code alone; null if there is nothing to show. */
    @CheckForNull
    NodeTexts ofCode(String id, ResourceText before, ResourceText after) {
        ReportText old = before == null ? null : text(before.rawCode());
        ReportText now = after == null ? null : text(after.rawCode());
        return old == null && now == null ? null : new NodeTexts(id, old, now, null, null, null, List.of(), List.of());
    }

    private ReportText text(String text) {
        return text == null || text.isEmpty() ? null : ReportText.of(mask.apply(text));
    }

    /**
     * Keys of the unrendered config, which is what dbt compares, or of the rendered one in manifests that have no
     * other.
     */
    private List<NodeTexts.ConfigChange> configs(ResourceText before, ResourceText after) {
        String which = before.map("unrendered_config").isEmpty()
                        && after.map("unrendered_config").isEmpty()
                ? "config"
                : "unrendered_config";
        Map<String, String> old = values(before.map(which));
        Map<String, String> now = values(after.map(which));
        TreeSet<String> keys = new TreeSet<>(old.keySet());
        keys.addAll(now.keySet());
        return keys.stream()
                .filter(key -> !Objects.equals(old.get(key), now.get(key)))
                .limit(MOST_ENTRIES)
                .map(key -> new NodeTexts.ConfigChange(key, old.get(key), now.get(key)))
                .toList();
    }

    private Map<String, String> values(Map<?, ?> map) {
        Map<String, String> values = new TreeMap<>();
        map.forEach((key, value) ->
                values.put(String.valueOf(key), DisplayText.cut(mask.apply(String.valueOf(value)), LONGEST_VALUE)));
        return values;
    }

    private List<NodeTexts.ColumnChange> columns(ResourceText before, ResourceText after, BreakingChange breaking) {
        TreeSet<String> names = new TreeSet<>(before.columns().keySet());
        names.addAll(after.columns().keySet());
        List<NodeTexts.ColumnChange> changes = new ArrayList<>();
        for (String name : names) {
            String old = column(before.columns().get(name));
            String now = column(after.columns().get(name));
            if (!Objects.equals(old, now) && changes.size() < MOST_ENTRIES) {
                ResourceText.Column column = before.columns().get(name);
                boolean breaks = breaking != null && column != null && breaking.breaks(column.name());
                changes.add(new NodeTexts.ColumnChange(name, old, now, breaks));
            }
        }
        return changes;
    }

    private static String column(ResourceText.Column column) {
        if (column == null) {
            return null;
        }
        StringBuilder text = new StringBuilder(String.valueOf(column.dataType()));
        for (Object constraint : column.constraints()) {
            Object type = constraint instanceof Map<?, ?> map ? map.get("type") : constraint;
            text.append(' ').append(type);
        }
        return DisplayText.cut(text.toString(), LONGEST_VALUE);
    }
}
