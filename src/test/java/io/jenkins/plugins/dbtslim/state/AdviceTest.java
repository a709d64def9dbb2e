package io.jenkins.plugins.dbtslim.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.jenkins.plugins.dbtslim.manifest.Manifest;
import io.jenkins.plugins.dbtslim.manifest.ManifestReader;
import io.jenkins.plugins.dbtslim.manifest.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When most models are modified, the likely cause is said; else nothing. */
class AdviceTest {
    private static final String DOCS = "\"docs\":{\"node_color\":\"red\"}";

    @TempDir
    Path folder;

    @Test
    void saysNothingWhenHalfOrFewerAreModified() throws IOException {
        assertThat(advice(project("1.11.0", 10, 0), project("1.11.0", 10, 5), Map.of()))
                .isEmpty();
    }

    @Test
    void saysNothingOfSmallProjects() throws IOException {
        assertThat(advice(project("1.11.0", 4, 0), project("1.11.0", 4, 4), Map.of()))
                .isEmpty();
    }

    /** One literal key that changed for all is no matter of targets. */
    @Test
    void namesTheOneConfigKeyThatChanged() throws IOException {
        assertThat(advice(project("1.11.0", 10, 0), project("1.11.0", 10, 6), Map.of()))
                .isEqualTo(
                        "6 of 10 models are modified, most of them only by one config key: materialized; if its value"
                                + " depends on the target or environment, consider the flag"
                                + " state_modified_compare_more_unrendered_values");
        assertThat(advice(
                        project("1.11.0", 10, 0),
                        project("1.11.0", 10, 6).replace("'materialized':'table'".replace('\'', '"'), DOCS),
                        Map.of()))
                .isEqualTo("6 of 10 models are modified, most of them only by one config key: docs");
        assertThat(advice(
                        project("1.11.0", 10, 0),
                        project("1.11.0", 10, 6),
                        Map.of(StateOptions.COMPARE_MORE_UNRENDERED, true)))
                .endsWith("only by one config key: materialized");
    }

    @Test
    void blamesConfigsThatDependOnTheEnvironmentAndNamesTheFlag() throws IOException {
        String two = project("1.11.0", 10, 6)
                .replace("\"materialized\":\"table\"", "\"materialized\":\"table\",\"cluster\":\"c\"");
        assertThat(advice(project("1.11.0", 10, 0), two, Map.of()))
                .isEqualTo(
                        "6 of 10 models are modified, most of them only by their config: if the target or environment"
                                + " of the two manifests differ, values that depend on it count as changes; consider the flag"
                                + " state_modified_compare_more_unrendered_values");
        assertThat(advice(project("1.11.0", 10, 0), two, Map.of(StateOptions.COMPARE_MORE_UNRENDERED, true)))
                .endsWith("; or the two were parsed with different settings of the flag"
                        + " state_modified_compare_more_unrendered_values");
    }

    @Test
    void blamesTheUpgradeForConfigsThatDbtWritesDifferently() throws IOException {
        assertThat(advice(project("1.10.0", 10, 0), project("1.11.0", 10, 6), Map.of()))
                .isEqualTo("6 of 10 models are modified, most of them only by their config: dbt changed from 1.10.0 to"
                        + " 1.11.0, which writes configs differently; publish a manifest of the new version once");
    }

    @Test
    void blamesTheUpgradeForBuiltInMacros() throws IOException {
        assertThat(advice(project("1.10.0", 10, 0), withMacro("1.11.0", "macro.dbt.m", "new"), Map.of()))
                .isEqualTo("10 of 10 models are modified, most of them only by a macro: dbt changed from 1.10.0 to"
                        + " 1.11.0, and its built-in macros with it");
    }

