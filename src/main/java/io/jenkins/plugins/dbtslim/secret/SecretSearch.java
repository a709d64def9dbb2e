package io.jenkins.plugins.dbtslim.secret;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Copies bytes and replaces each form of a secret by {@code ****}. In JSON it replaces within strings only, and a number only
 * as a whole (by 0), so that what was JSON stays JSON; a match never begins or ends within an escape.
 */
final class SecretSearch {
    private static final byte[] STARS = "****".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ZERO = {'0'};
    private static final int HEX_DIGITS = 4;
    private static final int BLOCK = 1 << 16;

    /** The forms by their first byte, longest first. */
    private final byte[][][] byFirst = new byte[256][][];

    private final int longest;
    private final boolean json;
    private boolean inString;
    /** How many bytes of an escape are still to come. */
    private int escaped;

    private boolean found;
    private byte before;

    SecretSearch(List<String> forms, boolean json) {
        this.json = json;
        Set<String> all = new LinkedHashSet<>();
        for (String form : forms) {
            if (json) {
                all.add(SecretLiterals.json(form, false));
                all.add(SecretLiterals.json(form, true));
            } else {
                all.add(form);
            }
        }
        List<List<byte[]>> lists = Stream.generate(() -> (List<byte[]>) new ArrayList<byte[]>())
                .limit(256)
                .toList();
        int length = 1;
        for (String form : all) {
            byte[] bytes = form.getBytes(StandardCharsets.UTF_8);
            lists.get(bytes[0] & 0xff).add(bytes);
            length = Math.max(length, bytes.length);
        }
        longest = length;
        for (int first = 0; first < 256; first++) {
            lists.get(first).sort(Comparator.comparingInt(bytes -> -bytes.length));
            byFirst[first] =
                    lists.get(first).isEmpty() ? null : lists.get(first).toArray(new byte[0][]);
        }
    }

    /** Whether there was a secret. */
    boolean copy(InputStream in, OutputStream out) throws IOException {
        inString = false;
        escaped = 0;
        found = false;
        before = 0;
        // One byte more than the longest form, to see where a number ends.
        byte[] buffer = new byte[BLOCK + longest + 1];
        int filled = 0;
        boolean end = false;
        while (!end) {
            int n = in.readNBytes(buffer, filled, buffer.length - filled);
            filled += n;
            end = filled < buffer.length;
            int done = pass(buffer, filled, end ? filled : BLOCK, out);
            System.arraycopy(buffer, done, buffer, 0, filled - done);
            filled -= done;
        }
        return found;
    }

    /** Handles what begins before the stop; gives how many bytes that were. */
    private int pass(byte[] buffer, int filled, int stop, OutputStream out) throws IOException {
        int written = 0;
        int i = 0;
        while (i < stop) {
            byte[][] candidates = byFirst[buffer[i] & 0xff];
            int length = candidates == null || escaped > 0 ? 0 : match(candidates, buffer, i, filled);
            if (length > 0) {
                found = true;
                out.write(buffer, written, i - written);
                out.write(!json || inString ? STARS : ZERO);
                before = buffer[i + length - 1];
                i += length;
                written = i;
            } else {
                step(buffer[i]);
                i++;
            }
        }
        out.write(buffer, written, i - written);
        return i;
    }

    private void step(byte b) {
        if (json) {
            if (escaped > 0) {
                escaped = escaped == 1 && before == '\\' && b == 'u' ? HEX_DIGITS : escaped - 1;
            } else if (b == '\\') {
                escaped = inString ? 1 : 0;
            } else if (b == '"') {
                inString = !inString;
            }
        }
        before = b;
    }

    private int match(byte[][] candidates, byte[] buffer, int at, int filled) {
        for (byte[] form : candidates) {
            if (at + form.length <= filled && starts(buffer, at, form)) {
                boolean whole = !json
                        || inString
                        || (!isNumber(before) && (at + form.length == filled || !isNumber(buffer[at + form.length])));
                if (whole) {
                    return form.length;
                }
            }
        }
        return 0;
    }

    private static boolean starts(byte[] buffer, int at, byte[] form) {
        for (int i = 1; i < form.length; i++) {
            if (buffer[at + i] != form[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isNumber(byte b) {
        return (b >= '0' && b <= '9') || b == '.' || b == '-' || b == '+' || b == 'e' || b == 'E';
    }
}
