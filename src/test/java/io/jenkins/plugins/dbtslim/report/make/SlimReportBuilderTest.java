package io.jenkins.plugins.dbtslim.report.make;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.jenkins.plugins.dbtslim.change.BehindProduction;
import io.jenkins.plugins.dbtslim.dbt.result.RunResult;
import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;
import io.jenkins.plugins.dbtslim.manifest.Manifest;
import io.jenkins.plugins.dbtslim.manifest.ManifestReader;
import io.jenkins.plugins.dbtslim.report.data.BuiltReport;
import io.jenkins.plugins.dbtslim.report.data.ChangeKind;
import io.jenkins.plugins.dbtslim.report.data.DeferredReads;
import io.jenkins.plugins.dbtslim.report.data.Impact;
import io.jenkins.plugins.dbtslim.report.data.NodeRun;
import io.jenkins.plugins.dbtslim.report.data.NodeTexts;
import io.jenkins.plugins.dbtslim.report.data.ReportCause;
import io.jenkins.plugins.dbtslim.report.data.ReportReason;
import io.jenkins.plugins.dbtslim.report.data.RunInfo;
import io.jenkins.plugins.dbtslim.report.data.SavedTime;
import io.jenkins.plugins.dbtslim.report.data.SlimReport;
import io.jenkins.plugins.dbtslim.report.export.MarkdownSummary;
import io.jenkins.plugins.dbtslim.report.html.SummaryText;
import io.jenkins.plugins.dbtslim.report.page.HtmlOptions;
import io.jenkins.plugins.dbtslim.report.page.HtmlReport;
import io.jenkins.plugins.dbtslim.report.page.PageQuery;
import io.jenkins.plugins.dbtslim.state.StateComparison;
import io.jenkins.plugins.dbtslim.state.StateOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From two manifests and dbt's results to the nodes, texts and numbers of a report. */
class SlimReportBuilderTest {
    @TempDir
    Path folder;

    private Manifest current;
    private StateComparison comparison;

    @BeforeEach
    void compare() throws IOException {
        Manifest state = manifest(
                "state.json",
                model("stg", "select 1 as id", "view", "")
                        + "," + model("orders", "select id from stg", "view", "model.shop.stg")
                        + "," + model("daily", "select 1 from orders", "table", "model.shop.orders")
                        + "," + model("old", "select 'gone'", "view", "")
                        + "," + model("apart", "select 2", "table", ""));
        current = manifest(
                "current.json",
                model("stg", "select 1 as id", "view", "")
                        + "," + model("orders", "select id, 'hunter2' as x\\nfrom stg", "table", "model.shop.stg")
                        + "," + model("daily", "select 1 from orders", "table", "model.shop.orders")
                        + "," + model("fresh", "select 3", "view", "model.shop.orders")
                        + "," + model("apart", "select 2", "table", ""));
        comparison = StateComparison.compare(state, current, StateOptions.defaults());
    }

    @Test
    void saysWhatBecameOfEachNode() throws IOException {
        SlimReport report = new SlimReportBuilder(current, comparison).build().report();
        assertThat(kinds(report))
                .containsEntry("orders", ChangeKind.MODIFIED)
                .containsEntry("fresh", ChangeKind.NEW)
                .containsEntry("old", ChangeKind.REMOVED)
                .containsEntry("daily", ChangeKind.DOWNSTREAM)
                .doesNotContainKeys("stg", "apart");
        assertThat(report.node("model.shop.orders").reasons())
                .extracting(ReportReason::aspect)
                .contains("body", "configs");
        assertThat(report.node("model.shop.daily").cause()).containsExactly("model.shop.orders", "model.shop.daily");
        assertThat(report.node("model.shop.orders").linesAdded()).isEqualTo(2);
        assertThat(report.node("model.shop.old").relationName()).isEqualTo("\"db\".\"public\".\"old\"");
        assertThat(report.saved().nodes()).isEqualTo(2);
    }

    @Test
    void saysWhatFormerDeploysLeftPending() throws IOException {
        Manifest pending = manifest(
                "pending.json",
                model("stg", "select 1", "view", "")
                        .replaceFirst(
                                "\"checksum\": \\{[^}]*}",
                                "\"checksum\": {\"name\": \"dbt-slim-pending-1\", \"checksum\": \"failed;"
                                        + " 2026-11-30T08:00:00Z; 12\"}"));
        SlimReport report = new SlimReportBuilder(
                        current, StateComparison.compare(pending, current, StateOptions.defaults()))
                .build()
                .report();
        assertThat(report.advice()).contains("Production: still pending since build 12: model.shop.stg (failed).");
        assertThat(new MarkdownSummary(report, false).text()).contains("still pending since build 12");
    }