    @Test
    void blamesASharedMacroOfTheProject() throws IOException {
        assertThat(advice(withMacro("1.11.0", "macro.p.m", "old"), withMacro("1.11.0", "macro.p.m", "new"), Map.of()))
                .isEqualTo("10 of 10 models are modified, most of them only by a macro that they share");
        assertThat(advice(withMacro("1.10.0", "macro.p.m", "old"), withMacro("1.11.0", "macro.p.m", "new"), Map.of()))
                .endsWith(" that they share");
        assertThat(advice(project("1.10.0", 10, 0), withMacro("1.11.0", "macro.dbt_utils.m", "new"), Map.of()))
                .as("a package whose name begins like dbt's own")
                .endsWith(" that they share");
        assertThat(advice(project("1.10.0", 10, 0), withMacro("1.11.0", "macro.dbt_duckdb.m", "new"), Map.of()))
                .endsWith("its built-in macros with it");
    }

    @Test
    void tellsTheUpgradeBesidesOtherChangesAndNothingWhereThereIsNone() throws IOException {
        String other = project("1.11.0", 10, 0).replace("select 1", "select 2");
        assertThat(advice(project("1.11.0", 10, 0), other, Map.of())).isEmpty();
        assertThat(advice(project("1.10.0", 10, 0), other, Map.of()))
                .isEqualTo("10 of 10 models are modified; dbt changed from 1.10.0 to 1.11.0");
    }

    @Test
    void tellsThatProductionIsOfANewerVersion() throws IOException {
        assertThat(advice(project("1.11.0", 1, 0), project("1.9.0", 1, 0), Map.of()))
                .isEqualTo("production's manifest was written by dbt 1.11.0, which is newer than dbt 1.9.0 here; use"
                        + " the same version here as in production");
        assertThat(advice(project("1.9.0", 1, 0), project("1.11.0", 1, 0), Map.of()))
                .isEmpty();
    }

    @Test
    void tellsFirstThatRulesAreOnlyNear() throws IOException {
        assertThat(advice(project("2.0.1", 1, 0), project("2.0.1", 1, 0), Map.of()))
                .isEqualTo("dbt 2.0.1 selects by rules that are known only in part; its answer may differ");
        assertThat(advice(project("1.7.0", 1, 0), project("1.7.0", 1, 0), Map.of()))
                .isEqualTo("dbt 1.7.0 is older than 1.8, whose rules are used");
        assertThat(advice(project("1.13.0", 1, 0), project("1.13.0", 1, 0), Map.of()))
                .isEqualTo("dbt 1.13.0 is newer than 1.12, whose rules are used");
        assertThat(advice(project("2026.11.3+a1b2c3", 1, 0), project("2026.11.3+a1b2c3", 1, 0), Map.of()))
                .isEqualTo("dbt 2026.11.3+a1b2c3 is of dbt Cloud; the rules of dbt 1.12 are used");
        assertThat(advice(project("odd", 1, 0), project("odd", 1, 0), Map.of()))
                .isEqualTo("the manifest names no dbt version; the rules of dbt 1.12 are used");
    }

    /** "Nothing differs" is never all that is said where dbt could not tell. */
    @Test
    void namesSeedsThatDbtComparesByPathAlone() throws IOException {
        String seed = SmallManifests.node(
                "seed", "parts", "", "", "", "'checksum':{'name':'path','checksum':'seeds/parts.csv'},");
        Manifest same = SmallManifests.of(folder, "'nodes':{" + seed + "},'macros':{}");
        assertThat(StateComparison.compare(same, same, StateOptions.defaults()).advice())
                .containsExactly(
                        "1 seed is above 1 MiB and not comparable by dbt, which looks at the path alone: parts."
                                + " Whether rows changed is not known; select such a seed by its name to load it.");
        Manifest small = SmallManifests.of(folder, "'nodes':{" + seed.replace("'path'", "'sha256'") + "},'macros':{}");
        assertThat(StateComparison.compare(small, same, StateOptions.defaults()).advice())
                .isEmpty();
        String noted = seed.replace("'checksum':{", "'meta':{'a':{},'dbt_slim_content':'c'},'checksum':{");
        Manifest known = SmallManifests.of(folder, "'nodes':{" + noted + "},'macros':{}");
        assertThat(StateComparison.compare(known, known, StateOptions.defaults())
                        .advice())
                .isEmpty();
        assertThat(StateComparison.compare(known, same, StateOptions.defaults()).advice())
                .hasSize(1);
    }

