package io.jenkins.plugins.dbtslim.state.jinja;

import java.util.HexFormat;
import java.util.Locale;

/** Strings and numbers as Python writes them. */
final class PythonText {
    private PythonText() {}

    /** The value of a string literal without its quotes. Like Jinja, it first escapes what is not ASCII. */
    static String unescaped(String source) throws JinjaException {
        String plain = source.replace("\r\n", "\n").replace('\r', '\n');
        if (plain.indexOf('\\') < 0) {
            return plain;
        }
        StringBuilder ascii = new StringBuilder();
        plain.codePoints().forEach(c -> ascii.append(c < 0x80 ? Character.toString(c) : escaped(c)));
        String text = ascii.toString();
        StringBuilder value = new StringBuilder();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i++);
            if (c != '\\' || i == text.length()) {
                value.append(c);
                continue;
            }
            i = escape(text, i, value);
        }
        return value.toString();
    }

    /** Appends what the escape after a backslash stands for, and gives the place behind it. */
    private static int escape(String text, int i, StringBuilder value) throws JinjaException {
        char c = text.charAt(i);
        switch (c) {
            case '\n' -> {}
            case '\\', '\'', '"' -> value.append(c);
            case 'a' -> value.append('\u0007');
            case 'b' -> value.append('\b');
            case 'f' -> value.append('\f');
            case 'n' -> value.append('\n');
            case 'r' -> value.append('\r');
            case 't' -> value.append('\t');
            case 'v' -> value.append('\u000b');
            case 'x' -> {
                return hex(text, i + 1, 2, value);
            }
            case 'u' -> {
                return hex(text, i + 1, 4, value);
            }
            case 'U' -> {
                return hex(text, i + 1, 8, value);
            }
            case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                int end = i;
                while (end < text.length() && end < i + 3 && "01234567".indexOf(text.charAt(end)) >= 0) {
                    end++;
                }
                value.append((char) Integer.parseInt(text.substring(i, end), 8));
                return end;
            }
            default -> value.append('\\').append(c);
        }
        return i + 1;
    }

    private static int hex(String text, int from, int digits, StringBuilder value) throws JinjaException {
        try {
            value.appendCodePoint(HexFormat.fromHexDigits(text, from, from + digits));
            return from + digits;
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new JinjaException("bad escape in a string");
        }
    }

    /** {@code repr()} of a string. */
    static String repr(String text) {
        char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        StringBuilder repr = new StringBuilder().append(quote);
        text.codePoints().forEach(c -> append(repr, c, quote));
        return repr.append(quote).toString();
    }

    private static void append(StringBuilder repr, int c, char quote) {
        switch (c) {
            case '\\' -> repr.append("\\\\");
            case '\n' -> repr.append("\\n");
            case '\r' -> repr.append("\\r");
            case '\t' -> repr.append("\\t");
            default -> {
                if (c == quote) {
                    repr.append('\\').append(quote);
                } else if (printable(c)) {
                    repr.appendCodePoint(c);
                } else {
                    repr.append(escaped(c));
                }
            }
        }
    }

    private static String escaped(int c) {
        String format = c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x";
        return String.format(Locale.ROOT, format, c);
    }

    private static boolean printable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> c == ' ';
            default -> true;
        };
    }

    /** {@code repr()} of a float: the fewest digits that give the same number. */
    static String repr(double number) {
        if (Double.isInfinite(number)) {
            return number > 0 ? "inf" : "-inf";
        }
        String digits = "";
        for (int precision = 0; precision < 17; precision++) {
            digits = String.format(Locale.ROOT, "%." + precision + "e", number);
            if (Double.parseDouble(digits) == number) {
                break;
            }
        }
        int exponent =
                Integer.parseInt(digits.substring(digits.indexOf('e') + 1).replace("+", ""));
        if (exponent < -4 || exponent >= 16) {
            return digits;
        }
        String plain = new java.math.BigDecimal(digits).toPlainString();
        return plain.contains(".") ? plain : plain + ".0";
    }
}
