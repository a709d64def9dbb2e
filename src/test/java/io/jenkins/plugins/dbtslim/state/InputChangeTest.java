package io.jenkins.plugins.dbtslim.state;

import static io.jenkins.plugins.dbtslim.state.SmallManifests.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.manifest.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the driver noted of vars and environment variables is compared as the driver compares it. */
class InputChangeTest {
    private static final String KEYED = "0123abcd:0123456789abcdef01234567";

    @TempDir
    Path folder;

    private StateComparison compare(String then, String now, Map<String, Boolean> flags) throws IOException {
        return StateComparison.compare(manifest(then), manifest(now), new StateOptions(null, flags));
    }

    private Manifest manifest(String inputs) throws IOException {
        String one = node("model", "a", "select 1", "", "", "'meta':{'dbt_slim_inputs':{" + inputs + "},'x':{}},");
        return SmallManifests.of(folder, "'nodes':{" + one + "},'macros':{}");
    }

    private List<String> changes(String then, String now) throws IOException {
        return compare(then, now, Map.of()).inputChanges().stream()
                .map(change -> change.aspect() + " " + change + " " + change.users())
                .toList();
    }

    @Test
    void anotherValueIsTold() throws IOException {
        assertThat(changes("'var q':'5','var? r':'1'", "'var q':'8','var? r':'2'"))
                .containsExactly("VARS q: 5 → 8 [model.p.a]", "VARS r: 1 → 2 (may be used) [model.p.a]");
        assertThat(changes("'var q':'-'", "'var q':'#abc'"))
                .containsExactly("VARS q: not set → a long value [model.p.a]");
        assertThat(changes("'env E':'" + KEYED + "'", "'env E':'" + KEYED.replace('7', '8') + "'"))
                .containsExactly("ENV E: another value [model.p.a]");
    }

    @Test
    void whatCannotBeComparedIsNotKnownToDiffer() throws IOException {
        assertThat(changes("", "'var q':'5'")).isEmpty();
        assertThat(changes("'var q':'5'", "'var q':'5'")).isEmpty();
        assertThat(changes("'env E':''", "'env E':'" + KEYED + "'")).isEmpty();
        assertThat(changes("'env E':'" + KEYED + "'", "'env E':'f" + KEYED.substring(1) + "'"))
                .as("by another key")
                .isEmpty();
        assertThat(changes("'var q':'5'", "'var q':'" + KEYED + "'")).isEmpty();
    }

    @Test
    void itCountsAsAChangeWhereThatWasAskedFor() throws IOException {
        for (boolean asked : new boolean[] {true, false}) {
            StateComparison comparison =
                    compare("'var q':'5'", "'var q':'8'", asked ? Map.of("also_changed_vars", true) : Map.of());
            assertThat(comparison.matches(
                            StateSelector.MODIFIED, comparison.current().resource("model.p.a")))
                    .isEqualTo(asked);
            assertThat(comparison.matches(
                            StateSelector.BODY, comparison.current().resource("model.p.a")))
                    .isFalse();
            assertThat(comparison.inputChanges()).singleElement().satisfies(change -> assertThat(change.counts())
                    .isEqualTo(asked));
        }
        StateComparison comparison = compare("'var q':'5'", "'var q':'8'", Map.of("also_changed_vars", true));
        assertThat(comparison.change("model.p.a").reasons())
                .containsExactly(new Reason(Aspect.VARS, true, List.of("q: 5 → 8")));
    }
}
