package io.jenkins.plugins.dbtslim.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** Passes over strings of JSON, eight bytes at a time where they are plain, and checks that they are UTF-8 and well escaped. */
abstract class JsonStrings extends JsonBytes {
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    /** Whether the string passed last is ASCII without a backslash, so that its bytes are its text. */
    boolean plain;

    JsonStrings(InputStream in, ReadLimits limits) {
        super(in, limits);
    }

    /** The rest of a string, up to and with its closing quote. */
    final int string(int from) throws IOException {
        plain = true;
        int at = from;
        while (true) {
            at = special(at);
            if (at == limit) {
                at = fill();
                continue;
            }
            byte c = bytes[at];
            if (c == '"') {
                return at + 1;
            }
            if (c == '\\' || c < ' ') {
                plain = false;
                at = c == '\\' ? escape(at) : notAscii(at);
            } else {
                at++;
            }
        }
    }

    /** Position of the next byte that ends a run of plain text (quote, backslash, control, not ASCII), or near the limit. */
    private int special(int from) {
        int at = from;
        ByteBuffer words = this.words;
        for (int last = limit - Long.BYTES; at <= last; at += Long.BYTES) {
            long special = special(words.getLong(at));
            if (special != 0) {
                return at + (Long.numberOfTrailingZeros(special) >>> 3);
            }
        }
        return at;
    }

    /** The lowest bit that is set tells the first of eight bytes that ends a run of plain text. */
    static long special(long word) {
        long quoteOrControl = word ^ 0x02 * ONES;
        long backslash = word ^ '\\' * ONES;
        return ((quoteOrControl - 0x21 * ONES & ~quoteOrControl) | (backslash - ONES & ~backslash) | word) & HIGH_BITS;
    }

    /** An escape, beginning at its backslash. */
    final int escape(int from) throws IOException {
        int at = next(from);
        switch (bytes[at]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {}
            case 'u' -> {
                for (int i = 0; i < 4; i++) {
                    at = next(at);
                    if (Character.digit(bytes[at], 16) < 0) {
                        throw unexpected(at, "a hexadecimal digit");
                    }
                }
            }
            default -> throw unexpected(at, "one of \"\\/bfnrtu after a backslash");
        }
        return at + 1;
    }

    /** One character of two to four bytes; surrogates and longer forms than needed are no UTF-8. */
    final int notAscii(int from) throws IOException {
        int lead = bytes[from] & 0xff;
        if (lead < ' ') {
            throw unexpected(from, "no control character in a string");
        }
        int more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
        int at = next(from);
        int second = bytes[at] & 0xff;
        boolean good = lead >= 0xc2
                && lead <= 0xf4
                && second >= (lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80)
                && second <= (lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf);
        for (int i = 1; good && i < more; i++) {
            at = next(at);
            good = (bytes[at] & 0xc0) == 0x80;
        }
        if (!good) {
            throw invalid(at, "it is not UTF-8");
        }
        return at + 1;
    }

    /** The next byte, brought into the window. */
    final int next(int at) throws IOException {
        return at + 1 == limit ? fill() : at + 1;
    }

    final ManifestException unexpected(int at, String expected) {
        int c = bytes[at] & 0xff;
        String found = c > ' ' && c < 0x7f ? "'" + (char) c + "'" : String.format("byte 0x%02x", c);
        return invalid(at, found + " where " + expected + " should be");
    }
}
