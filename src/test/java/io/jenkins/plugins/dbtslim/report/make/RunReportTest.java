package io.jenkins.plugins.dbtslim.report.make;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import io.jenkins.plugins.dbtslim.dbt.result.DbtOutcome;
import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;
import io.jenkins.plugins.dbtslim.report.data.BuiltReport;
import io.jenkins.plugins.dbtslim.report.data.NodeRun;
import io.jenkins.plugins.dbtslim.report.data.ReportHead;
import io.jenkins.plugins.dbtslim.report.data.ReportNode;
import io.jenkins.plugins.dbtslim.report.data.RunInfo;
import io.jenkins.plugins.dbtslim.report.data.RunWarning;
import io.jenkins.plugins.dbtslim.report.data.SavedTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run's report knows from before the run, and what it says where dbt selected otherwise than we. */
class RunReportTest {
    @TempDir
    Path folder;

    private Path state;
    private Path current;

    @BeforeEach
    void manifests() throws IOException {
        state = manifest(Files.createDirectory(folder.resolve("state")), "select 1");
        current = manifest(Files.createDirectory(folder.resolve("kept")), "select 2");
    }

    private static Path manifest(Path folder, String sql) throws IOException {
        return Files.writeString(
                folder.resolve("manifest.json"), """
                {"metadata": {"dbt_schema_version": "https://schemas.getdbt.com/dbt/manifest/v12.json", "dbt_version": "1.10.2",
                  "generated_at": "2026-11-24T06:00:00Z", "project_name": "shop", "adapter_type": "materialize"},
                 "nodes": {%s, %s}, "sources": {}, "macros": {}, "exposures": {}, "disabled": {}}
                """.formatted(model("a", sql), model("b", "select 3")));
    }

    private static String model(String name, String sql) {
        return """
                "model.shop.%1$s": {"unique_id": "model.shop.%1$s", "name": "%1$s", "resource_type": "model", "package_name": "shop",
                  "path": "%1$s.sql", "original_file_path": "models/%1$s.sql", "fqn": ["shop", "%1$s"], "tags": [],
                  "database": "db", "schema": "public", "alias": "%1$s", "relation_name": "\\"db\\".\\"public\\".\\"%1$s\\"",
                  "raw_code": "%2$s", "checksum": {"name": "sha256", "checksum": "%3$d"},
                  "config": {"enabled": true, "materialized": "view"}, "unrendered_config": {},
                  "depends_on": {"nodes": [], "macros": []}, "description": "", "columns": {}}
                """.formatted(name, sql, sql.hashCode());
    }

    private ReportHead head(RunFacts facts, String... selected) throws IOException {
        DbtOutcome outcome = new DbtOutcome(
                RunStatus.SUCCESS,
                null,
                "1.10.2",
                "materialize",
                true,
                null,
                new TreeSet<>(List.of(selected)),
                Set.of(),
                Map.of(),
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                current,
                null);
        return RunReport.of(outcome, state, facts, UnaryOperator.identity()).head();
    }

    private static RunFacts modified() {
        return new RunFacts(List.of("state:modified+"), List.of(), null, true);
    }

    @Test
    void aSelectionThatIsOursToIsNotWorthAWord() throws IOException {
        assertThat(head(modified(), "model.shop.a", "exposure.shop.e").advice()).isEmpty();
    }

    /** dbt's ls lists a new model of another project, and its build passes it over. */
    @Test
    void whatAnotherProjectBuildsIsSelectedByNobody() throws IOException {
        Files.writeString(
                current,
                Files.readString(current)
                        .replace(
                                "\"nodes\": {",
                                "\"nodes\": {" + model("theirs", "").replace("models/theirs.sql", "") + ","));
        assertThat(head(modified(), "model.shop.a").advice()).isEmpty();
    }

    @Test
    void aSelectionThatDiffersIsCalledOurFault() throws IOException {
        assertThat(head(modified(), "model.shop.a", "model.shop.b").advice())
                .anyMatch(line -> line.contains("model.shop.b (selected by dbt only): dbt is right"));
        assertThat(head(new RunFacts(List.of("model.shop.none"), List.of("b"), null, true), "model.shop.a")
                        .advice())
                .anyMatch(line -> line.contains("model.shop.a (selected by dbt only)"));
    }

    @Test
    void whatWeCannotTellIsNotJudged() throws IOException {
        assertThat(head(modified().selectedWith(null, List.of("--exclude-resource-type", "test")), "model.shop.b")
                        .advice())
                .isEmpty();
        assertThat(head(new RunFacts(List.of("result:error"), List.of(), null, true), "model.shop.b")
                        .advice())
                .isEmpty();
    }