    @Test
    void keepsTextsAndMasksThem() throws IOException {
        BuiltReport built = new SlimReportBuilder(current, comparison)
                .mask(text -> text.replace("hunter2", "****"))
                .build();
        NodeTexts texts = built.texts("model.shop.orders");
        assertThat(texts.codeBefore().text()).isEqualTo("select id from stg");
        assertThat(texts.codeAfter().text()).isEqualTo("select id, '****' as x\nfrom stg");
        assertThat(texts.configs()).containsExactly(new NodeTexts.ConfigChange("materialized", "view", "table"));
        assertThat(built.texts("model.shop.old").codeAfter()).isNull();
        assertThat(built.texts("model.shop.daily")).isNull();
    }

    @Test
    void takesSelectedAndResultsFromDbt() throws IOException {
        BuiltReport built = new SlimReportBuilder(current, comparison)
                .outcome(RunStatus.FAILURE)
                .selected(List.of("model.shop.orders", "model.shop.daily"))
                .expected(List.of("model.shop.orders", "model.shop.daily", "model.shop.fresh"))
                .results(List.of(
                        result("model.shop.orders", "error", "boom", "2026-11-24T06:30:00.500000Z"),
                        result("model.shop.daily", "skipped", null, null)))
                .formerSeconds(Map.of("model.shop.apart", 12.5, "model.shop.daily", 3.0, "model.shop.gone", 1.0))
                .build();
        SlimReport report = built.report();
        NodeRun run = report.node("model.shop.orders").run();
        assertThat(run.message()).isEqualTo("boom");
        assertThat(run.startedMillis()).isEqualTo(1795501800500L);
        assertThat(report.node("model.shop.fresh").selected()).isFalse();
        assertThat(report.counts().failed()).isEqualTo(1);
        assertThat(report.saved()).isEqualTo(new SavedTime(3, 0, 12.5, 1));
        assertThat(built.lastSeconds())
                .as("of nodes that are still there")
                .isEqualTo(Map.of("model.shop.apart", 12.5, "model.shop.daily", 3.0));
        assertThat(report.advice())
                .anyMatch(advice -> advice.contains("in 1 case, model.shop.fresh (selected by us only): dbt is right"));
    }

    @Test
    void withoutProductionNothingCountsAsChanged() throws IOException {
        SlimReport report = new SlimReportBuilder(current, null)
                .outcome(RunStatus.SUCCESS)
                .results(List.of(result("model.shop.stg", "success", null, null)))
                .build()
                .report();
        assertThat(report.state()).isNull();
        assertThat(kinds(report)).containsOnly(Map.entry("stg", ChangeKind.UNCHANGED));
    }

    /** Each way to leave an object, and none where something still makes or reads it. */
    @Test
    void listsWhatIsLeftBehindAndNothingThatIsInUse() throws IOException {
        String unchanged = model("stg", "select 1", "view", "") + ",";
        Manifest state = manifest(
                "left.json",
                unchanged + model("gone", "select 'a'", "view", "") + "," + model("top", "select 'b'", "table", "")
                        + ","
                        + model("read", "select 'c'", "table", "") + "," + model("alias", "select 'd'", "view", "")
                        + ","
                        + model("moved", "select 'e'", "table", "") + "," + model("named", "select 'f'", "view", "")
                        + "," + model("inline", "select 'g'", "view", ""));
        Manifest now = manifest(
                "now.json",
                unchanged + model("best", "select 'b2'", "table", "").replace("\"best\\\"", "\"TOP\\\"") + ","
                        + model("alias", "select 'd2'", "table", "").replace("\"alias\\\"", "\"alias_v2\\\"") + ","
                        + model("moved", "select 'e2'", "table", "")
                                .replace("public", "marts")
                                .replace("unrendered_config\": {", "unrendered_config\": {\"schema\": \"marts\", ")
                        + ","
                        + model("renamed", "select 'f'", "view", "") + ","
                        + model("inline", "select 'g'", "ephemeral", "")
                                .replace("\"\\\"db\\\".\\\"public\\\".\\\"inline\\\"\"", "null"),
                "\"source.shop.s.read\": {\"unique_id\": \"source.shop.s.read\", \"name\": \"read\", \"resource_type\":"
                        + " \"source\", \"source_name\": \"s\", \"package_name\": \"shop\", \"fqn\": [\"shop\"],"
                        + " \"relation_name\": \"db.public.read\"}");
        SlimReport report = new SlimReportBuilder(now, StateComparison.compare(state, now, StateOptions.defaults()))
                .build()
                .report();
        assertThat(left(report))
                .containsExactlyInAnyOrder(
                        "gone: DROP VIEW \"db\".\"public\".\"gone\";",
                        "alias: DROP VIEW \"db\".\"public\".\"alias\";",
                        "moved: DROP MATERIALIZED VIEW \"db\".\"public\".\"moved\";",
                        "renamed: DROP VIEW \"db\".\"public\".\"named\";",
                        "inline: DROP VIEW \"db\".\"public\".\"inline\";");
    }

