package io.jenkins.plugins.dbtslim.selection;

import static io.jenkins.plugins.dbtslim.state.SmallManifests.model;
import static io.jenkins.plugins.dbtslim.state.SmallManifests.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.manifest.Manifest;
import io.jenkins.plugins.dbtslim.state.SmallManifests;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Through what a resource came to be selected, and what a selection warns about. */
class PathsTest {
    @TempDir
    Path folder;

    private Manifest manifest;

    /** a → b → c ← e, b → d, and a test of b and e. */
    @BeforeEach
    void write() throws IOException {
        manifest = SmallManifests.of(
                folder,
                "'nodes':{" + model("a", "1", "", "") + "," + model("b", "2", "a", "") + ","
                        + model("c", "3", "b e", "")
                        + "," + model("d", "4", "b", "") + "," + model("e", "5", "", "") + ","
                        + node("test", "t", "6", "b e", "", "") + "}");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            value = {
                "a+, model.p.a, a",
                "a+, model.p.c, a b c",
                "a+, test.p.t, a b t",
                "a+ b+, model.p.c, b c",
                "b+ a+, model.p.c, b c",
                "a+ c, model.p.c, c",
                "+c, model.p.a, c b a",
                "1+c, model.p.e, c e",
                "@a, model.p.e, a b t e",
                "@b, model.p.a, b a",
                "b, test.p.t, b t",
                "'a+,+d', model.p.b, a b",
                "'+d,a+', model.p.b, d b",
                "b, model.p.d, ''",
            })
    void isAShortestOneFromWhatWasNamed(String words, String id, String path) throws SelectionException {
        List<String> names = select(words).path(id).stream()
                .map(step -> step.substring(step.lastIndexOf('.') + 1))
                .toList();
        assertThat(String.join(" ", names)).isEqualTo(path);
    }

    @Test
    void warnsOfWordsThatMatchNothing() throws SelectionException {
        assertThat(select("a nothing tag:x,b").warnings())
                .containsExactly(
                        "the selector \"nothing\" matches nothing", "the selector \"tag:x,b\" matches nothing");
        assertThat(select("a").warnings()).isEmpty();
        SelectionRequest all =
                new SelectionRequest(List.of(), List.of("no"), List.of(), List.of(), IndirectSelection.EAGER, null);
        assertThat(Selection.select(manifest, StateInput.NONE, all).warnings())
                .containsExactly("the selector \"no\" matches nothing");
    }

    private SelectionResult select(String words) throws SelectionException {
        return Selection.select(manifest, StateInput.NONE, SelectionRequest.of(words));
    }
}