    @Test
    void comparesSuchASeedByWhatWasNotedOfIt() throws IOException {
        String seed = SmallManifests.node(
                "seed",
                "parts",
                "",
                "",
                "",
                "'meta':{'dbt_slim_content':'a'},'checksum':{'name':'path','checksum':'seeds/parts.csv'},");
        Manifest before = SmallManifests.of(folder, "'nodes':{" + seed + "},'macros':{}");
        Manifest now = SmallManifests.of(folder, "'nodes':{" + seed.replace("'a'", "'b'") + "},'macros':{}");
        StateComparison comparison = StateComparison.compare(before, now, StateOptions.defaults());
        Resource parts = now.resources().iterator().next();
        assertThat(comparison.matches(StateSelector.MODIFIED, parts)).isTrue();
        assertThat(comparison.change(parts.uniqueId()).reasons())
                .extracting(Reason::aspect, Reason::details)
                .containsExactly(tuple(Aspect.BODY, List.of("a → b")));
        assertThat(StateComparison.compare(now, now, StateOptions.defaults()).matches(StateSelector.MODIFIED, parts))
                .isFalse();
    }

    /** dbt leaves them in the manifest, and calls them neither new nor modified. */
    @Test
    void namesTestsThatDbtSwitchedOff() throws IOException {
        String on = SmallManifests.node("test", "not_null_a", "t", "", "", "");
        String off = on.replace("'enabled':true", "'enabled':false");
        Manifest before = SmallManifests.of(folder, "'nodes':{" + on + "},'macros':{}");
        Manifest now = SmallManifests.of(folder, "'nodes':{" + off + "},'macros':{}");
        assertThat(StateComparison.compare(before, now, StateOptions.defaults()).advice())
                .containsExactly("1 test was switched off by dbt, because what is tested is not there or disabled:"
                        + " not_null_a.");
        assertThat(StateComparison.compare(now, now, StateOptions.defaults()).advice())
                .isEmpty();
    }

    private String advice(String state, String current, Map<String, Boolean> flags) throws IOException {
        Path before = Files.writeString(folder.resolve("before.json"), state);
        Path now = Files.writeString(folder.resolve("now.json"), current);
        List<String> all = StateComparison.compare(
                        ManifestReader.read(before), ManifestReader.read(now), new StateOptions(null, flags))
                .advice();
        return String.join("\n", all);
    }

    /** Models that all call one macro; of the first some, a config differs. */
    private static String project(String version, int models, int configured) {
        return manifest(
                version, models, configured, "\"macro.p.m\":{\"unique_id\":\"macro.p.m\",\"macro_sql\":\"old\"}");
    }

    private static String withMacro(String version, String id, String sql) {
        return manifest(version, 10, 0, "\"" + id + "\":{\"unique_id\":\"" + id + "\",\"macro_sql\":\"" + sql + "\"}");
    }

    private static String manifest(String version, int models, int configured, String macro) {
        String nodes = IntStream.range(0, models)
                .mapToObj(i -> ("'model.p.m" + i + "':{'unique_id':'model.p.m" + i
                                + "','resource_type':'model','package_name':'p','name':'m" + i + "','fqn':['p','m" + i
                                + "'],'raw_code':'select 1','config':{'enabled':true},'unrendered_config':{"
                                + (i < configured ? "'materialized':'table'" : "")
                                + "},'depends_on':{'nodes':[],'macros':['macro.p.m']}}")
                        .replace('\'', '"'))
                .collect(Collectors.joining(","));
        return "{\"metadata\":{\"dbt_schema_version\":\"https://schemas.getdbt.com/dbt/manifest/v12.json\",\"dbt_version\":\""
                + version + "\",\"project_name\":\"p\",\"adapter_type\":\"duckdb\"},\"nodes\":{" + nodes
                + "},\"macros\":{" + macro + "}}";
    }
}
