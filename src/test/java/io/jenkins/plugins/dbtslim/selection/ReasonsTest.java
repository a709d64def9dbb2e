package io.jenkins.plugins.dbtslim.selection;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.manifest.Manifest;
import io.jenkins.plugins.dbtslim.manifest.ManifestPair;
import io.jenkins.plugins.dbtslim.manifest.Resource;
import io.jenkins.plugins.dbtslim.state.Aspect;
import io.jenkins.plugins.dbtslim.state.Change;
import io.jenkins.plugins.dbtslim.state.Reason;
import io.jenkins.plugins.dbtslim.state.StateComparison;
import io.jenkins.plugins.dbtslim.state.StateOptions;
import io.jenkins.plugins.dbtslim.state.StateSelector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every change that real dbt made has its reason, on the recorded projects. */
class ReasonsTest {
    private static OracleCorpus corpus;

    @BeforeAll
    static void readCorpus() throws IOException {
        corpus = OracleCorpus.of("1.12");
    }

    @Test
    void whatIsModifiedHasADecisiveReasonAndWhatIsNotHasNone() throws IOException {
        for (OracleCorpus.Case c : corpus.cases()) {
            StateComparison comparison = compare(c);
            for (Resource resource : comparison.current().resources()) {
                Change change = comparison.change(resource.uniqueId());
                boolean decisive = change.reasons().stream().anyMatch(Reason::decisive);
                assertThat(decisive)
                        .as("%s in case %s", resource, c.name())
                        .isEqualTo(change.kind() == Change.Kind.MODIFIED);
                assertThat(comparison.matches(StateSelector.UNMODIFIED, resource))
                        .isNotEqualTo(comparison.matches(StateSelector.MODIFIED, resource));
            }
        }
    }

    @Test
    void aManifestIsTheSameAsItself() throws IOException {
        Path file = corpus.manifest(corpus.cases().get(0), "current").file();
        ManifestPair pair = ManifestPair.read(file, file);
        StateComparison comparison = StateComparison.compare(pair.state(), pair.current(), StateOptions.defaults());

        assertThat(comparison.current().resources())
                .noneMatch(r -> comparison.matches(StateSelector.MODIFIED, r))
                .noneMatch(r -> comparison.matches(StateSelector.NEW, r));
        assertThat(comparison.removed()).isEmpty();
    }

    @Test
    void tellsWhichConfigKeyChangedAndHow() throws IOException {
        assertThat(details("cfg-default-explicit", Aspect.CONFIGS)).anyMatch(d -> d.contains("(absent) → "));
    }

    @Test
    void tellsTheCallsThatLeadToAChangedMacro() throws IOException {
        assertThat(details("mac-package", Aspect.MACROS)).anyMatch(d -> d.startsWith("macro."));
    }

    @Test
    void tellsWhichColumnsOfAContractChangedAndWhetherThatBreaks() throws IOException {
        assertThat(details("con-drop-col", Aspect.CONTRACT)).anyMatch(d -> d.contains("is gone (breaking)"));
        assertThat(details("con-add-col", Aspect.CONTRACT))
                .anyMatch(d -> d.contains(" added: "))
                .noneMatch(d -> d.contains("breaking"));
    }

    @Test
    void tellsRenamedModels() throws IOException {
        StateComparison comparison = compare(find("str-rename"));

        assertThat(comparison.renamed()).isNotEmpty();
        assertThat(comparison.removed())
                .extracting(Resource::uniqueId)
                .containsAll(comparison.renamed().keySet());
    }

    private List<String> details(String name, Aspect aspect) throws IOException {
        StateComparison comparison = compare(find(name));
        Manifest current = comparison.current();
        Map<String, Change> changes = comparison.explain(
                current.resources().stream().map(Resource::uniqueId).toList());
        return changes.values().stream()
                .flatMap(change -> change.reasons().stream())
                .filter(reason -> reason.aspect() == aspect)
                .flatMap(reason -> reason.details().stream())
                .toList();
    }

    private static OracleCorpus.Case find(String name) {
        return corpus.cases().stream()
                .filter(c -> c.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private StateComparison compare(OracleCorpus.Case c) throws IOException {
        return StateComparison.compare(
                corpus.manifest(c, "state"),
                corpus.manifest(c, "current"),
                new StateOptions(null, corpus.lines(c).flags()));
    }
}
