package io.jenkins.plugins.dbtslim.state;

import static io.jenkins.plugins.dbtslim.state.SmallManifests.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.manifest.Manifest;
import io.jenkins.plugins.dbtslim.manifest.ManifestTexts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The target is told as the cause of what it alone changed. */
class TargetChangeTest {
    private static final String CODE = "{{ config(materialized=target.name) }} select 1";

    @TempDir
    Path folder;

    private Manifest manifest(String target, String code, String config) throws IOException {
        String note = target == null ? "" : "'meta':{'dbt_slim_inputs':{'target':'" + target + "'}},";
        String model = node("model", "a", code, "", "", note)
                .replace("'unrendered_config':{}", "'unrendered_config':{" + config + "}");
        return SmallManifests.of(folder, "'nodes':{" + model + "},'macros':{}");
    }

    private List<TargetChange> changes(Manifest then, Manifest now) throws IOException {
        StateComparison comparison = StateComparison.compare(then, now, new StateOptions(null, Map.of()));
        assertThat(comparison.inputChanges()).isEmpty();
        return TargetChange.of(comparison, ManifestTexts.read(now.file(), Set.of("model.p.a")));
    }

    @Test
    void whatItAloneChangedIsItsDoing() throws IOException {
        assertThat(changes(
                        manifest("production", CODE, "'materialized':'table'"),
                        manifest("ci", CODE, "'materialized':'view'")))
                .containsExactly(new TargetChange("production", "ci", List.of("model.p.a")));
    }

    @Test
    void whatElseChangedIsNot() throws IOException {
        String table = "'materialized':'table'";
        String view = "'materialized':'view'";
        Manifest production = manifest("production", CODE, table);
        assertThat(changes(production, manifest("ci", CODE, table)))
                .as("nothing differs")
                .isEmpty();
        assertThat(changes(production, manifest("production", CODE, view)))
                .as("the same target")
                .isEmpty();
        assertThat(changes(production, manifest(null, CODE, view)))
                .as("not known")
                .isEmpty();
        assertThat(changes(manifest(null, CODE, table), manifest("ci", CODE, view)))
                .as("not known")
                .isEmpty();
        assertThat(changes(production, manifest("ci", CODE + "0", view)))
                .as("other code")
                .isEmpty();
        assertThat(changes(production, manifest("ci", CODE, view + ",'lookback':2")))
                .as("another key")
                .isEmpty();
        assertThat(changes(production, manifest("ci", CODE, view + ",'alias':'b'")))
                .as("another name")
                .isEmpty();
    }
}
