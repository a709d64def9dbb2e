package io.jenkins.plugins.dbtslim.report.data;

import io.jenkins.plugins.dbtslim.io.VisibleText;

/**
 * Makes the texts of a project fit to be shown: cut to a length, and with characters that hide or reorder text told by
 * their code.
 */
public final class DisplayText {
    /** Characters shown of one text that is no code; longer ones are cut and say so. */
    public static final int SHOWN = 400;

    private DisplayText() {}

    /** At most so many characters, and how many more there were. */
    public static String cut(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit;
        return text.substring(0, end) + "… (" + (text.length() - end) + " more)";
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
