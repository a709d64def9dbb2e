package io.jenkins.plugins.dbtslim.dbt;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.dbt.result.DbtOutcome;
import io.jenkins.plugins.dbtslim.dbt.result.RunRecord;
import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;
import io.jenkins.plugins.dbtslim.report.make.RunFacts;
import io.jenkins.plugins.dbtslim.report.make.RunReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands of dbt before and after the build, in its one process: what the build left stays what is kept of the run. */
@Timeout(600)
class FurtherCommandsIT {
    @TempDir
    Path folder;

    private DriverRun dbt;

    @BeforeEach
    void makeProject() throws Exception {
        dbt = new DriverRun(folder);
        dbt.write("seeds/raw.csv", "id,loaded\n1,2020-01-01 00:00:00\n");
        dbt.write("models/one.sql", "select id from {{ source('s', 'raw') }}");
        dbt.write("models/two.sql", "{{ config(materialized='incremental') }} select 2 as id");
        dbt.write("models/sources.yml", """
                sources:
                  - name: s
                    schema: main
                    tables:
                      - name: raw
                        loaded_at_field: loaded
                        freshness: {warn_after: {count: 1, period: day}}
                """);
    }

    @Test
    void oneProcessDoesItAllInOrder() throws Exception {
        DbtOutcome outcome = dbt.run(dbt.plan()
                .select(List.of("one"))
                .before(DbtCommand.parse(List.of("seed", "dbt source freshness --select \"source:s.raw\"")))
                .after(DbtCommand.parse(List.of("docs generate"))));
        assertThat(outcome.status()).as(dbt.output()).isEqualTo(RunStatus.SUCCESS);
        assertThat(outcome.operations())
                .extracting(DbtOutcome.OperationResult::macro, DbtOutcome.OperationResult::status)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("dbt seed", "success"),
                        org.assertj.core.groups.Tuple.tuple("dbt source freshness --select source:s.raw", "success"),
                        org.assertj.core.groups.Tuple.tuple("dbt docs generate", "success"));
        assertThat(outcome.selected()).containsExactly("model.small.one");
        assertThat(dbt.project().resolve("target/catalog.json")).exists();
        assertThat(dbt.kept().resolve("sources.json")).content().contains("source.small.s.raw");
        // The run is that of the build: its nodes, its id, its manifest.
        assertThat(RunRecord.read(dbt.kept()).statuses()).containsOnlyKeys("model.small.one");
        assertThat(Files.readString(outcome.runResults())).contains(outcome.invocationId());
        assertThat(Files.readString(dbt.kept().resolve("events.jsonl"))).doesNotContain("seed.small.raw\"");
        assertThat(RunReport.of(outcome, null, new RunFacts(List.of("one"), List.of(), null, false), text -> text)
                        .report()
                        .run()
                        .commands())
                .hasSize(3);
    }

    @Test
    void whatFailsBeforeKeepsTheBuildFromStartingAndAfterItFailsTheRun() throws Exception {
        DbtOutcome before = dbt.run(dbt.plan().before(DbtCommand.parse(List.of("run --select one", "seed"))));
        assertThat(before.status()).as(dbt.output()).isEqualTo(RunStatus.FAILURE);
        assertThat(before.error()).startsWith("dbt run --select one failed");
        assertThat(before.runResults()).isNull();
        assertThat(before.operations()).hasSize(1);

        DbtOutcome after = dbt.run(dbt.plan()
                .select(List.of("two"))
                .after(DbtCommand.parse(List.of("test --select no_such", "run --select one", "docs generate"))));
        assertThat(after.status()).as(dbt.output()).isEqualTo(RunStatus.FAILURE);
        assertThat(after.error()).startsWith("dbt run --select one failed");
        assertThat(RunRecord.read(dbt.kept()).statuses()).containsEntry("model.small.two", "success");
        assertThat(after.operations()).hasSize(2);
    }

    /** As in dbt-labs/jaffle-shop: a saved query without a filter, which dbt itself cannot copy. */
    @Test
    void projectsMayHaveSavedQueries() throws Exception {
        dbt.write("models/day.sql", "select cast('2024-01-01' as date) as day");
        dbt.write("models/metrics.yml", """
                models:
                  - name: day
                    time_spine: {standard_granularity_column: day}
                    columns: [{name: day, granularity: day}]
                semantic_models:
                  - name: days
                    model: ref('day')
                    defaults: {agg_time_dimension: at}
                    entities: [{name: id, type: primary, expr: day}]
                    dimensions: [{name: at, type: time, expr: day, type_params: {time_granularity: day}}]
                    measures: [{name: count_of_days, agg: count, expr: day}]
                metrics:
                  - {name: days, label: Days, type: simple, type_params: {measure: count_of_days}}
                saved_queries:
                  - name: daily
                    query_params: {metrics: [days], group_by: ["TimeDimension('metric_time', 'day')"]}
                """);
        DbtOutcome outcome = dbt.run(
                dbt.plan().before(DbtCommand.parse(List.of("seed"))).after(DbtCommand.parse(List.of("docs generate"))));
        assertThat(outcome.status()).as(dbt.output()).isEqualTo(RunStatus.SUCCESS);
        assertThat(outcome.selected()).contains("model.small.day", "saved_query.small.daily");
    }

    /** As in brooklyn-data/dbt_artifacts, whose hook writes what was built into tables that have to be there. */
    @Test
    void aHookThatRaisesAfterTheBuildFailsARunThatDidRun() throws Exception {
        dbt.write("macros/raises.sql", "{% macro raises() %}{% do run_query('select * from nope') %}{% endmacro %}");
        dbt.write("dbt_project.yml", "{name: small, profile: small, on-run-end: '{{ raises() }}'}");
        DbtOutcome outcome = dbt.run(dbt.plan().select(List.of("two")));
        assertThat(outcome.status()).as(dbt.output()).isEqualTo(RunStatus.FAILURE);
        assertThat(outcome.error()).contains("nope");
        assertThat(RunRecord.read(dbt.kept()).statuses()).containsEntry("model.small.two", "success");
    }

    /** DuckDB has no clones: dbt then makes views of production's tables. */
    @Test
    void cloneBringsIncrementalModelsThatAreToBeBuilt() throws Exception {
        assertThat(dbt.run(dbt.plan().operations(List.of()).before(DbtCommand.parse(List.of("seed"))))
                        .status())
                .as(dbt.output())
                .isEqualTo(RunStatus.SUCCESS);
        Path state = Files.createDirectories(folder.resolve("state"));
        Files.copy(dbt.kept().resolve("manifest.json"), state.resolve("manifest.json"));
        dbt.write(
                "profiles.yml",
                "small: {target: dev, outputs: {dev: {type: duckdb, schema: pr, path: '" + folder
                        + "/small.duckdb'}}}");
        DbtPlan.Builder unchanged = dbt.plan()
                .state(state.toString())
                .select(List.of("state:modified+"))
                .before(DbtCommand.before(List.of(), true))
                .warnError(true);
        assertThat(dbt.run(unchanged).status()).as(dbt.output()).isEqualTo(RunStatus.NOTHING_TO_DO);

        dbt.write("models/two.sql", "{{ config(materialized='incremental') }} select 3 as id");
        DbtOutcome changed = dbt.run(dbt.plan()
                .state(state.toString())
                .select(List.of("state:modified+"))
                .before(DbtCommand.before(List.of(), true)));
        assertThat(changed.operations())
                .extracting(DbtOutcome.OperationResult::macro)
                .containsExactly("dbt clone --select state:modified+,config.materialized:incremental,state:old");
        assertThat(changed.selected()).containsExactly("model.small.two");
        assertThat(dbt.output().split("PASS=1", -1))
                .as("the clone and the build")
                .hasSize(3);
    }
}
