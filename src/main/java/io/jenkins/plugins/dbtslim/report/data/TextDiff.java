package io.jenkins.plugins.dbtslim.report.data;

import java.util.ArrayList;
import java.util.List;

/**
 * The difference of two lists of lines or words: Myers' greedy algorithm, with a bound on the work. Both texts come
 * from a pull request, so two texts that differ in more than {@value #MAX_EDITS} places are simply shown as replaced.
 */
public final class TextDiff {
    private static final int MAX_EDITS = 1000;

    /**
     * A part of both lists: equal, or replaced. Ends are exclusive.
     *
     * @param equal whether both parts are the same
     */
    public record Chunk(boolean equal, int beforeStart, int beforeEnd, int afterStart, int afterEnd) {}

    private TextDiff() {}

    /** Parts that alternate between equal and replaced and cover both lists. */
    public static <T> List<Chunk> of(List<T> before, List<T> after) {
        int start = 0;
        int beforeEnd = before.size();
        int afterEnd = after.size();
        while (start < beforeEnd && start < afterEnd && before.get(start).equals(after.get(start))) {
            start++;
        }
        while (beforeEnd > start
                && afterEnd > start
                && before.get(beforeEnd - 1).equals(after.get(afterEnd - 1))) {
            beforeEnd--;
            afterEnd--;
        }
        List<int[]> matches = matches(before.subList(start, beforeEnd), after.subList(start, afterEnd));
        List<Chunk> chunks = new ArrayList<>();
        if (start > 0) {
            chunks.add(new Chunk(true, 0, start, 0, start));
        }
        int fromBefore = start;
        int fromAfter = start;
        for (int i = 0; i < matches.size(); ) {
            int matchBefore = matches.get(i)[0] + start;
            int matchAfter = matches.get(i)[1] + start;
            addReplaced(chunks, fromBefore, matchBefore, fromAfter, matchAfter);
            int length = 1;
            while (i + length < matches.size()
                    && matches.get(i + length)[0] + start == matchBefore + length
                    && matches.get(i + length)[1] + start == matchAfter + length) {
                length++;
            }
            chunks.add(new Chunk(true, matchBefore, matchBefore + length, matchAfter, matchAfter + length));
            fromBefore = matchBefore + length;
            fromAfter = matchAfter + length;
            i += length;
        }
        addReplaced(chunks, fromBefore, beforeEnd, fromAfter, afterEnd);
        if (beforeEnd < before.size()) {
            chunks.add(new Chunk(true, beforeEnd, before.size(), afterEnd, after.size()));
        }
        return chunks;
    }

    /** The lines of a text, whatever its line breaks are; none of null. */
    public static List<String> lines(String text) {
        if (text == null || text.isEmpty()) {
            return List.of();
        }
        String normal = text.replace("\r\n", "\n");
        return List.of((normal.endsWith("\n") ? normal.substring(0, normal.length() - 1) : normal).split("\n", -1));
    }

    /** Lines added and lines removed between two texts. */
    public static int[] count(String before, String after) {
        int added = 0;
        int removed = 0;
        for (Chunk chunk : of(lines(before), lines(after))) {
            if (!chunk.equal()) {
                removed += chunk.beforeEnd() - chunk.beforeStart();
                added += chunk.afterEnd() - chunk.afterStart();
            }
        }
        return new int[] {added, removed};
    }

    private static void addReplaced(List<Chunk> chunks, int beforeStart, int beforeEnd, int afterStart, int afterEnd) {
        if (beforeStart < beforeEnd || afterStart < afterEnd) {
            chunks.add(new Chunk(false, beforeStart, beforeEnd, afterStart, afterEnd));
        }
    }

    /** Index pairs of equal elements, ascending. */
    private static <T> List<int[]> matches(List<T> before, List<T> after) {
        int n = before.size();
        int m = after.size();
        int max = Math.min(n + m, MAX_EDITS);
        int[] reach = new int[2 * max + 2];
        List<int[]> rounds = new ArrayList<>();
        for (int edits = 0; edits <= max && n > 0 && m > 0; edits++) {
            for (int diagonal = -edits; diagonal <= edits; diagonal += 2) {
                int at = max + diagonal;
                boolean down = diagonal == -edits || (diagonal != edits && reach[at - 1] < reach[at + 1]);
                int x = edits == 0 ? 0 : down ? reach[at + 1] : reach[at - 1] + 1;
                int y = x - diagonal;
                while (x < n && y < m && before.get(x).equals(after.get(y))) {
                    x++;
                    y++;
                }
                reach[at] = x;
                if (x >= n && y >= m) {
                    return backwards(rounds, edits, n, m);
                }
            }
            int[] kept = new int[2 * edits + 1];
            System.arraycopy(reach, max - edits, kept, 0, kept.length);
            rounds.add(kept);
        }
        return List.of();
    }

    /** Follows the rounds back to the start and collects the matches on the way. */
    private static List<int[]> backwards(List<int[]> rounds, int edits, int n, int m) {
        List<int[]> matches = new ArrayList<>();
        int x = n;
        int y = m;
        for (int round = edits; round >= 0; round--) {
            int diagonal = x - y;
            int fromX = 0;
            int fromY = 0;
            if (round > 0) {
                int[] reach = rounds.get(round - 1);
                boolean down =
                        diagonal == -round || (diagonal != round && at(reach, diagonal - 1) < at(reach, diagonal + 1));
                fromX = at(reach, down ? diagonal + 1 : diagonal - 1);
                fromY = fromX - (down ? diagonal + 1 : diagonal - 1);
                while (x > (down ? fromX : fromX + 1) && y > (down ? fromY + 1 : fromY)) {
                    matches.add(0, new int[] {--x, --y});
                }
            } else {
                while (x > 0 && y > 0) {
                    matches.add(0, new int[] {--x, --y});
                }
            }
            x = fromX;
            y = fromY;
        }
        return matches;
    }

    private static int at(int[] reach, int diagonal) {
        return reach[diagonal + reach.length / 2];
    }
}
