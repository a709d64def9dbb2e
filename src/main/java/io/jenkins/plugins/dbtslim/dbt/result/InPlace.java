package io.jenkins.plugins.dbtslim.dbt.result;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.io.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What of a build Materialize replaced in place, and what came of the rest, where that was asked for.
 *
 * @param replaced unique_ids of those that were put in place
 * @param dropped unique_ids of those whose replacements were made and not put in place
 * @param refused why each of the others was built as usual, by unique_id
 * @param spared seconds that each node and test took when it ran last, by the unique_id of what was not set off; -1 where
 *     nobody knows
 */
public record InPlace(
        List<String> replaced, List<String> dropped, Map<String, String> refused, Map<String, Double> spared) {
    /** Name of the object in the driver's outcome and in reports. */
    public static final String FIELD = "in_place";

    public InPlace {
        replaced = List.copyOf(replaced);
        dropped = List.copyOf(dropped);
        refused = Map.copyOf(refused);
        spared = Map.copyOf(spared);
    }

    /** Reads what the driver, or a report, wrote; null where nothing was to be replaced. */
    @CheckForNull
    public static InPlace in(JsonObject json) {
        if (!json.has(FIELD)) {
            return null;
        }
        JsonObject fields = json.object(FIELD);
        Map<String, String> refused = new LinkedHashMap<>();
        fields.objects("refused").forEach(each -> refused.put(each.text("id", ""), each.text("why", "")));
        Map<String, Double> spared = new LinkedHashMap<>();
        fields.objects("spared").forEach(each -> spared.put(each.text("id", ""), each.decimal("seconds", -1)));
        return new InPlace(fields.texts("replaced"), fields.texts("dropped"), refused, spared);
    }

    /** With what is known of former runs, and with the database's words masked. */
    public InPlace told(Map<String, Double> formerSeconds, UnaryOperator<String> mask) {
        Map<String, String> why = new LinkedHashMap<>(refused);
        why.replaceAll((id, text) -> mask.apply(text));
        Map<String, Double> seconds = new LinkedHashMap<>(spared);
        seconds.replaceAll((id, last) -> formerSeconds.getOrDefault(id, last));
        return new InPlace(replaced, dropped, why, seconds);
    }

    /** Whether this is the unique_id of a test. */
    public static boolean isTest(String id) {
        return id.startsWith("test.") || id.startsWith("unit_test.");
    }

    /** How long all that was not set off took when it ran last, as far as that is known. */
    public double sparedSeconds() {
        return spared.values().stream()
                .filter(last -> last >= 0)
                .mapToDouble(last -> last)
                .sum();
    }
}
