package io.jenkins.plugins.dbtslim.state;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.manifest.Resource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A var or environment variable that has another value than where production's nodes were built, which dbt does not see.
 *
 * @param aspect {@link Aspect#VARS} or {@link Aspect#ENV}
 * @param name of it
 * @param change such as {@code 5 → 8}; null where only digests of the values are known
 * @param sure whether its users are known to read it; else they read one whose name is not written out
 * @param counts whether it counts as a change of its users, as was asked for
 * @param users unique_ids of what reads it
 */
public record InputChange(
        Aspect aspect, String name, @CheckForNull String change, boolean sure, boolean counts, List<String> users) {
    /** Of a var; no JSON. */
    private static final String UNSET = "-";

    private static final Pattern KEYED = Pattern.compile("([0-9a-f]{8}):[0-9a-f]{24}");

    public InputChange {
        users = List.copyOf(users);
    }

    static List<InputChange> of(StateComparison comparison, StateOptions options) {
        Map<InputChange, List<String>> users = new LinkedHashMap<>();
        for (Resource now : comparison.current().resources()) {
            between(comparison.old(now), now).forEach(change -> users.computeIfAbsent(change, one -> new ArrayList<>())
                    .add(now.uniqueId()));
        }
        return users.entrySet().stream()
                .map(each -> each.getKey().usedBy(each.getValue(), options))
                .sorted(Comparator.comparingInt((InputChange change) -> -change.users.size())
                        .thenComparing(InputChange::name))
                .toList();
    }

    private InputChange usedBy(List<String> ids, StateOptions options) {
        return new InputChange(
                aspect, name, change, sure, options.alsoChanged(aspect.name().toLowerCase(Locale.ROOT)), ids);
    }

    /** Those of one resource, without users; none where one of the two is not there. */
    static Stream<InputChange> between(@CheckForNull Resource old, Resource now) {
        return old == null
                ? Stream.empty()
                : now.inputs().entrySet().stream()
                        .filter(input -> !input.getKey().equals(TargetChange.NOTE))
                        .filter(input -> differ(old.inputs().get(input.getKey()), input.getValue()))
                        .map(input -> of(input.getKey(), old.inputs().get(input.getKey()), input.getValue()));
    }

    private static InputChange of(String key, String then, String now) {
        int blank = key.indexOf(' ');
        String kind = key.substring(0, Math.max(0, blank));
        return new InputChange(
                kind.startsWith("env") ? Aspect.ENV : Aspect.VARS,
                key.substring(blank + 1),
                KEYED.matcher(now).matches() ? null : shown(then) + " → " + shown(now),
                !kind.endsWith("?"),
                false,
                List.of());
    }

    /** What cannot be compared is not known to differ: that of another key, or of none. */
    private static boolean differ(String then, String now) {
        if (then == null || now == null || then.isEmpty() || now.isEmpty() || then.equals(now)) {
            return false;
        }
        Matcher before = KEYED.matcher(then);
        Matcher after = KEYED.matcher(now);
        return before.matches() ? after.matches() && before.group(1).equals(after.group(1)) : !after.matches();
    }

    private static String shown(String value) {
        if (value.equals(UNSET)) {
            return "not set";
        }
        return value.startsWith("#") ? "a long value" : value;
    }

    /** Such as {@code min_qty: 5 → 8}. */
    @Override
    public String toString() {
        return name + ": " + (change == null ? "another value" : change) + (sure ? "" : " (may be used)");
    }
}
