package io.jenkins.plugins.dbtslim.state;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Values as a reader of a report sees them: JSON-like, on one line, not too long. */
final class Values {
    static final String ABSENT = "(absent)";
    private static final int LONGEST = 300;
    /** What is shown of a beginning that two values share. */
    private static final int ALIKE = 20;
    /** Characters before blanks become one, whatever stands next to each other. */
    private static final int ENOUGH = 20 * LONGEST;

    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private Values() {}

    /** Both values; where they are long, what they begin with alike is left out, so that the difference is there. */
    static String change(Object before, Object after) {
        String old = line(before);
        String now = line(after);
        int same = 0;
        while (same < Math.min(old.length(), now.length()) && old.charAt(same) == now.charAt(same)) {
            same++;
        }
        boolean isLong = Math.max(old.length(), now.length()) > LONGEST;
        int from = isLong && same > ALIKE ? same - ALIKE : 0;
        return cut(old, from) + " → " + cut(now, from);
    }

    static String text(Object value) {
        return cut(line(value), 0);
    }

    private static String line(Object value) {
        StringBuilder text = new StringBuilder();
        append(text, value);
        return oneLine(text);
    }

    private static String cut(String line, int from) {
        String rest = (from == 0 ? "" : "…") + line.substring(Math.min(from, line.length()));
        return rest.length() <= LONGEST ? rest : rest.substring(0, LONGEST) + "…";
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
