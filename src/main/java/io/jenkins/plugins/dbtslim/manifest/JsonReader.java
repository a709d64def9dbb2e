package io.jenkins.plugins.dbtslim.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads JSON from a stream, one value after the other: each is taken as what the caller expects, or skipped. (Of a general
 * parser we would use a small part, and pay for making tokens of nine tenths of a file that nobody looks at. It is long because all its methods share the place in the window.)
 */
final class JsonReader extends JsonScanner {
    private static final int LONGEST_NUMBER = 10_000;

    private final StringPool strings;
    private final FieldNames names = new FieldNames();
    private int at;
    private int depth;
    private boolean first;
    /** Where the value begins that was kept; good until the next one is begun. */
    private int kept;

    private Recent recent;

    /** Reads the value of one field, exactly one. */
    interface FieldReader {
        void read(String name) throws IOException;
    }

    /** Reads one element of an array, exactly one. */
    interface ElementReader {
        void read() throws IOException;
    }

    JsonReader(InputStream in, ReadLimits limits, StringPool strings) {
        super(in, limits);
        this.strings = strings;
    }

    /** Where its strings are kept. */
    StringPool strings() {
        return strings;
    }

    /** The first character of the next value, which stays there; -1 when the stream is at its end. */
    int peekOrEnd() throws IOException {
        while (at < limit || more()) {
            at = at < limit ? at : 0;
            byte c = bytes[at];
            if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
                return c & 0xff;
            }
            at++;
        }
        return -1;
    }

    /** The first character of the next value, which stays there. */
    char peek() throws IOException {
        at = space(at);
        return (char) bytes[at];
    }

    /** Offset in the file of what comes next. */
    long offset() {
        return offset(at);
    }

    /** Passes over a value. */
    void skip() throws IOException {
        at = space(at);
        byte c = bytes[at];
        Recent recent = names.skipped();
        if ((c != '{' && c != '[') || !recent.useful()) {
            at = value(at, depth);
        } else if (recent.stands(bytes, at, limit)) {
            at += recent.length();
        } else {
            mark = at;
            at = value(at, depth);
            recent.remember(bytes, mark, at, null);
            mark = -1;
        }
    }

    /** Goes through an object with known fields; anything else is skipped. */
    void object(FieldReader reader) throws IOException {
        if (beginObject()) {
            while (moreFields()) {
                reader.read(fieldName());
            }
        }
    }

    /** Goes through an object whose keys are data, such as ids; anything else is skipped. */
    void entries(FieldReader reader) throws IOException {
        if (beginObject()) {
            String key;
            while ((key = nextKey()) != null) {
                reader.read(key);
            }
        }
    }

    /** Enters an object; anything else is skipped, and false the answer. */
    boolean beginObject() throws IOException {
        if (peek() != '{') {
            skip();
            return false;
        }
        depth = deeper(at, depth);
        at++;
        first = true;
        return true;
    }

    /** The key of the next field of the object, or null at its end. */
    String nextKey() throws IOException {
        if (!moreFields()) {
            return null;
        }
        String key = restOfString();
        at = colon(at);
        return key;
    }

    private boolean moreFields() throws IOException {
        at = space(at);
        if (bytes[at] == '}') {
            at++;
            depth--;
            first = false;
            return false;
        }
        if (!first) {
            at = space(comma(at, '}'));
        }
        first = false;
        at = name(at);
        return true;
    }

    private String fieldName() throws IOException {
        String name = names.expected(bytes, at, limit);
        if (name == null) {
            name = restOfString();
            names.found(name, plain);
            at = colon(at);
        } else {
            at += name.length() + 2;
        }
        return name;
    }

    /** Goes through an array; anything else is skipped. */
    void array(ElementReader reader) throws IOException {
        if (peek() != '[') {
            skip();
            return;
        }
        depth = deeper(at, depth);
        at = space(at + 1);
        if (bytes[at] != ']') {
            reader.read();
            while (peek() != ']') {
                at = comma(at, ']');
                reader.read();
            }
        }
        at++;
        depth--;
    }

    /** The next value if it is a string; anything else is skipped, and null the answer. */
    String text() throws IOException {
        if (peek() != '"') {
            skip();
            return null;
        }
        at++;
        return restOfString();
    }

    private String restOfString() throws IOException {
        mark = at;
        at = string(at);
        String text = strings.get(this, mark, at - 1, plain);
        mark = -1;
        return text;
    }

    /** The same for a text that is long and soon dropped. */
    String longText() throws IOException {
        if (peek() != '"') {
            skip();
            return null;
        }
        mark = ++at;
        at = string(at);
        String text = strings.make(bytes, mark, at - 1, plain);
        mark = -1;
        return text;
    }

    /** Writes the text of the next value, which is a string of any length, piece by piece. */
    void text(TextBytes out) throws IOException {
        int from = space(at) + 1;
        while (true) {
            from = run(from, out);
            byte c = bytes[from];
            if (c == '"') {
                at = from + 1;
                return;
            }
            mark = from;
            from = c == '\\' ? escape(from) : notAscii(from);
            if (c == '\\') {
                out.escape(bytes, mark);
            } else {
                out.add(bytes, mark, from);
            }
            mark = -1;
        }
    }

    /** Copies plain text up to the first byte that is something else. */
    private int run(int from, TextBytes out) throws IOException {
        int next = from;
        while (true) {
            next = out.run(words, next, limit);
            if (next == limit) {
                next = fill();
            }
            byte c = bytes[next];
            if (c < ' ' || c == '"' || c == '\\') {
                return next;
            }
            out.add(c, 1);
            next++;
        }
    }

    /** The value that stands next, if it is one of the last that were {@link #taken} in this field, or null. */
    Object known() throws IOException {
        at = space(at);
        recent = names.taken();
        if (recent.useful() && recent.stands(bytes, at, limit)) {
            at += recent.length();
            return recent.value();
        }
        return null;
    }

    /** Passes over an object or array, but keeps it in the window until the next value is begun. */
    void keep() throws IOException {
        at = space(at);
        mark = at;
        at = value(at, depth);
        kept = mark;
        mark = -1;
    }

    /** Tells what the value that was kept, and that was not {@link #known}, was taken for. */
    void taken(Object value) {
        if (recent.useful()) {
            recent.remember(bytes, kept, at, value);
        }
    }

    /** Hash of the bytes of the value that was kept: two writings of one value may differ in it. */
    Fingerprint keptHash(TextHash hash) {
        hash.only(words, kept, at);
        return new Fingerprint(hash.high(), hash.low());
    }

    /** Bytes of the value that was kept. */
    int keptLength() {
        return at - kept;
    }

    /** Goes back to the beginning of the value that was kept, to read it. */
    void again() {
        at = kept;
    }

    /** The next value as objects that cannot be changed: Map, List, String, Boolean, Long, BigInteger, Double or null. */
    Object value() throws IOException {
        return JsonValues.next(this);
    }

    /** The bytes of the next value, which is a number or a word, as text. */
    String literal() throws IOException {
        at = space(at);
        mark = at;
        at = value(at, depth);
        if (at - mark > LONGEST_NUMBER) {
            throw new ManifestException("goes beyond a limit at byte " + offset(mark) + ": a number of more than "
                    + LONGEST_NUMBER + " digits");
        }
        String literal = new String(bytes, mark, at - mark, StandardCharsets.US_ASCII);
        mark = -1;
        return literal;
    }
}