    /** A pull request builds all in a schema of its own: what moved there with the rest has not moved. */
    @Test
    void schemaOfAPullRequestStandsForProductions() throws IOException {
        Manifest state = manifest(
                "left.json",
                model("stg", "select 1", "view", "") + "," + model("gone", "select 'a'", "view", "") + ","
                        + model("top", "select 'b'", "table", "") + "," + model("alias", "select 'd'", "view", ""));
        Manifest now = manifest(
                "now.json",
                (model("stg", "select 2", "view", "") + ","
                                + model("best", "select 'b2'", "table", "").replace("\"best\\\"", "\"top\\\"") + ","
                                + model("alias", "select 'd2'", "view", "").replace("\"alias\\\"", "\"alias_v2\\\""))
                        .replace("public", "pr_9"));
        SlimReport report = new SlimReportBuilder(now, StateComparison.compare(state, now, StateOptions.defaults()))
                .build()
                .report();
        assertThat(left(report))
                .containsExactlyInAnyOrder(
                        "gone: DROP VIEW \"db\".\"public\".\"gone\";", "alias: DROP VIEW \"db\".\"public\".\"alias\";");
    }

    /** A schema that is the same in every environment says nothing of those that are not. */
    @Test
    void whatStaysInEveryEnvironmentMakesNoPullRequestProduction() throws IOException {
        String fixed = model("hist", "select 1", "snapshot", "").replace("public", "hist") + ","
                + model("shared", "select 2", "table", "") + ",";
        Manifest state = manifest(
                "left.json",
                fixed + model("stg", "select 1", "view", "") + "," + model("gone", "select 'a'", "view", "") + ","
                        + model("top", "select 'b'", "table", "") + "," + model("same", "select 4", "view", ""));
        Manifest now = manifest(
                "now.json",
                fixed
                        + (model("stg", "select 2", "view", "") + "," + model("same", "select 4", "view", "") + ","
                                        + model("best", "select 'b2'", "table", "")
                                                .replace("\"best\\\"", "\"top\\\""))
                                .replace("public", "pr_9"));
        SlimReport report = new SlimReportBuilder(now, StateComparison.compare(state, now, StateOptions.defaults()))
                .build()
                .report();
        assertThat(left(report)).containsExactly("gone: DROP VIEW \"db\".\"public\".\"gone\";");
    }

    /** Its models lie where they lie, dbt builds none of them, and nobody drops them from here. */
    @Test
    void whatAnotherProjectBuildsIsToldAsItsOwn() throws IOException {
        Manifest state = manifest(
                "left.json",
                model("stg", "select 1", "view", "") + "," + theirs("people") + "," + theirs("gone") + ","
                        + theirs("same"));
        Manifest now = manifest(
                "now.json",
                model("stg", "select 2", "view", "").replace("public", "pr_9") + ","
                        + theirs("people").replace("\"people\\\"", "\"persons\\\"") + "," + theirs("fresh") + ","
                        + theirs("same"));
        SlimReport report = new SlimReportBuilder(now, StateComparison.compare(state, now, StateOptions.defaults()))
                .build()
                .report();
        assertThat(left(report)).isEmpty();
        assertThat(report.counts().changedOthers()).isEqualTo(2);
        assertThat(new MarkdownSummary(report, true).text()).contains("`fresh` (model of hub) | new |");
    }