    @Test
    void whatTheAbortBrokeOffIsToldAndItsSecondsAreNoTiming() throws IOException {
        Files.writeString(current.resolveSibling("outcome.json"), """
                {"status": "ABORTED", "one_process": true, "selected": ["model.shop.a", "model.shop.b"], "messages": [
                  {"level": "warn", "event": "UnusedTables", "text": "An entry matches nothing"},
                  {"level": "error", "event": "LogCancelLine", "text": "CANCEL query model.shop.a .... [CANCEL]"}], "interrupted": [
                  {"id": "model.shop.a", "started": "2026-11-24T06:00:00.250000Z", "seconds": 34.5},
                  {"id": "model.shop.b", "started": "2026-11-24T06:00:01.000000Z", "seconds": 1.0}]}
                """);
        Files.writeString(current.resolveSibling("run_results.json"), """
                {"metadata": {"dbt_schema_version": "https://schemas.getdbt.com/dbt/run-results/v6.json"}, "elapsed_time": 1.0,
                 "results": [{"unique_id": "model.shop.b", "status": "success", "execution_time": 7.5, "thread_id": "Thread-1",
                   "timing": [{"name": "compile", "started_at": "2026-11-24T06:00:01Z", "completed_at": "2026-11-24T06:00:09Z"}]}]}
                """);
        BuiltReport report =
                RunReport.of(DbtOutcome.read(current.getParent()), state, modified(), UnaryOperator.identity());
        assertThat(report.report().nodes())
                .extracting(ReportNode::id, node -> node.run().status(), node -> node.run()
                        .result())
                .containsExactlyInAnyOrder(
                        tuple("model.shop.a", "interrupted", NodeRun.Result.SKIPPED),
                        tuple("model.shop.b", "success", NodeRun.Result.OK));
        NodeRun broken = report.report().nodes().get(0).run();
        assertThat(broken.seconds()).isEqualTo(34.5);
        assertThat(broken.endedMillis() - broken.startedMillis()).isEqualTo(34_500);
        assertThat(report.lastSeconds()).containsOnly(entry("model.shop.b", 7.5));
        assertThat(report.report().run().messages()).isEmpty();
        assertThat(report.report().run().warnings())
                .as("what belongs to no node")
                .containsExactly(new RunWarning("UnusedTables", "An entry matches nothing", 1));
    }

    /** Each command of a process gives them anew; deprecations come last. */
    @Test
    void warningsAreToldOnceAndErrorsApart() throws IOException {
        Files.writeString(current.resolveSibling("outcome.json"), """
                {"status": "FAILURE", "one_process": true, "seconds": {"import": 2.0, "parse": 3.0, "operations": 1.5,
                  "build": 9.0, "total": 16.0}, "messages": [
                  {"level": "warn", "event": "DeprecationsSummary", "text": "Summary of hunter2\\n- Missing"},
                  {"level": "warn", "event": "UnusedTables", "text": "An entry matches nothing"},
                  {"level": "warn", "event": "DeprecationsSummary", "text": "Summary of hunter2\\n- Missing"},
                  {"level": "error", "event": "X", "text": "boom"}, {"level": "error", "event": "X", "text": "boom"}]}
                """);
        Files.writeString(current.resolveSibling("run_results.json"), """
                {"metadata": {"dbt_schema_version": "https://schemas.getdbt.com/dbt/run-results/v6.json"}, "elapsed_time": 7.0,
                 "args": {"empty": true}, "results": []}
                """);
        ReportHead report = RunReport.of(
                        DbtOutcome.read(current.getParent()),
                        state,
                        modified().selectedWith(null, List.of("--empty", "--vars", "hunter2")),
                        text -> text == null ? null : text.replace("hunter2", "****"))
                .head();
        RunInfo run = report.run();
        assertThat(run.messages()).containsExactly("boom");
        assertThat(run.warnings())
                .containsExactly(
                        new RunWarning("UnusedTables", "An entry matches nothing", 1),
                        new RunWarning("DeprecationsSummary", "Summary of ****\n- Missing", 2));
        assertThat(run.parts())
                .containsExactly(
                        entry("starting", 2.0),
                        entry("parsing", 5.0),
                        entry("operations", 1.5),
                        entry("building", 7.0));
        assertThat(run.arguments()).containsExactly("--empty", "--vars", "****");
        assertThat(report.advice())
                .contains("Built with --empty: the relations hold no rows, so what tests say is of no more than that.");
    }

    @Test
    void withoutResultsAllThatDbtSaidIsTold() throws IOException {
        Files.writeString(current.resolveSibling("outcome.json"), """
                {"status": "ERROR", "one_process": true, "messages": [
                  {"level": "error", "event": "LogModelResult", "text": "1 of 2 ERROR creating sql view model a"}]}
                """);
        BuiltReport report =
                RunReport.of(DbtOutcome.read(current.getParent()), state, modified(), UnaryOperator.identity());
        assertThat(report.report().run().messages()).hasSize(1);
    }

    @Test
    void secondsComeFromTheStateAndFromEarlierReports() throws IOException {
        assertThat(head(modified(), "model.shop.a").saved()).isEqualTo(new SavedTime(2, 0, -1, 0));
        Files.writeString(state.resolveSibling("run_results.json"), """
                {"metadata": {"dbt_schema_version": "https://schemas.getdbt.com/dbt/run-results/v6.json", "dbt_version": "1.10.2",
                  "generated_at": "2026-11-24T06:00:00Z", "invocation_id": "1"}, "elapsed_time": 1.0, "args": {},
                 "results": [{"unique_id": "model.shop.b", "status": "success", "execution_time": 7.5, "thread_id": "Thread-1",
                   "timing": [{"name": "compile", "started_at": "2026-11-24T06:00:00Z", "completed_at": "2026-11-24T06:00:01Z"}],
                   "message": "ok", "failures": null, "adapter_response": {}}]}
                """);
        assertThat(head(modified(), "model.shop.a").saved()).isEqualTo(new SavedTime(2, 0, 7.5, 1));
        RunFacts later = modified().after(Map.of("model.shop.b", 2.0));
        assertThat(head(later, "model.shop.a").saved()).isEqualTo(new SavedTime(2, 0, 2.0, 1));
        Files.writeString(state.resolveSibling("run_results.json"), "<html>");
        assertThat(head(modified(), "model.shop.a").saved().hasSeconds()).isFalse();
    }
}
