package io.jenkins.plugins.dbtslim.manifest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One JSON value, recorded as characters in a buffer that is used again and again. Most configs and lists of a project
 * repeat: the recording is hashed first, and only one that was not seen before is turned into objects.
 */
final class ValueTape {
    private final StringPool strings;
    private final Names names;
    private char[] buffer = new char[4096];
    private int size;
    private int at;

    ValueTape(StringPool strings, Names names) {
        this.strings = strings;
        this.names = names;
    }

    /** Records the value at the parser's current token and moves to its last token. */
    void record(JsonParser parser) throws IOException {
        size = 0;
        int depth = 0;
        JsonToken token = parser.currentToken();
        while (true) {
            switch (token) {
                case START_OBJECT -> {
                    write('{');
                    depth++;
                }
                case START_ARRAY -> {
                    write('[');
                    depth++;
                }
                case END_OBJECT -> {
                    write('}');
                    depth--;
                }
                case END_ARRAY -> {
                    write(']');
                    depth--;
                }
                case FIELD_NAME -> name(parser.currentName());
                case VALUE_STRING -> text('s', parser);
                case VALUE_NUMBER_INT -> text('i', parser);
                case VALUE_NUMBER_FLOAT -> text('f', parser);
                case VALUE_TRUE -> write('t');
                case VALUE_FALSE -> write('u');
                default -> write('n');
            }
            if (depth == 0) {
                return;
            }
            token = parser.nextToken();
            if (token == null) {
                throw new IOException("end of input inside of a value");
            }
        }
    }

    private void text(char kind, JsonParser parser) throws IOException {
        char[] characters = parser.getTextCharacters();
        int count = parser.getTextLength();
        grow(count + 3);
        head(kind, count);
        System.arraycopy(characters, parser.getTextOffset(), buffer, size, count);
        size += count;
    }

    private void name(String name) throws IOException {
        grow(3);
        head('k', names.number(name));
    }

    private void head(char kind, int number) {
        buffer[size++] = kind;
        buffer[size++] = (char) (number >>> 16);
        buffer[size++] = (char) number;
    }

    /** Hash of the recording: two that differ in the order of keys or the kind of numbers are different here. */
    Fingerprint hash(TextHash hash) {
        hash.reset().write(buffer, 0, size);
        return hash.finish();
    }

    /** How much memory the value takes, about, in bytes. */
    int weight() {
        return 4 * size + 64;
    }

    /** The recorded value as objects that cannot be changed. */
    Object value() {
        at = 0;
        return next();
    }

    private Object next() {
        char kind = buffer[at++];
        return switch (kind) {
            case '{' -> map();
            case '[' -> list();
            case 's' -> string();
            case 'i' -> integer(string());
            case 'f' -> decimal(string());
            case 't' -> true;
            case 'u' -> false;
            default -> null;
        };
    }

    private Map<String, Object> map() {
        Map<String, Object> map = new LinkedHashMap<>();
        while (buffer[at] != '}') {
            String key = names.text(number(at + 1));
            at += 3;
            map.put(key, next());
        }
        at++;
        return map.isEmpty() ? Map.of() : Collections.unmodifiableMap(map);
    }

    private List<Object> list() {
        List<Object> list = new ArrayList<>(4);
        while (buffer[at] != ']') {
            list.add(next());
        }
        at++;
        return list.isEmpty() ? List.of() : Collections.unmodifiableList(list);
    }

    private String string() {
        int length = number(at);
        String text = strings.get(buffer, at + 2, length);
        at += 2 + length;
        return text;
    }

    private int number(int position) {
        return buffer[position] << 16 | buffer[position + 1];
    }

    private static Object integer(String digits) {
        return digits.length() < 19 ? (Object) Long.valueOf(digits) : shortest(new BigInteger(digits));
    }

    private static Object shortest(BigInteger number) {
        return number.bitLength() < 64 ? (Object) number.longValue() : number;
    }

    private static Double decimal(String text) {
        return switch (text) {
            case "INF", "+INF", "Infinity", "+Infinity" -> Double.POSITIVE_INFINITY;
            case "-INF", "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> Double.valueOf(text);
        };
    }

    private void grow(int more) throws IOException {
        if (buffer.length - size < more) {
            if (size + (long) more > Integer.MAX_VALUE / 4) {
                throw new IOException("a value of more than " + size + " characters");
            }
            buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, size + more));
        }
    }

    private void write(char c) throws IOException {
        grow(1);
        buffer[size++] = c;
    }
}
