package io.jenkins.plugins.dbtslim.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Values on one line: as JSON has them, cut where they are long, and however deep a manifest nests them. */
class ValuesTest {
    @Test
    void showsValuesOnOneLine() {
        assertThat(Values.text("a\n  b")).isEqualTo("a b");
        assertThat(Values.text(null)).isEqualTo("null");
        assertThat(Values.text(Arrays.asList(1L, null, Map.of(), List.of()))).isEqualTo("[1, null, {}, []]");
        assertThat(Values.text(Map.of("k", List.of("x", true)))).isEqualTo("{k: [x, true]}");
        assertThat(Values.change(1L, Values.ABSENT)).isEqualTo("1 → (absent)");
    }

    @Test
    void cutsLongValues() {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            words.add("word    word");
        }
        assertThat(Values.text(words))
                .hasSize(301)
                .startsWith("[word word, word")
                .endsWith("…");
        assertThat(Values.text("x".repeat(300))).hasSize(300);
    }

    /** Whoever sees one value of a change only has seen none. */
    @Test
    void aChangeOfLongValuesShowsWhatDiffers() {
        String same = "x".repeat(2_000);
        assertThat(Values.change(same + "before", same + "after"))
                .isEqualTo("…" + "x".repeat(20) + "before → …" + "x".repeat(20) + "after");
        assertThat(Values.change("a".repeat(400), "b")).isEqualTo("a".repeat(300) + "… → b");
    }

    @Test
    void takesAnyDepth() {
        Object deep = 1L;
        for (int i = 0; i < 100_000; i++) {
            deep = i % 2 == 0 ? List.of(deep) : Map.of("a", deep);
        }
        assertThat(Values.text(deep)).startsWith("{a: [{a: [").endsWith("…");
    }
}
