package io.jenkins.plugins.dbtslim.truth;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Tells where the values of JSON objects lie, so that they can be carried over byte by byte, exactly as dbt wrote them.
 * It relies on what the reader of manifests has checked before: that the file is JSON.
 */
final class JsonPieces {
    private static final int BUFFER = 1 << 16;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int next;
    private int limit;
    private long passed;

    /**
     * A value in a file.
     *
     * @param from offset of its first byte
     * @param to offset behind its last byte
     */
    record Piece(long from, long to) {
        int length() {
            return Math.toIntExact(to - from);
        }
    }

    /** Takes one member of an object; it reads or skips the value. */
    interface Member {
        void accept(String key) throws IOException;
    }

    JsonPieces(InputStream in) {
        this.in = in;
    }

    JsonPieces(byte[] bytes) {
        this(new ByteArrayInputStream(bytes));
    }

    /** Goes through the members of the object that comes next; anything else is skipped, and has none. */
    void object(Member member) throws IOException {
        if (peek() != '{') {
            skip();
            return;
        }
        read();
        while (peek() != '}') {
            if (peek() == ',') {
                read();
            }
            peek();
            String key = string();
            peek();
            read(); // the colon
            member.accept(key);
        }
        read();
    }

    /** Skips the value that comes next, and tells where it lies. */
    Piece skip() throws IOException {
        int first = peek();
        long from = offset();
        if (first == '"') {
            skipString();
        } else if (first == '{' || first == '[') {
            skipNested();
        } else {
            int c = first;
            while (c >= 0 && c != ',' && c != '}' && c != ']' && c > ' ') {
                next++;
                c = byteThere();
            }
        }
        return new Piece(from, offset());
    }

    /** The first byte of what comes next, which stays there. */
    int peek() throws IOException {
        int c = byteThere();
        while (c >= 0 && c <= ' ') {
            next++;
            c = byteThere();
        }
        return c;
    }

    private void skipNested() throws IOException {
        int depth = 0;
        do {
            int c = byteThere();
            if (c == '"') {
                skipString();
                continue;
            }
            depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
            read();
        } while (depth > 0);
    }

    private void skipString() throws IOException {
        read();
        int c = read();
        while (c != '"') {
            if (c == '\\') {
                read();
            }
            c = read();
        }
    }

    private String string() throws IOException {
        read();
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        StringBuilder text = new StringBuilder();
        int c = read();
        while (c != '"') {
            if (c == '\\') {
                text.append(plain.toString(StandardCharsets.UTF_8)).append(escaped());
                plain.reset();
            } else {
                plain.write(c);
            }
            c = read();
        }
        return text.append(plain.toString(StandardCharsets.UTF_8)).toString();
    }

    private char escaped() throws IOException {
        int c = read();
        return switch (c) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                int code = 0;
                for (int i = 0; i < 4; i++) {
                    code = code << 4 | Character.digit(read(), 16);
                }
                yield (char) code;
            }
            default -> (char) c;
        };
    }

    private long offset() {
        return passed + next;
    }

    private int read() throws IOException {
        int c = byteThere();
        if (c < 0) {
            throw new IOException("the file changed while it was read");
        }
        next++;
        return c;
    }

    private int byteThere() throws IOException {
        if (next == limit) {
            passed += limit;
            next = 0;
            limit = Math.max(0, in.read(buffer));
            if (limit == 0) {
                return -1;
            }
        }
        return buffer[next] & 0xff;
    }
}
