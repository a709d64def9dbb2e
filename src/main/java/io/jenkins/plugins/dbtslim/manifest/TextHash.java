package io.jenkins.plugins.dbtslim.manifest;

import java.io.Writer;
import java.security.SecureRandom;

/**
 * A 128-bit hash of text that arrives in pieces, so that texts are compared without being kept.
 *
 * <p>The hash is keyed with random numbers of this JVM: nobody who writes a manifest can aim at a collision, and values
 * of two JVMs must not be compared.
 */
final class TextHash extends Writer {
    private static final SecureRandom RANDOM = new SecureRandom();
    static final long KEY_1 = RANDOM.nextLong() | 1;
    static final long KEY_2 = RANDOM.nextLong() | 1;
    private static final long KEY_3 = RANDOM.nextLong() | 1;
    private static final long KEY_4 = RANDOM.nextLong() | 1;

    /** Of the empty text. */
    static final Fingerprint EMPTY = new TextHash().finish();

    private long first;
    private long second;
    private long word;
    private long length;

    TextHash() {
        reset();
    }

    TextHash reset() {
        first = KEY_3;
        second = KEY_4;
        word = 0;
        length = 0;
        return this;
    }

    @Override
    public void write(char[] text, int from, int count) {
        int at = from;
        int end = from + count;
        while ((length & 3) != 0 && at < end) {
            add(text[at++]);
        }
        long a = first;
        long b = second;
        int whole = at + ((end - at) & ~3);
        length += whole - at;
        for (; at < whole; at += 4) {
            long w = text[at] | (long) text[at + 1] << 16 | (long) text[at + 2] << 32 | (long) text[at + 3] << 48;
            a = fold(a ^ w, KEY_1);
            b = fold(b + w, KEY_2);
        }
        first = a;
        second = b;
        while (at < end) {
            add(text[at++]);
        }
    }

    @Override
    public void write(String text, int from, int count) {
        char[] characters = new char[count];
        text.getChars(from, from + count, characters, 0);
        write(characters, 0, count);
    }

    @Override
    public void write(int c) {
        add((char) c);
    }

    private void add(char c) {
        word |= (long) c << ((length & 3) << 4);
        length++;
        if ((length & 3) == 0) {
            first = fold(first ^ word, KEY_1);
            second = fold(second + word, KEY_2);
            word = 0;
        }
    }

    /** The hash of all that was written since the last reset. */
    Fingerprint finish() {
        return new Fingerprint(
                fold(fold(first ^ word, KEY_1) ^ length, KEY_3), fold(fold(second + word, KEY_2) + length, KEY_4));
    }

    /** A keyed hash for tables in memory: whoever writes a manifest cannot make all names meet in one slot. */
    static int quick(char[] text, int from, int length) {
        long hash = KEY_3 + length;
        int at = from;
        int end = from + length;
        for (; at + 4 <= end; at += 4) {
            long w = text[at] | (long) text[at + 1] << 16 | (long) text[at + 2] << 32 | (long) text[at + 3] << 48;
            hash = fold(hash ^ w, KEY_1);
        }
        long rest = 0;
        for (; at < end; at++) {
            rest = rest << 16 | text[at];
        }
        hash = fold(hash ^ rest, KEY_2);
        return (int) (hash ^ hash >>> 32);
    }

    /** Multiplies to 128 bits and folds them to 64. */
    static long fold(long a, long b) {
        return a * b ^ Math.multiplyHigh(a, b) ^ Long.rotateRight(a, 23);
    }

    static Fingerprint of(String text) {
        TextHash hash = new TextHash();
        hash.write(text, 0, text.length());
        return hash.finish();
    }

    @Override
    public void flush() {
        // nothing is buffered beyond the hash itself
    }

    @Override
    public void close() {
        // holds nothing
    }
}
