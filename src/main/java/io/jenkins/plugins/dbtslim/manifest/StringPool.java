package io.jenkins.plugins.dbtslim.manifest;

import java.nio.charset.StandardCharsets;

/**
 * One String for equal writings of a JSON string: names, paths and ids of a project repeat a lot. They are found by a
 * 128-bit hash of their bytes in the file, so that most strings are never made.
 */
final class StringPool {
    private static final int LONGEST = 512;

    private final TextHash hash = new TextHash();
    private final KeptText decoded = new KeptText(Integer.MAX_VALUE);
    private String[] table = new String[1 << 12];
    private long[] hashes = new long[2 * table.length];
    private int count;
    private long weight;

    /**
     * The text of a JSON string.
     *
     * @param in the window that holds it
     * @param from begin, after the quote
     * @param to end, before the quote
     * @param plain whether it is ASCII without a backslash
     */
    String get(JsonBytes in, int from, int to, boolean plain) {
        if (to - from > LONGEST) {
            weight += 2L * (to - from);
            return make(in.bytes, from, to, plain);
        }
        hash.only(in.words, from, to);
        int slot = find(hash.high(), hash.low());
        if (table[slot] == null) {
            put(slot, hash.high(), hash.low(), make(in.bytes, from, to, plain));
            weight += 80L + to - from;
            if (++count > table.length / 2) {
                grow();
                slot = find(hash.high(), hash.low());
            }
        }
        return table[slot];
    }

    /** Bytes that the strings take, about. */
    long weight() {
        return weight;
    }

    private int find(long high, long low) {
        int slot = (int) high & table.length - 1;
        while (table[slot] != null && (hashes[2 * slot] != high || hashes[2 * slot + 1] != low)) {
            slot = slot + 1 & table.length - 1;
        }
        return slot;
    }

    private void put(int slot, long high, long low, String text) {
        table[slot] = text;
        hashes[2 * slot] = high;
        hashes[2 * slot + 1] = low;
    }

    private void grow() {
        String[] oldTable = table;
        long[] oldHashes = hashes;
        table = new String[2 * oldTable.length];
        hashes = new long[2 * table.length];
        for (int i = 0; i < oldTable.length; i++) {
            if (oldTable[i] != null) {
                put(find(oldHashes[2 * i], oldHashes[2 * i + 1]), oldHashes[2 * i], oldHashes[2 * i + 1], oldTable[i]);
            }
        }
    }

    /** A String of its own. */
    String make(byte[] bytes, int from, int to, boolean plain) {
        if (plain) {
            return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
        }
        decoded.reset();
        for (int at = from; at < to; at++) {
            if (bytes[at] == '\\') {
                decoded.escape(bytes, at);
                at += bytes[at + 1] == 'u' ? 5 : 1;
            } else {
                decoded.add(bytes[at], 1);
            }
        }
        return decoded.toString();
    }
}