    /** A model as dbt-loom puts it into the manifest. */
    private static String theirs(String name) {
        return model(name, "", "view", "")
                .replace("model.shop.", "model.hub.")
                .replace("\"package_name\": \"shop\"", "\"package_name\": \"hub\"")
                .replace("models/" + name + ".sql", "")
                .replace("\"path\": \"" + name + ".sql\"", "\"path\": \"\"");
    }

    private static List<String> left(SlimReport report) {
        Impact impact = new Impact(report.head());
        return report.nodes().stream()
                .filter(Impact::isLeftBehind)
                .map(node -> node.name() + ": " + impact.dropText(node))
                .toList();
    }

    /** No claim of equality with a production that is not there. */
    @Test
    void onAFirstBuildEveryNodeIsNew() throws IOException {
        BuiltReport built = new SlimReportBuilder(current, null)
                .firstRun(true)
                .outcome(RunStatus.SUCCESS)
                .results(List.of(result("model.shop.stg", "success", null, null)))
                .build();
        SlimReport report = built.report();
        assertThat(kinds(report)).containsOnly(Map.entry("stg", ChangeKind.NEW));
        assertThat(report.counts().added()).isEqualTo(1);
        assertThat(report.advice())
                .anyMatch(advice -> advice.startsWith("First build: production has no manifest yet"));
        StringBuilder page = new StringBuilder();
        new HtmlReport(built, HtmlOptions.standalone()).fragment(page);
        assertThat(page.toString())
                .contains("First build: production has no manifest yet")
                .doesNotContain("> unchanged", "No node differs");
        assertThat(new MarkdownSummary(report, true).text()).contains("First build: production has no manifest yet");
    }

    /** A colleague's change that production has and the branch has not is none of the branch's. */
    @Test
    void whatOnlyProductionChangedIsMarkedAndNotLeftBehind() throws IOException {
        SlimReport all = new SlimReportBuilder(current, comparison).build().report();
        SlimReport report = new SlimReportBuilder(current, comparison)
                .behind(new BehindProduction(
                        3, Set.of("models/orders.sql", "models/old.sql"), Set.of("models/fresh.sql"), null))
                .build()
                .report();
        assertThat(report.node("model.shop.orders").reasons())
                .extracting(ReportReason::aspect)
                .contains("behind");
        assertThat(report.node("model.shop.fresh").reasons())
                .extracting(ReportReason::aspect)
                .doesNotContain("behind");
        assertThat(left(report)).as("old is new in production").isEmpty();
        assertThat(report.counts().behind()).isEqualTo(2);
        assertThat(report.counts().modified() + report.counts().removed())
                .as("counted apart")
                .isEqualTo(all.counts().modified() + all.counts().removed() - 2);
        assertThat(SummaryText.counts(report.counts(), report.saved())).contains("2 only because production is ahead");
        assertThat(report.advice())
                .contains(
                        "Production is 3 commits ahead of this branch: 2 nodes differ only because of that, and are no"
                                + " change of it: orders, old. Bring the branch up to date.");
    }

    /** Where only a macro differs, its file tells; where the branch changed something of it too, it is the branch's. */
    @Test
    void whatAMacroOfProductionChangesIsMarked() throws IOException {
        Manifest before = callers("macro-old.json", "1");
        Manifest now = callers("macro-new.json", "2");
        StateComparison compared = StateComparison.compare(before, now, StateOptions.defaults());
        SlimReport report = new SlimReportBuilder(now, compared)
                .behind(new BehindProduction(1, Set.of("macros/m.sql"), Set.of("models/b.sql"), null))
                .build()
                .report();
        assertThat(report.node("model.shop.a").reasons())
                .extracting(ReportReason::aspect)
                .containsExactly("macros", "behind");
        assertThat(report.node("model.shop.b").reasons())
                .extracting(ReportReason::aspect)
                .containsExactly("macros");
    }

