package io.jenkins.plugins.dbtslim.io;

import java.util.Locale;
import java.util.function.IntPredicate;

/**
 * Texts of a project as they may be shown on a terminal, in a log or on a page: characters that steer the terminal, or
 * hide or reorder text, are told by their code, so that nobody is shown something else than what is there.
 */
public final class VisibleText {
    private VisibleText() {}

    /** One line, whatever the text holds: line breaks and tabs are told by their code too. */
    public static String line(String text) {
        return replace(text, VisibleText::isHidden, "[U+%04X]");
    }

    /** As many lines as the text has; tabs stay. */
    public static String lines(String text) {
        String plain = text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n");
        return replace(plain, VisibleText::isHiddenInLines, "[U+%04X]");
    }

    /** JSON that means the same: hidden characters, which only its texts can hold, as JSON's own escapes. */
    public static String json(String json) {
        return replace(json, VisibleText::isHiddenInLines, null);
    }

    private static boolean isHiddenInLines(int point) {
        return point != '\n' && point != '\t' && isHidden(point);
    }

    private static String replace(String text, IntPredicate hidden, String format) {
        if (text == null || text.codePoints().noneMatch(hidden)) {
            return text;
        }
        StringBuilder visible = new StringBuilder();
        text.codePoints().forEach(point -> {
            if (!hidden.test(point)) {
                visible.appendCodePoint(point);
            } else if (format != null) {
                visible.append(String.format(Locale.ROOT, format, point));
            } else {
                for (char unit : Character.toChars(point)) {
                    visible.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
                }
            }
        });
        return visible.toString();
    }

    /** Whether a character shows nothing itself, or changes how others are shown. */
    public static boolean isHidden(int point) {
        if (point >= ' ' && point < 0x7f) {
            return false;
        }
        int type = Character.getType(point);
        boolean joiner = point == 0x200c || point == 0x200d;
        boolean notXml = (point & 0xfffe) == 0xfffe;
        return notXml
                || type == Character.CONTROL
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || (type == Character.FORMAT && !joiner);
    }

    /** A character by its number, such as {@code U+202E}. */
    public static String codeOf(int point) {
        return String.format(Locale.ROOT, "U+%04X", point);
    }
}
