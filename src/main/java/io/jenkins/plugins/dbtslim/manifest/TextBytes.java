package io.jenkins.plugins.dbtslim.manifest;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Takes the text of a JSON string piece by piece, as UTF-8 in which a lone surrogate counts as a character: two writings
 * of one text give the same bytes, whether or not the writer escaped what is not ASCII.
 */
abstract class TextBytes {
    byte[] bytes;
    ByteBuffer words;
    int size;
    /** Whether there was a surrogate that at first stood alone. */
    boolean surrogates;

    TextBytes(int capacity) {
        use(new byte[capacity]);
    }

    final void use(byte[] buffer) {
        bytes = buffer;
        words = ByteBuffer.wrap(buffer).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Makes room for eight bytes at least; the last three stay. */
    abstract void drain();

    /** Adds the lowest bytes of a word, one to eight of them. */
    final void add(long word, int count) {
        if (size > bytes.length - Long.BYTES) {
            drain();
        }
        words.putLong(size, word);
        size += count;
    }

    /** Adds a run of plain text, and gives where it ends: at something else, or less than a word before the limit. */
    final int run(ByteBuffer from, int begin, int limit) {
        int at = begin;
        int last = limit - Long.BYTES;
        while (at <= last) {
            if (size > bytes.length - Long.BYTES) {
                drain();
            }
            ByteBuffer to = words;
            int end = size;
            int room = bytes.length - Long.BYTES;
            while (at <= last && end <= room) {
                long word = from.getLong(at);
                long special = JsonStrings.special(word);
                to.putLong(end, word);
                if (special != 0) {
                    int count = Long.numberOfTrailingZeros(special) >>> 3;
                    size = end + count;
                    return at + count;
                }
                at += Long.BYTES;
                end += Long.BYTES;
            }
            size = end;
        }
        return at;
    }

    /** Adds bytes of one character. */
    final void add(byte[] from, int begin, int end) {
        for (int i = begin; i < end; i++) {
            add(from[i], 1);
        }
    }

    /** Adds what an escape stands for, given the place of its backslash. */
    final void escape(byte[] from, int at) {
        switch (from[at + 1]) {
            case 'b' -> add('\b', 1);
            case 'f' -> add('\f', 1);
            case 'n' -> add('\n', 1);
            case 'r' -> add('\r', 1);
            case 't' -> add('\t', 1);
            case 'u' -> {
                int c = 0;
                for (int i = 2; i < 6; i++) {
                    c = c << 4 | Character.digit(from[at + i], 16);
                }
                add((char) c);
            }
            default -> add(from[at + 1], 1);
        }
    }

    final void add(String text) {
        for (int i = 0; i < text.length(); i++) {
            add(text.charAt(i));
        }
    }

    final void add(char c) {
        if (c < 0x80) {
            add(c, 1);
        } else if (c < 0x800) {
            add(0xc0 | c >> 6 | following(c, 0) << 8, 2);
        } else if (Character.isLowSurrogate(c) && endsInHighSurrogate()) {
            int high = (bytes[size - 2] & 0x0f) << 6 | (bytes[size - 1] & 0x3f);
            int code = 0x10000 + (high << 10) + (c & 0x3ff);
            size -= 3;
            add(0xf0 | code >> 18 | following(code, 12) << 8 | following(code, 6) << 16 | following(code, 0) << 24, 4);
        } else {
            surrogates |= Character.isSurrogate(c);
            add(0xe0 | c >> 12 | following(c, 6) << 8 | following(c, 0) << 16, 3);
        }
    }

    /** A byte after the first of a character, with six of its bits. */
    private static long following(int code, int shift) {
        return 0x80 | (code >> shift & 0x3f);
    }

    private boolean endsInHighSurrogate() {
        return size >= 3 && bytes[size - 3] == (byte) 0xed && (bytes[size - 2] & 0xf0) == 0xa0;
    }
}