    private Manifest callers(String name, String code) throws IOException {
        manifest(name, model("a", "select 1", "view", "") + "," + model("b", "select 1", "view", ""));
        Path file = folder.resolve(name);
        String macro = "\"macros\": {\"macro.shop.m\": {\"unique_id\": \"macro.shop.m\", \"package_name\": \"shop\","
                + " \"original_file_path\": \"macros/m.sql\", \"macro_sql\": \"" + code + "\"}}";
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("\"macros\": []", "\"macros\": [\"macro.shop.m\"]")
                        .replace("\"macros\": {}", macro));
        return ManifestReader.read(file);
    }

    @Test
    void lineEndsAloneAreNamed() throws IOException {
        StringBuilder before = new StringBuilder(model("stg", "select 1", "view", ""));
        StringBuilder after = new StringBuilder(before);
        for (String name : List.of("a", "b", "c")) {
            before.append(',').append(model(name, "select 1\\nas x", "view", ""));
            after.append(',').append(model(name, "select 1\\r\\nas x", "view", ""));
        }
        Manifest now = manifest("crlf.json", after.toString());
        SlimReport report = new SlimReportBuilder(
                        now,
                        StateComparison.compare(manifest("lf.json", before.toString()), now, StateOptions.defaults()))
                .build()
                .report();
        assertThat(report.node("model.shop.a").reasons())
                .containsExactly(new ReportReason("body", List.of("line ends only: LF became CRLF")));
        assertThat(new MarkdownSummary(report, true).text()).contains("SQL \\(line ends only\\)");
        assertThat(report.advice())
                .anyMatch(advice -> advice.startsWith("3 nodes differ from production by the line ends")
                        && advice.contains("core.autocrlf"));
    }

    /** dbt lists an exposure among its results and does nothing with it; what another project builds is not ours. */
    @ParameterizedTest
    @ValueSource(strings = {"no-op", "skipped"})
    void nothingIsSaidOfWhatNeverRuns(String status) throws IOException {
        String board =
                "\"exposures\": {\"exposure.shop.board\": {\"unique_id\": \"exposure.shop.board\", \"name\": \"board\","
                        + " \"resource_type\": \"exposure\", \"package_name\": \"shop\", \"fqn\": [\"shop\", \"board\"],"
                        + " \"depends_on\": {\"nodes\": [\"model.shop.stg\"]}}}";
        Path file = folder.resolve("board.json");
        manifest("board.json", model("stg", "select 1", "view", "") + "," + theirs("people"));
        Files.writeString(file, Files.readString(file).replace("\"exposures\": {}", board));
        SlimReport report = new SlimReportBuilder(ManifestReader.read(file), null)
                .outcome(RunStatus.SUCCESS)
                .results(List.of(
                        result("model.shop.stg", "success", null, null),
                        result("exposure.shop.board", status, null, null)))
                .build()
                .report();
        assertThat(report.saved().nodes()).as("nodes of other projects").isZero();
        assertThat(report.node("exposure.shop.board").run()).isNull();
    }

    @Test
    void aMacroIsToldOnceWithItsDifferenceAndItsNodes() throws IOException {
        String calls = "\"macros\": [\"macro.shop.cents\"]";
        String nodes = Stream.of("a", "b", "c")
                .map(name -> model(name, "select {{ cents() }}", "view", "").replace("\"macros\": []", calls))
                .collect(Collectors.joining(","));
        Manifest state = withMacros("macros0.json", nodes, macro("cents", "x / 100", "rate"), macro("rate", "1.0"));
        String added = "," + model("fresh", "select {{ cents() }}", "view", "").replace("\"macros\": []", calls);
        Manifest now = withMacros(
                "macros1.json", nodes + added, macro("cents", "x / 100", "rate"), macro("rate", "'hunter2'"));
        BuiltReport built = new SlimReportBuilder(now, StateComparison.compare(state, now, StateOptions.defaults()))
                .mask(text -> text.replace("hunter2", "****"))
                .build();
        assertThat(built.head().causes())
                .containsExactly(ReportCause.ofMacro("macro.shop.rate", "macros/rate.sql", ChangeKind.MODIFIED, 3, 0));
        assertThat(built.texts("macro.shop.rate").codeBefore().text()).isEqualTo("1.0");
        assertThat(built.texts("macro.shop.rate").codeAfter().text()).isEqualTo("'****'");
        StringBuilder page = new StringBuilder();
        new HtmlReport(built, HtmlOptions.standalone()).fragment(page);
        assertThat(page.toString()).contains("→ 3 nodes", ">rate</bdi>");
        StringBuilder details = new StringBuilder();
        new HtmlReport(built, HtmlOptions.served(true, PageQuery.of(null))).details("macro.shop.rate", details);
        assertThat(details.toString()).contains("dbt-slim-diff", "****");
        StringBuilder hidden = new StringBuilder();
        new HtmlReport(built, HtmlOptions.served(false, PageQuery.of(null))).details("macro.shop.rate", hidden);
        assertThat(hidden.toString()).doesNotContain("****").contains("need the permission");
    }

    /** A package of another version is one cause. */
    @Test
    void manyMacrosOfOnePackageAreToldTogether() throws IOException {
        String nodes = model("a", "select 1", "view", "")
                .replace("\"macros\": []", "\"macros\": [\"macro.utils.m0\", \"macro.utils.m1\"]");
        List<String> before = new ArrayList<>();
        List<String> after = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            before.add(macro("m" + i, "1").replace("shop", "utils"));
            after.add(macro("m" + i, "2").replace("shop", "utils"));
        }
        Manifest state = withMacros("pack0.json", nodes, before.toArray(String[]::new));
        Manifest now = withMacros("pack1.json", nodes, after.toArray(String[]::new));
        List<ReportCause> causes = new SlimReportBuilder(
                        now, StateComparison.compare(state, now, StateOptions.defaults()))
                .build()
                .head()
                .causes();
        assertThat(causes).extracting(ReportCause::id).containsExactly("utils");
        assertThat(causes.get(0).macroCount()).isEqualTo(30);
        assertThat(causes.get(0).macros()).hasSize(20);
        assertThat(causes.get(0).nodes()).isEqualTo(1);
    }

    /** The code of a generic test is written anew from its arguments, which are told anyway. */
    @Test
    void aTestOfAnotherSeverityHasNoOtherReason() throws IOException {
        String unique = model("unique_a", "{{ test_unique(**kwargs) }}", "test", "")
                .replace("model.shop", "test.shop")
                .replace(
                        "\"resource_type\": \"model\"",
                        "\"resource_type\": \"test\"," + " \"test_metadata\": {\"name\": \"unique\", \"kwargs\": {}}");
        String warns = unique.replace("(**kwargs) }}", "(**kwargs) }}{{ config(severity='warn') }}")
                .replace("\"unrendered_config\": {", "\"unrendered_config\": {\"severity\": \"warn\", ");
        Manifest state = manifest("severity0.json", unique);
        Manifest now = manifest("severity1.json", warns);
        SlimReport report = new SlimReportBuilder(now, StateComparison.compare(state, now, StateOptions.defaults()))
                .build()
                .report();
        assertThat(report.node("test.shop.unique_a").reasons())
                .extracting(ReportReason::aspect)
                .containsExactly("configs");
    }

    /** Macros of dbt and of its adapters come with it. */
    @Test
    void anUpgradeOfDbtIsOneCause() throws IOException {
        String nodes = model("a", "select 1", "view", "")
                .replace("\"macros\": []", "\"macros\": [\"macro.dbt.m\", \"macro.dbt_materialize.n\"]");
        String[] before = {
            macro("m", "1").replace("shop", "dbt"), macro("n", "1").replace("shop", "dbt_materialize")
        };
        String[] after = {
            macro("m", "2").replace("shop", "dbt"), macro("n", "2").replace("shop", "dbt_materialize")
        };
        Path old = withMacros("up0.json", nodes, before).file();
        Files.writeString(old, Files.readString(old).replace("1.10.2", "1.9.10"));
        Manifest now = withMacros("up1.json", nodes, after);
        StateComparison comparison = StateComparison.compare(ManifestReader.read(old), now, StateOptions.defaults());
        assertThat(new SlimReportBuilder(now, comparison).build().head().causes())
                .extracting(ReportCause::id, ReportCause::nodes, ReportCause::macroCount)
                .containsExactly(tuple("dbt 1.9.10 → 1.10.2", 1, 2));
    }

    @Test
    void readsAreToldByWhatDbtCompiled() throws IOException {
        String sql = "select * from \\\"db\\\".\\\"public\\\".\\\"theirs\\\" join \\\"db\\\".\\\"pr_9\\\".\\\"ours\\\"";
        String both = model("theirs", "select 1", "view", "") + "," + model("ours", "select 2", "view", "");
        Manifest state = manifest("reads0.json", both + "," + model("top", "select 3", "view", ""));
        String top = model("top", "select 4", "view", "")
                .replace("\"nodes\": []", "\"nodes\": [\"model.shop.theirs\", \"model.shop.ours\"]")
                .replace("\"raw_code\"", "\"compiled_code\": \"" + sql + "\", \"raw_code\"");
        Manifest now = manifest("reads1.json", both.replace("\\\"public\\\"", "\\\"pr_9\\\"") + "," + top);
        SlimReport report = new SlimReportBuilder(now, StateComparison.compare(state, now, StateOptions.defaults()))
                .outcome(RunStatus.SUCCESS)
                .run(new RunInfo(List.of(), List.of(), null, true, 0, 1, List.of()))
                .results(List.of(result("model.shop.top", "success", null, null)))
                .build()
                .report();
        assertThat(report.run().reads())
                .isEqualTo(new DeferredReads(List.of("model.shop.theirs"), List.of("model.shop.ours")));
    }

    private Manifest withMacros(String name, String nodes, String... macros) throws IOException {
        Manifest plain = manifest(name, nodes);
        Path file = folder.resolve(name);
        Files.writeString(
                file,
                Files.readString(file).replace("\"macros\": {}", "\"macros\": {" + String.join(",", macros) + "}"));
        return ManifestReader.read(plain.file());
    }

    private static String macro(String name, String sql, String... calls) {
        return """
                "macro.shop.%1$s": {"unique_id": "macro.shop.%1$s", "name": "%1$s", "package_name": "shop",
                  "original_file_path": "macros/%1$s.sql", "macro_sql": "%2$s", "depends_on": {"macros": [%3$s]}}
                """.formatted(
                name,
                sql,
                Stream.of(calls).map(call -> "\"macro.shop." + call + "\"").collect(Collectors.joining(",")));
    }

    /** dbt leaves a test of a model that is gone in the manifest, and selects it never. */
    @Test
    void whatDbtSwitchedOffIsNoChange() throws IOException {
        Manifest state = manifest("off.json", model("stg", "select 1", "view", ""));
        Manifest now = manifest(
                "on.json",
                model("stg", "select 1", "view", "") + ","
                        + model("off", "select 2", "view", "").replace("\"enabled\": true", "\"enabled\": false"));
        StateComparison both = StateComparison.compare(state, now, StateOptions.defaults());
        assertThat(kinds(new SlimReportBuilder(now, both).build().report())).isEmpty();
        StateComparison back = StateComparison.compare(now, state, StateOptions.defaults());
        assertThat(kinds(new SlimReportBuilder(state, back).build().report())).isEmpty();
    }

    private static Map<String, ChangeKind> kinds(SlimReport report) {
        Map<String, ChangeKind> kinds = new java.util.TreeMap<>();
        report.nodes().forEach(node -> kinds.put(node.name(), node.change()));
        return kinds;
    }

    private static RunResult result(String id, String status, String message, String started) {
        return new RunResult(id, status, 1, message, null, null, started, null, "Thread-1");
    }

    private Manifest manifest(String name, String nodes) throws IOException {
        return manifest(name, nodes, "");
    }

    private Manifest manifest(String name, String nodes, String sources) throws IOException {
        String json = """
                {"metadata": {"dbt_schema_version": "https://schemas.getdbt.com/dbt/manifest/v12.json", "dbt_version": "1.10.2",
                  "generated_at": "2026-11-24T06:00:00Z", "project_name": "shop", "adapter_type": "materialize"},
                 "nodes": {%s}, "sources": {%s}, "macros": {}, "exposures": {}, "disabled": {}}
                """.formatted(nodes, sources);
        return ManifestReader.read(Files.writeString(folder.resolve(name), json));
    }

    private static String model(String name, String sql, String materialized, String parent) {
        return """
                "model.shop.%1$s": {"unique_id": "model.shop.%1$s", "name": "%1$s", "resource_type": "model", "package_name": "shop",
                  "path": "%1$s.sql", "original_file_path": "models/%1$s.sql", "fqn": ["shop", "%1$s"], "tags": [],
                  "database": "db", "schema": "public", "alias": "%1$s", "relation_name": "\\"db\\".\\"public\\".\\"%1$s\\"",
                  "raw_code": "%2$s", "checksum": {"name": "sha256", "checksum": "%4$d"},
                  "config": {"enabled": true, "materialized": "%3$s"}, "unrendered_config": {"materialized": "%3$s"},
                  "depends_on": {"nodes": [%5$s], "macros": []}, "description": "", "columns": {}}
                """.formatted(name, sql, materialized, sql.hashCode(), parent.isEmpty() ? "" : "\"" + parent + "\"");
    }
}
