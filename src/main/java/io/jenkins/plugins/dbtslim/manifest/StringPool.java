package io.jenkins.plugins.dbtslim.manifest;

/** One String for equal texts: names, paths and ids of a project repeat a lot. */
final class StringPool {
    private static final int LONGEST = 512;

    private String[] table = new String[1 << 12];
    private int[] hashes = new int[table.length];
    private int count;
    private long weight;

    String get(char[] text, int from, int length) {
        if (length > LONGEST) {
            weight += 2L * length;
            return new String(text, from, length);
        }
        int hash = TextHash.quick(text, from, length);
        int slot = hash & (table.length - 1);
        while (table[slot] != null) {
            if (hashes[slot] == hash && same(table[slot], text, from, length)) {
                return table[slot];
            }
            slot = (slot + 1) & (table.length - 1);
        }
        String made = new String(text, from, length);
        weight += 60L + length;
        table[slot] = made;
        hashes[slot] = hash;
        if (++count > table.length / 2) {
            grow();
        }
        return made;
    }

    /** Bytes that the strings take, about. */
    long weight() {
        return weight;
    }

    private static boolean same(String known, char[] text, int from, int length) {
        if (known.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (known.charAt(i) != text[from + i]) {
                return false;
            }
        }
        return true;
    }

    private void grow() {
        String[] oldTable = table;
        int[] oldHashes = hashes;
        table = new String[2 * oldTable.length];
        hashes = new int[table.length];
        for (int i = 0; i < oldTable.length; i++) {
            if (oldTable[i] != null) {
                int slot = oldHashes[i] & (table.length - 1);
                while (table[slot] != null) {
                    slot = (slot + 1) & (table.length - 1);
                }
                table[slot] = oldTable[i];
                hashes[slot] = oldHashes[i];
            }
        }
    }
}
