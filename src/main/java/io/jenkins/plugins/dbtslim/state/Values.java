package io.jenkins.plugins.dbtslim.state;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Values as a reader of a report sees them: JSON-like, on one line, not too long. */
final class Values {
    static final String ABSENT = "(absent)";
    private static final int LONGEST = 300;

    private Values() {}

    static String change(Object before, Object after) {
        return text(before) + " → " + text(after);
    }

    static String text(Object value) {
        String text = value instanceof String s ? s : json(value);
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }

    private static String json(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> entry.getKey() + ": " + json(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Values::json).collect(Collectors.joining(", ", "[", "]"));
        }
        return value == null ? "null" : value.toString();
    }
}
