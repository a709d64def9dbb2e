package io.jenkins.plugins.dbtslim.manifest;

import java.util.Arrays;

/**
 * The last few values of one field, by their bytes in the file: in most fields they come again right away, and comparing
 * bytes is many times faster than passing over them one by one.
 */
final class Recent {
    private static final int KEPT = 4;
    private static final int LONGEST = 4096;
    /** A field whose values do not repeat is given up after so many misses more than hits. */
    private static final int PATIENCE = 64;

    private final byte[][] bytes = new byte[KEPT][0];
    private final Object[] values = new Object[KEPT];
    private int last;
    private int patience = PATIENCE;

    /** Whether one of the values stands there; {@link #length} and {@link #value} tell about it. */
    boolean stands(byte[] in, int at, int limit) {
        for (int i = 0; i < KEPT; i++) {
            int slot = last + i & KEPT - 1;
            byte[] known = bytes[slot];
            int to = at + known.length;
            if (known.length > 0 && to <= limit && Arrays.equals(in, at, to, known, 0, known.length)) {
                last = slot;
                patience = Math.min(patience + 1, PATIENCE);
                return true;
            }
        }
        patience--;
        return false;
    }

    int length() {
        return bytes[last].length;
    }

    Object value() {
        return values[last];
    }

    /** Whether it is worth while to look and to remember. */
    boolean useful() {
        return patience > 0;
    }

    /** Remembers a value, which must be delimited by its own first and last character, in place of the oldest. */
    void remember(byte[] in, int from, int to, Object value) {
        if (to - from > LONGEST) {
            return;
        }
        last = last - 1 & KEPT - 1;
        bytes[last] = Arrays.copyOfRange(in, from, to);
        values[last] = value;
    }
}
