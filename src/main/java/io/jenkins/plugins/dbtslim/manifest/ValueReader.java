package io.jenkins.plugins.dbtslim.manifest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes the values of one file from Jackson's parser, each as what the caller expects; what is something else is skipped.
 * Most texts and configs of a project repeat: equal ones are kept once, and all that is kept is counted.
 *
 * <p>As with the parser itself, each method begins at the first token of a value and ends at its last.
 */
final class ValueReader {
    private static final int LONGEST_SHARED = 512;
    private static final int RECENT = 1 << 12;

    private final JsonParser parser;
    private final long most;
    private final Map<String, String> texts = new HashMap<>();
    /** The last value of each hash. (A map would let a manifest with many values of one hash take its time.) */
    private final Seen[] recent = new Seen[RECENT];
    /** Names, scalars, and tokens for all else. */
    private Object[] tape = new Object[256];

    private int hash;
    private int at;
    private long weight;

    /** A value and how it was written. */
    private static final class Seen {
        private final Object[] tape;
        private final Object value;

        Seen(Object[] tape, Object value) {
            this.tape = tape;
            this.value = value;
        }
    }

    /** Reads the value of one field. */
    interface FieldReader {
        void read(String name) throws IOException;
    }

    /** Reads one element of an array. */
    interface ElementReader {
        void read() throws IOException;
    }

    /** Begins at the parser's current token, and keeps so many bytes at most, about. */
    ValueReader(JsonParser parser, long most) {
        this.parser = parser;
        this.most = most;
    }

    boolean isObject() {
        return parser.currentToken() == JsonToken.START_OBJECT;
    }

    boolean isArray() {
        return parser.currentToken() == JsonToken.START_ARRAY;
    }

    void skip() throws IOException {
        parser.skipChildren();
    }

    /** Goes through the fields of an object. */
    void object(FieldReader reader) throws IOException {
        if (!isObject()) {
            skip();
            return;
        }
        String name;
        while ((name = nextName()) != null) {
            reader.read(name);
        }
    }

    /** Moves to the value of the next field of the object, and gives its name, or null at the object's end. */
    @CheckForNull
    String nextName() throws IOException {
        String name = parser.nextFieldName();
        if (name != null) {
            parser.nextToken();
        }
        return name;
    }

    /** Goes through an object whose names are data, such as ids. */
    void entries(FieldReader reader) throws IOException {
        object(name -> reader.read(shared(name)));
    }

    /** Goes through the elements of an array. */
    void array(ElementReader reader) throws IOException {
        if (!isArray()) {
            skip();
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            reader.read();
        }
    }

    /** The text that is the value; null for all else. */
    String text() throws IOException {
        String text = longText();
        return text == null ? null : shared(text);
    }

    /** The same for a text that is long and soon dropped. */
    String longText() throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            return parser.getText();
        }
        skip();
        return null;
    }

    private String shared(String text) throws ManifestException {
        if (text.length() > LONGEST_SHARED) {
            count(2 * text.length());
            return text;
        }
        String known = texts.putIfAbsent(text, text);
        if (known == null) {
            count(100 + text.length());
        }
        return known == null ? text : known;
    }

    /** The value as objects that cannot be changed: Map, List, String, Boolean, Long, BigInteger, Double or null. */
    Object value() throws IOException {
        if (!parser.currentToken().isStructStart()) {
            return scalar();
        }
        int size = record();
        int slot = (hash ^ hash >>> 16) & RECENT - 1;
        Seen seen = recent[slot];
        if (seen == null || !Arrays.equals(seen.tape, 0, seen.tape.length, tape, 0, size)) {
            at = 0;
            seen = new Seen(Arrays.copyOf(tape, size), replay());
            recent[slot] = seen;
            count(64 * size);
        }
        return seen.value;
    }

    /** Writes the value on the tape, and gives its length there: most need not be made into objects, as they are known. */
    private int record() throws IOException {
        int size = 0;
        int depth = 0;
        hash = 0;
        while (true) {
            JsonToken token = parser.currentToken();
            Object written = token;
            if (token == JsonToken.FIELD_NAME) {
                written = parser.currentName();
            } else if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            } else if (token != JsonToken.VALUE_NULL) {
                written = scalar();
            }
            tape = size < tape.length ? tape : Arrays.copyOf(tape, 2 * size);
            tape[size++] = written;
            hash = 31 * hash + written.hashCode();
            if (depth == 0) {
                return size;
            }
            parser.nextToken();
        }
    }

    private Object replay() {
        Object written = tape[at++];
        if (written == JsonToken.START_OBJECT) {
            Map<String, Object> map = new LinkedHashMap<>();
            while (tape[at] != JsonToken.END_OBJECT) {
                map.put((String) tape[at++], replay());
            }
            at++;
            return map.isEmpty() ? Map.of() : Collections.unmodifiableMap(map);
        }
        if (written == JsonToken.START_ARRAY) {
            List<Object> list = new ArrayList<>(4);
            while (tape[at] != JsonToken.END_ARRAY) {
                list.add(replay());
            }
            at++;
            return list.isEmpty() ? List.of() : Collections.unmodifiableList(list);
        }
        return written == JsonToken.VALUE_NULL ? null : written;
    }

    private Object scalar() throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> text();
            case VALUE_NUMBER_INT -> {
                boolean big = parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER;
                yield big ? (Object) parser.getBigIntegerValue() : (Object) parser.getLongValue();
            }
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    /** The value if it is a map; an empty one for all else. */
    @SuppressWarnings("unchecked") // maps of JSON have text keys
    Map<String, Object> map() throws IOException {
        return value() instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    /** The value as a list of strings (and nulls); a single string is a list of one, all else is empty. */
    List<String> list() throws IOException {
        return texts(value());
    }

    @SuppressWarnings("unchecked") // checked element by element
    static List<String> texts(Object value) {
        if (value instanceof String text) {
            return List.of(text);
        }
        if (value instanceof List<?> list
                && list.stream().allMatch(element -> element == null || element instanceof String)) {
            return (List<String>) list;
        }
        return List.of();
    }

    /** The fingerprint of the value, as dbt loads it; of a text without keeping it. */
    Fingerprint fingerprint(Loading loading) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            return Fingerprint.of(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
        }
        return PythonValues.fingerprint(loading.apply(value()));
    }

    /** Counts memory that the index holds on to. */
    void count(int bytes) throws ManifestException {
        weight += bytes;
        if (weight > most) {
            throw new ManifestException("holds more names and configs than " + most / (1 << 20)
                    + " MB of memory take; give the JVM more memory" + ReadLimits.raise(ReadLimits.RETAINED));
        }
    }

    /** Refuses what follows the value. */
    void end() throws IOException {
        if (parser.nextToken() != null) {
            throw new ManifestException("is no dbt manifest: something follows its end at byte "
                    + parser.currentTokenLocation().getByteOffset() + ManifestException.AGAIN);
        }
    }
}
