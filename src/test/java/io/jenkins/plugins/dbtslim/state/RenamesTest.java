package io.jenkins.plugins.dbtslim.state;

import static io.jenkins.plugins.dbtslim.state.SmallManifests.model;
import static io.jenkins.plugins.dbtslim.state.SmallManifests.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.jenkins.plugins.dbtslim.manifest.Resource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is gone, and what of it came back under another name. */
class RenamesTest {
    private static final String TEST = "'test_metadata':{'name':'not_null'},";

    @TempDir
    Path folder;

    @Test
    void theSameBodyUnderAnotherNameIsARename() throws IOException {
        StateComparison comparison = compare(model("a", "select 1", "", ""), model("b", "select 1", "", ""));

        assertThat(comparison.renamed()).isEqualTo(Map.of("model.p.a", "model.p.b"));
        assertThat(comparison.removed()).extracting(Resource::uniqueId).containsExactly("model.p.a");
    }

    /** As early previews of dbt 2 wrote it. */
    @Test
    void codeThatIsNotThereIsNotTheSame() throws IOException {
        String a = model("a", "--placeholder--", "", "");
        assertThat(compare(a, model("b", "--placeholder--", "", "")).renamed()).isEmpty();
        StateComparison same = compare(a, a);
        assertThat(same.change("model.p.a").reasons())
                .extracting(Reason::aspect, Reason::details)
                .containsExactly(tuple(Aspect.BODY, List.of("neither manifest holds the code")));
    }

    @Test
    void whatIsStillThereIsNoRename() throws IOException {
        String a = model("a", "select 1", "", "");
        assertThat(compare(a, a + "," + model("b", "select 1", "", "")).renamed())
                .isEmpty();
        assertThat(compare(a + "," + model("b", "select 1", "", ""), a).renamed())
                .isEmpty();
    }

    @Test
    void anotherBodyOrTypeIsNoRename() throws IOException {
        String a = model("a", "select 1", "", "");
        assertThat(compare(a, model("b", "select 2", "", "")).renamed()).isEmpty();
        assertThat(compare(a, node("snapshot", "b", "select 1", "", "", "")).renamed())
                .isEmpty();
    }

    @Test
    void eachIsTheRenameOfOne() throws IOException {
        StateComparison comparison = compare(
                model("a", "select 1", "", "") + "," + model("b", "select 1", "", ""),
                model("c", "select 1", "", "") + "," + model("d", "select 1", "", "") + ","
                        + model("e", "select 1", "", ""));

        assertThat(comparison.renamed()).isEqualTo(Map.of("model.p.a", "model.p.c", "model.p.b", "model.p.d"));
    }

    @Test
    void generatedBodiesTellNothing() throws IOException {
        assertThat(compare(node("test", "a", "t", "", "", TEST), node("test", "b", "t", "", "", TEST))
                        .renamed())
                .isEmpty();
        assertThat(compare(node("test", "a", "t", "", "", ""), node("test", "b", "t", "", "", ""))
                        .renamed())
                .isEqualTo(Map.of("test.p.a", "test.p.b"));
    }

    private StateComparison compare(String before, String after) throws IOException {
        return StateComparison.compare(
                SmallManifests.of(folder, "'nodes':{" + before + "}"),
                SmallManifests.of(folder, "'nodes':{" + after + "}"),
                StateOptions.defaults());
    }
}
