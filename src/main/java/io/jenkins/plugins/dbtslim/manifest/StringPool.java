package io.jenkins.plugins.dbtslim.manifest;

/** One String for equal texts: names, paths and ids of a project repeat a lot. */
final class StringPool {
    private static final int LONGEST = 512;

    private String[] table = new String[1024];
    private int count;
    private long weight;

    String get(char[] text, int from, int length) {
        if (length > LONGEST) {
            weight += 2L * length;
            return new String(text, from, length);
        }
        int hash = 0;
        for (int i = from; i < from + length; i++) {
            hash = 31 * hash + text[i];
        }
        int slot = slot(hash);
        while (table[slot] != null) {
            if (table[slot].hashCode() == hash && same(table[slot], text, from, length)) {
                return table[slot];
            }
            slot = (slot + 1) & (table.length - 1);
        }
        String made = new String(text, from, length);
        weight += 56L + length;
        table[slot] = made;
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

    private int slot(int hash) {
        return (hash ^ hash >>> 15) & (table.length - 1);
    }

    private void grow() {
        String[] old = table;
        table = new String[2 * old.length];
        for (String text : old) {
            if (text != null) {
                int slot = slot(text.hashCode());
                while (table[slot] != null) {
                    slot = (slot + 1) & (table.length - 1);
                }
                table[slot] = text;
            }
        }
    }
}
