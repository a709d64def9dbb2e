package io.jenkins.plugins.dbtslim.manifest;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Keeps the beginning of a text. */
final class KeptText extends TextBytes {
    private static final int SIZE = 512;
    private final int longest;
    private boolean full;

    /** Keeps so many bytes at most. */
    KeptText(int longest) {
        super(SIZE);
        this.longest = longest;
    }

    KeptText reset() {
        size = 0;
        full = false;
        surrogates = false;
        return this;
    }

    @Override
    void drain() {
        if (!full && size < longest) {
            use(Arrays.copyOf(bytes, (int) Math.min(2L * bytes.length, Integer.MAX_VALUE - 8)));
        } else {
            full = true;
            size = Math.max(3, bytes.length - 2 * Long.BYTES);
        }
    }

    /** The text; one that was too long is cut before the character that goes beyond, and ends in an ellipsis. */
    @Override
    public String toString() {
        boolean cut = full || size > longest;
        int end = cut ? longest : size;
        while (cut && end > 0 && (bytes[end] & 0xc0) == 0x80) {
            end--;
        }
        String text = surrogates ? withSurrogates(end) : new String(bytes, 0, end, StandardCharsets.UTF_8);
        return cut ? text + "…" : text;
    }

    /** Java's decoder replaces surrogates. */
    private String withSurrogates(int end) {
        StringBuilder text = new StringBuilder(end);
        for (int at = 0; at < end; ) {
            int lead = bytes[at++] & 0xff;
            int more = lead < 0xc0 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
            int code = more == 0 ? lead : lead & 0x3f >> more;
            for (int i = 0; i < more; i++) {
                code = code << 6 | (bytes[at++] & 0x3f);
            }
            text.appendCodePoint(code);
        }
        return text.toString();
    }
}
