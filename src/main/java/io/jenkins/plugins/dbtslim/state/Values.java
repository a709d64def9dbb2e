package io.jenkins.plugins.dbtslim.state;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Values as a reader of a report sees them: JSON-like, on one line, not too long. */
final class Values {
    static final String ABSENT = "(absent)";
    private static final int LONGEST = 300;
    /** Characters before blanks become one, whatever stands next to each other. */
    private static final int ENOUGH = 2 * LONGEST;

    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private Values() {}

    static String change(Object before, Object after) {
        return text(before) + " → " + text(after);
    }

    static String text(Object value) {
        StringBuilder text = new StringBuilder();
        append(text, value);
        String line = oneLine(text);
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }

    /** Ends soon behind what is shown, however deep the value is. */
    private static void append(StringBuilder text, Object value) {
        if (value instanceof Map<?, ?> map) {
            String before = "{";
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                if (text.length() > ENOUGH) {
                    return;
                }
                text.append(before).append(entry.getKey()).append(": ");
                append(text, entry.getValue());
                before = ", ";
            }
            text.append(map.isEmpty() ? "{}" : "}");
        } else if (value instanceof List<?> list) {
            String before = "[";
            for (Object element : list) {
                if (text.length() > ENOUGH) {
                    return;
                }
                text.append(before);
                append(text, element);
                before = ", ";
            }
            text.append(list.isEmpty() ? "[]" : "]");
        } else {
            text.append(oneLine(String.valueOf(value)));
        }
    }

    private static String oneLine(CharSequence text) {
        return BLANKS.matcher(text).replaceAll(" ");
    }
}
