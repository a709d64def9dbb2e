package io.jenkins.plugins.dbtslim.report.data;

import io.jenkins.plugins.dbtslim.io.VisibleText;
import java.util.Locale;

/**
 * Makes the texts of a project fit to be shown: cut to a length, and with characters that hide or reorder text told by
 * their code.
 */
public final class DisplayText {
    /** Characters shown of one text that is no code; longer ones are cut and say so. */
    public static final int SHOWN = 400;

    private DisplayText() {}

    /** Characters that are shown rather than cut: the note would be as long. */
    private static final int SLACK = 24;
    /** Stands between the two values of a change. */
    private static final String BECAME = " → ";
    /** What is shown of the part in which both values of a change are the same. */
    private static final int SAME = 17;

    /** Not many more than so many characters, and how many more there were. */
    public static String cut(String text, int limit) {
        if (text.length() <= limit + SLACK) {
            return text;
        }
        int end = end(text, limit);
        return text.substring(0, end) + String.format(Locale.ENGLISH, "… (%,d more characters)", text.length() - end);
    }

    /** The same for what may be {@code key: before → after}: each value is cut, where they differ stays visible. */
    public static String cutChange(String text, int limit) {
        int arrow = text.indexOf(BECAME);
        if (arrow < 0 || text.length() <= limit + SLACK) {
            return cut(text, limit);
        }
        int colon = text.indexOf(": ");
        int start = colon < 0 || colon > arrow ? 0 : colon + 2;
        String key = cut(text.substring(0, start), limit);
        String before = text.substring(start, arrow);
        String after = text.substring(arrow + BECAME.length());
        int same = 0;
        while (same < before.length() && same < after.length() && before.charAt(same) == after.charAt(same)) {
            same++;
        }
        int from = same <= SAME ? 0 : same - SAME;
        return key + part(before, from, limit / 2) + BECAME + part(after, from, limit / 2);
    }

    private static String part(String text, int from, int limit) {
        int start = Math.min(from, text.length());
        start += start > 0 && start < text.length() && Character.isLowSurrogate(text.charAt(start)) ? 1 : 0;
        String rest = text.substring(start);
        int end = rest.length() <= limit ? rest.length() : end(rest, limit);
        return (start == 0 ? "" : "…") + rest.substring(0, end) + (end < rest.length() ? "…" : "");
    }

    private static int end(String text, int limit) {
        return Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit;
    }

    /** The beginning of a text, for a place that has room for so many letters. */
    public static String shorten(String text, int letters) {
        return text.codePointCount(0, text.length()) <= letters
                ? text
                : text.substring(0, text.offsetByCodePoints(0, Math.max(1, letters - 1))) + "…";
    }

    /** Text for a place that escapes by itself, such as a title: cut, and with what hides shown by its code. */
    public static String visible(String text, int limit) {
        return VisibleText.line(cut(text, limit));
    }
}
