package io.jenkins.plugins.dbtslim.report.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The parts cover both texts, equal parts are equal, and the number of edits is the least possible. */
class TextDiffTest {
    @Test
    void findsTheLeastEditsOfManyRandomTexts() {
        Random random = new Random(7);
        for (int round = 0; round < 2000; round++) {
            List<Integer> before = letters(random, random.nextInt(12));
            List<Integer> after = letters(random, random.nextInt(12));
            List<TextDiff.Chunk> chunks = TextDiff.of(before, after);
            int edits = 0;
            int atBefore = 0;
            int atAfter = 0;
            for (TextDiff.Chunk chunk : chunks) {
                assertThat(chunk.beforeStart()).isEqualTo(atBefore);
                assertThat(chunk.afterStart()).isEqualTo(atAfter);
                List<Integer> old = before.subList(chunk.beforeStart(), chunk.beforeEnd());
                List<Integer> now = after.subList(chunk.afterStart(), chunk.afterEnd());
                if (chunk.equal()) {
                    assertThat(old).isNotEmpty().isEqualTo(now);
                } else {
                    edits += old.size() + now.size();
                }
                atBefore = chunk.beforeEnd();
                atAfter = chunk.afterEnd();
            }
            assertThat(atBefore).isEqualTo(before.size());
            assertThat(atAfter).isEqualTo(after.size());
            assertThat(edits).isEqualTo(before.size() + after.size() - 2 * longestCommon(before, after));
        }
    }

    @Test
    void textsThatDifferEverywhereAreReplacedWithoutEndlessWork() {
        List<String> before = new ArrayList<>();
        List<String> after = new ArrayList<>();
        for (int i = 0; i < 30_000; i++) {
            before.add("old " + i);
            after.add("new " + i);
        }
        assertThat(TextDiff.of(before, after)).containsExactly(new TextDiff.Chunk(false, 0, 30_000, 0, 30_000));
    }

    private static List<Integer> letters(Random random, int count) {
        List<Integer> letters = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            letters.add(random.nextInt(3));
        }
        return letters;
    }

    private static int longestCommon(List<Integer> a, List<Integer> b) {
        int[][] length = new int[a.size() + 1][b.size() + 1];
        for (int i = 1; i <= a.size(); i++) {
            for (int j = 1; j <= b.size(); j++) {
                length[i][j] = a.get(i - 1).equals(b.get(j - 1))
                        ? length[i - 1][j - 1] + 1
                        : Math.max(length[i - 1][j], length[i][j - 1]);
            }
        }
        return length[a.size()][b.size()];
    }
}
