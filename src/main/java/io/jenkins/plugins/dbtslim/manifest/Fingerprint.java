package io.jenkins.plugins.dbtslim.manifest;

import java.security.SecureRandom;

/**
 * A 128-bit stand-in for a value, so that texts are compared without being kept: equal fingerprints mean equal values to
 * dbt.
 *
 * <p>The hash is keyed with random numbers of this JVM: nobody who writes a manifest can aim at a collision, and
 * fingerprints of two JVMs must not be compared.
 *
 * @param high first half
 * @param low second half
 */
public record Fingerprint(long high, long low) {
    /** The fingerprint of JSON null, which is also that of an absent optional key. */
    public static final Fingerprint NULL = new Fingerprint(0, 0);

    private static final long[] KEYS =
            new SecureRandom().longs(4).map(key -> key | 1).toArray();
    private static final long KEY_1 = KEYS[0];
    private static final long KEY_2 = KEYS[1];
    private static final long KEY_3 = KEYS[2];
    private static final long KEY_4 = KEYS[3];

    /** Of the empty text. */
    static final Fingerprint EMPTY_TEXT = of("");

    static Fingerprint of(String text) {
        return of(text.toCharArray(), 0, text.length());
    }

    /** Of a text in a part of an array. */
    static Fingerprint of(char[] text, int from, int length) {
        long a = KEY_3;
        long b = KEY_4;
        int at = from;
        for (int end = from + (length & ~7); at < end; at += 8) {
            long first = four(text, at);
            long second = four(text, at + 4);
            a = fold(a ^ first, KEY_1 ^ second);
            b = fold(b + first, KEY_2 ^ second);
        }
        long first = 0;
        long second = 0;
        for (int end = from + length; at < end; at++) {
            first = first << 16 | second >>> 48;
            second = second << 16 | text[at];
        }
        a = fold(a ^ first, KEY_1 ^ second);
        b = fold(b + first, KEY_2 ^ second);
        return new Fingerprint(fold(a ^ length, KEY_3), fold(b + length, KEY_4));
    }

    private static long four(char[] text, int at) {
        return text[at] | (long) text[at + 1] << 16 | (long) text[at + 2] << 32 | (long) text[at + 3] << 48;
    }

    /** Both in this order. */
    Fingerprint then(Fingerprint next) {
        return new Fingerprint(
                fold(high + 0x9E3779B97F4A7C15L, KEY_1) ^ next.high, fold(low + 0xC2B2AE3D27D4EB4FL, KEY_2) + next.low);
    }

    /** Both in any order. */
    Fingerprint plus(Fingerprint other) {
        return new Fingerprint(high + other.high, low + other.low);
    }

    /** Spreads the bits, so that sums of several fingerprints do not cancel each other. */
    Fingerprint spread() {
        return new Fingerprint(fold(high ^ KEY_2, KEY_1), fold(low ^ KEY_1, KEY_2));
    }

    /** Multiplies to 128 bits and folds them to 64. */
    private static long fold(long a, long b) {
        return a * b ^ Math.multiplyHigh(a, b) ^ Long.rotateRight(a, 23);
    }
}
