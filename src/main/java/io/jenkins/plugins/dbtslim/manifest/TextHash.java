package io.jenkins.plugins.dbtslim.manifest;

import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * A 128-bit hash of text that arrives in pieces, so that texts are compared without being kept.
 *
 * <p>The hash is keyed with random numbers of this JVM: nobody who writes a manifest can aim at a collision, and values
 * of two JVMs must not be compared.
 */
final class TextHash extends TextBytes {
    private static final long[] RANDOM = new SecureRandom().longs(4).toArray();
    static final long KEY_1 = RANDOM[0] | 1;
    static final long KEY_2 = RANDOM[1] | 1;
    private static final long KEY_3 = RANDOM[2] | 1;
    private static final long KEY_4 = RANDOM[3] | 1;
    private static final int SIZE = 512;

    /** Of the empty text. */
    static final Fingerprint EMPTY = new TextHash().finish();

    private long first;
    private long second;
    private long length;

    TextHash() {
        super(SIZE);
        reset();
    }

    TextHash reset() {
        first = KEY_3;
        second = KEY_4;
        length = 0;
        size = 0;
        return this;
    }

    @Override
    void drain() {
        // The last word stays: it may end in the first half of a pair of surrogates.
        int whole = (size & -Long.BYTES) - Long.BYTES;
        take(words, 0, whole);
        System.arraycopy(bytes, whole, bytes, 0, size - whole);
        size -= whole;
    }

    /** The hash of all that was added since the last reset. */
    Fingerprint finish() {
        end(words, 0, size);
        return new Fingerprint(first, second);
    }

    /** Hashes some bytes alone; {@link #high} and {@link #low} tell the hash. */
    TextHash only(ByteBuffer bytes, int from, int to) {
        reset();
        end(bytes, from, to);
        return this;
    }

    long high() {
        return first;
    }

    long low() {
        return second;
    }

    private void take(ByteBuffer from, int begin, int end) {
        long a = first;
        long b = second;
        for (int at = begin; at < end; at += Long.BYTES) {
            long word = from.getLong(at);
            a = fold(a ^ word, KEY_1);
            b = fold(b + word, KEY_2);
        }
        first = a;
        second = b;
        length += end - begin;
    }

    private void end(ByteBuffer from, int begin, int end) {
        int whole = begin + (end - begin & -Long.BYTES);
        take(from, begin, whole);
        long word = rest(from, whole, end);
        length += end - whole;
        first = fold(fold(first ^ word, KEY_1) ^ length, KEY_3);
        second = fold(fold(second + word, KEY_2) + length, KEY_4);
    }

    /** The last bytes, fewer than eight. */
    private static long rest(ByteBuffer from, int begin, int end) {
        if (begin == end) {
            return 0;
        }
        if (begin <= from.capacity() - Long.BYTES) {
            return from.getLong(begin) & -1L >>> (Long.SIZE - Byte.SIZE * (end - begin));
        }
        long word = 0;
        for (int at = end - 1; at >= begin; at--) {
            word = word << Byte.SIZE | (from.get(at) & 0xff);
        }
        return word;
    }

    /** Multiplies to 128 bits and folds them to 64. */
    static long fold(long a, long b) {
        return a * b ^ Math.multiplyHigh(a, b) ^ Long.rotateRight(a, 23);
    }

    static Fingerprint of(String text) {
        TextHash hash = new TextHash();
        hash.add(text);
        return hash.finish();
    }
}
