package io.jenkins.plugins.dbtslim.manifest;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The names of fields, which are few and follow each other in nearly the same order in every resource: the one that comes
 * is first compared with the one that came last time in this place, and looked up only when it is another.
 */
final class FieldNames {
    /** More than any manifest has; beyond it names are still read, but not expected. */
    private static final int MOST = 4096;

    private final Map<String, Name> byText = new HashMap<>();
    private Name last = new Name("");

    /** A name, its bytes up to and with the colon as most writers write it, and the name that followed it last. */
    private static final class Name {
        private final String text;
        private final byte[] quoted;
        private final Recent skipped = new Recent();
        private final Recent taken = new Recent();
        private Name next;

        Name(String text) {
            this.text = text;
            this.quoted = (text + "\":").getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    /** The name that is expected now, if it stands there up to its colon, or null. */
    String expected(byte[] bytes, int from, int limit) {
        Name next = last.next;
        if (next == null) {
            return null;
        }
        int to = from + next.quoted.length;
        if (to > limit || !Arrays.equals(bytes, from, to, next.quoted, 0, next.quoted.length)) {
            return null;
        }
        last = next;
        return next.text;
    }

    /** What was skipped in the field that was read last. */
    Recent skipped() {
        return last.skipped;
    }

    /** What was taken as a value in the field that was read last. */
    Recent taken() {
        return last.taken;
    }

    /** Another name stood there; if it is plain, it is expected in this place from now on. */
    void found(String text, boolean plain) {
        Name name = byText.get(text);
        if (name == null && plain && byText.size() < MOST) {
            name = new Name(text);
            byText.put(text, name);
        }
        if (name != null) {
            last.next = name;
            last = name;
        }
    }
}
