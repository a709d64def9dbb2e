package io.jenkins.plugins.dbtslim.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.manifest.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which resources a changed macro reaches, and by which calls. */
class MacroChangesTest {
    @TempDir
    Path folder;

    @Test
    void tellsTheShortestCallsFromEachMacroThatIsCalledFirstHand() throws IOException {
        String before = macros("a", "b c", "b", "c", "c", "d", "d", "", "e", "");
        String after = before.replace("'text of d'", "'other'");

        assertThat(paths("macro.p.a macro.p.e macro.p.c", before, after))
                .containsExactly("macro.p.a → macro.p.c → macro.p.d", "macro.p.c → macro.p.d");
    }

    @Test
    void endsTheCallsAtTheFirstChangedMacro() throws IOException {
        String before = macros("a", "b", "b", "c", "c", "");
        String after = before.replace("'text of b'", "'other'").replace("'text of c'", "'other'");

        assertThat(paths("macro.p.a", before, after)).containsExactly("macro.p.a → macro.p.b");
        assertThat(paths("macro.p.b", before, after)).containsExactly("macro.p.b");
    }

    @Test
    void macrosThatCallEachOtherDoNotGoOnForever() throws IOException {
        String before = macros("a", "b", "b", "a", "c", "");

        assertThat(paths("macro.p.a", before, before.replace("'text of c'", "'other'")))
                .isEmpty();
        assertThat(paths("macro.p.a", before, before.replace("'text of b'", "'other'")))
                .containsExactly("macro.p.a → macro.p.b");
    }

    @Test
    void addedAndRemovedMacrosAreChanged() throws IOException {
        String less = macros("a", "b");
        String more = macros("a", "b", "b", "");

        assertThat(paths("macro.p.a", less, more)).containsExactly("macro.p.a → macro.p.b");
        assertThat(paths("macro.p.a", more, less)).containsExactly("macro.p.a → macro.p.b");
        assertThat(compare("", less, more).changedMacros()).containsExactly("macro.p.b");
        assertThat(compare("", more, less).changedMacros()).containsExactly("macro.p.b");
        assertThat(compare("", more, more).changedMacros()).isEmpty();
    }

    private List<String> paths(String called, String before, String after) throws IOException {
        Change change = compare(called, before, after).change("model.p.m");
        assertThat(change.kind()).isEqualTo(change.reasons().isEmpty() ? Change.Kind.UNCHANGED : Change.Kind.MODIFIED);
        return change.reasons().stream()
                .peek(reason -> assertThat(reason.aspect()).isEqualTo(Aspect.MACROS))
                .flatMap(reason -> reason.details().stream())
                .toList();
    }

    private StateComparison compare(String called, String before, String after) throws IOException {
        String nodes = "'nodes':{" + SmallManifests.model("m", "select 1", "", called) + "},";
        Manifest state = SmallManifests.of(folder, nodes + before);
        Manifest current = SmallManifests.of(folder, nodes + after);
        return StateComparison.compare(state, current, new StateOptions(null, Map.of()));
    }

    /** Pairs of a name and what it calls. */
    private static String macros(String... pairs) {
        StringBuilder all = new StringBuilder("'macros':{");
        for (int i = 0; i < pairs.length; i += 2) {
            String calls = pairs[i + 1].isEmpty()
                    ? ""
                    : "'macro.p." + String.join("','macro.p.", pairs[i + 1].split(" ")) + "'";
            all.append(i == 0 ? "" : ",")
                    .append("'macro.p." + pairs[i] + "':{'macro_sql':'text of " + pairs[i]
                            + "','depends_on':{'macros':[" + calls + "]}}");
        }
        return all.append('}').toString();
    }
}
