package io.jenkins.plugins.dbtslim.manifest;

import java.io.IOException;
import java.io.InputStream;

/**
 * Passes over JSON (RFC 8259 in UTF-8, and the NaN and Infinity that Python writes) without making anything of it, and
 * checks every byte: most of a manifest need not be looked at, but a damaged one must not pass for a whole one.
 *
 * <p>Each method begins at a position and gives the one behind what it passed, so that the position stays in a register.
 */
abstract class JsonScanner extends JsonStrings {
    JsonScanner(InputStream in, ReadLimits limits) {
        super(in, limits);
    }

    /** Passes white space; what follows is in the window. */
    final int space(int from) throws IOException {
        int at = from;
        while (true) {
            if (at == limit) {
                at = fill();
            }
            byte c = bytes[at];
            if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
                return at;
            }
            at++;
        }
    }

    /** Passes a value that lies in so many objects and arrays, and the white space before it. */
    final int value(int from, int depth) throws IOException {
        int at = space(from);
        return switch (bytes[at]) {
            case '"' -> string(at + 1);
            case '{' -> object(at + 1, deeper(at, depth));
            case '[' -> array(at + 1, deeper(at, depth));
            case 't' -> word(at, "true");
            case 'f' -> word(at, "false");
            case 'n' -> word(at, "null");
            case 'N' -> word(at, "NaN");
            case 'I' -> word(at, "Infinity");
            default -> number(at);
        };
    }

    final int deeper(int at, int depth) throws ManifestException {
        if (depth == limits.depth()) {
            throw new ManifestException("goes beyond a limit at byte " + offset(at) + ": values are nested more than "
                    + limits.depth() + " deep");
        }
        return depth + 1;
    }

    private int object(int from, int depth) throws IOException {
        int at = space(from);
        if (bytes[at] == '}') {
            return at + 1;
        }
        while (true) {
            at = value(colon(string(name(at))), depth);
            at = space(at);
            if (bytes[at] == '}') {
                return at + 1;
            }
            at = space(comma(at, '}'));
        }
    }

    private int array(int from, int depth) throws IOException {
        int at = space(from);
        if (bytes[at] == ']') {
            return at + 1;
        }
        while (true) {
            at = space(value(at, depth));
            if (bytes[at] == ']') {
                return at + 1;
            }
            at = comma(at, ']');
        }
    }

    /** The quote before the name of a field. */
    final int name(int at) throws IOException {
        if (bytes[at] != '"') {
            throw unexpected(at, "the name of a field");
        }
        return at + 1;
    }

    /** The colon after the name of a field, and white space before it. */
    final int colon(int from) throws IOException {
        int at = space(from);
        if (bytes[at] != ':') {
            throw unexpected(at, "a colon");
        }
        return at + 1;
    }

    /** The comma between two fields or elements. */
    final int comma(int at, char end) throws IOException {
        if (bytes[at] != ',') {
            throw unexpected(at, "a comma or " + end);
        }
        return at + 1;
    }

    private int number(int from) throws IOException {
        int at = from;
        if (bytes[at] == '-') {
            at = nextOrBlank(at);
            if (bytes[at] == 'I') {
                return word(at, "Infinity");
            }
        }
        if (bytes[at] < '0' || bytes[at] > '9') {
            throw unexpected(at, "a value");
        }
        at = bytes[at] == '0' ? nextOrBlank(at) : digits(at);
        if (bytes[at] == '.') {
            at = digits(nextOrBlank(at));
        }
        if (bytes[at] == 'e' || bytes[at] == 'E') {
            at = nextOrBlank(at);
            at = digits(bytes[at] == '+' || bytes[at] == '-' ? nextOrBlank(at) : at);
        }
        return at;
    }

    private int digits(int from) throws IOException {
        if (bytes[from] < '0' || bytes[from] > '9') {
            throw unexpected(from, "a digit");
        }
        int at = from;
        while (bytes[at] >= '0' && bytes[at] <= '9') {
            at = nextOrBlank(at);
        }
        return at;
    }

    private int word(int from, String word) throws IOException {
        int at = from;
        for (int i = 1; i < word.length(); i++) {
            at = next(at);
            if (bytes[at] != word.charAt(i)) {
                throw unexpected(at, word);
            }
        }
        return at + 1;
    }
}
