package io.jenkins.plugins.dbtslim.dbt;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.dbt.result.DbtOutcome;
import io.jenkins.plugins.dbtslim.dbt.result.RunRecord;
import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;
import io.jenkins.plugins.dbtslim.report.data.BuiltReport;
import io.jenkins.plugins.dbtslim.report.data.ReportCause;
import io.jenkins.plugins.dbtslim.report.make.RunFacts;
import io.jenkins.plugins.dbtslim.report.make.RunReport;
import io.jenkins.plugins.dbtslim.truth.ProductionManifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Vars and environment variables that dbt does not see to have changed are told, and built where that is asked for. */
@Timeout(600)
class InputsIT {
    private static final String PROJECT = "{name: small, profile: small, vars: {min_qty: %s, other: 1},"
            + " flags: {send_anonymous_usage_stats: false}}";

    @TempDir
    Path folder;

    private DriverRun dbt;
    private Path state;

    @BeforeEach
    void deploy() throws Exception {
        dbt = new DriverRun(folder)
                .with("DBT_SLIM_SECRET_KEY", "a key of the test")
                .with("REGION", "true");
        dbt.write("dbt_project.yml", PROJECT.formatted("5"));
        dbt.write("macros/least.sql", "{% macro least() %}{{ var('min_qty') }}{% endmacro %}");
        dbt.write("models/plain.sql", "select 1 as id");
        dbt.write("models/direct.sql", "select {{ var('min_qty') }} as id");
        dbt.write("models/called.sql", "select {{ least() }} as id");
        dbt.write("models/below.sql", "select * from {{ ref('called') }}");
        dbt.write("models/some.sql", "{% set name = 'min' ~ '_qty' %}select {{ var(name) }} as id");
        dbt.write("models/abroad.sql", "select '{{ env_var('REGION') }}' as id");
        DbtOutcome deployed = dbt.run(dbt.plan());
        assertThat(deployed.status()).as(dbt.output()).isEqualTo(RunStatus.SUCCESS);
        state = publish(null, "state");
    }

    private Path publish(Path former, String name) throws Exception {
        Path made = Files.createDirectories(folder.resolve(name)).resolve("manifest.json");
        new ProductionManifest(dbt.kept().resolve("manifest.json"), RunRecord.read(dbt.kept()))
                .former(former)
                .write(made);
        return made;
    }

    private DbtPlan.Builder slim() {
        return dbt.plan().state(state.getParent().toString()).select(List.of("state:modified+"));
    }

    private BuiltReport report(DbtOutcome outcome) throws Exception {
        return RunReport.of(
                outcome, state, new RunFacts(List.of("state:modified+"), List.of(), null, false), text -> text);
    }

    @Test
    void whatChangedIsToldAndWhatReadsItBuiltWhereThatIsAskedFor() throws Exception {
        dbt.write("dbt_project.yml", PROJECT.formatted("8"));
        DbtOutcome told = dbt.run(slim());
        assertThat(told.status()).as(dbt.output()).isEqualTo(RunStatus.NOTHING_TO_DO);
        assertThat(dbt.output())
                .contains("var min_qty 5 → 8, used by 2 models; alsoChanged (--also-changed) builds them")
                .contains("var min_qty 5 → 8, may be used by 1 model; alsoChanged (--also-changed) builds it")
                .doesNotContain("REGION has");
        assertThat(report(told).report().head().causes())
                .containsExactly(
                        ReportCause.ofInput("var min_qty", 2, 0, new ReportCause.Input("5 → 8", true, false)),
                        ReportCause.ofInput("var min_qty", 1, 0, new ReportCause.Input("5 → 8", false, false)));

        // What is published of it keeps the value with which production was built.
        state = publish(state, "next");
        DbtOutcome built = dbt.run(slim().alsoChanged(List.of("vars")));
        assertThat(built.status()).as(dbt.output()).isEqualTo(RunStatus.SUCCESS);
        assertThat(built.selected())
                .containsExactly("model.small.below", "model.small.called", "model.small.direct", "model.small.some");
        BuiltReport report = report(built);
        assertThat(report.report().head().advice())
                .as("our selection is dbt's")
                .noneMatch(line -> line.contains("selected"));
        assertThat(report.report().nodes())
                .filteredOn(node -> node.id().equals("model.small.called"))
                .singleElement()
                .satisfies(node -> assertThat(node.reasons().toString()).contains("min_qty: 5 → 8"));

        state = publish(state, "last");
        assertThat(dbt.run(slim().alsoChanged(List.of("vars"))).status()).isEqualTo(RunStatus.NOTHING_TO_DO);
    }

    @Test
    void anEnvironmentVariableIsComparedByWhoHasTheKey() throws Exception {
        assertThat(state).content().contains("env REGION").doesNotContain("\"true\"");
        dbt.with("REGION", "false");
        assertThat(dbt.run(slim()).status()).as(dbt.output()).isEqualTo(RunStatus.NOTHING_TO_DO);
        assertThat(dbt.output()).contains("variable REGION has another value, used by 1 model; alsoChanged");
        DbtOutcome built = dbt.run(slim().alsoChanged(List.of("env", "vars")));
        assertThat(built.selected()).as(dbt.output()).containsExactly("model.small.abroad");

        dbt.with("DBT_SLIM_SECRET_KEY", "another one");
        assertThat(dbt.run(slim().alsoChanged(List.of("env"))).status())
                .as("nobody can tell")
                .isEqualTo(RunStatus.NOTHING_TO_DO);
        dbt.with("DBT_SLIM_SECRET_KEY", "");
        assertThat(dbt.run(slim().alsoChanged(List.of("env"))).status()).isEqualTo(RunStatus.NOTHING_TO_DO);
        assertThat(dbt.output()).contains("no key (DBT_SLIM_SECRET_KEY) is set", "REGION");
    }

    @Test
    void theTargetIsOneCauseOfWhatItAloneMadeModified() throws Exception {
        dbt.write(
                "profiles.yml",
                "small: {target: production, outputs: {production: &o {type: duckdb, path: '" + folder
                        + "/small.duckdb'}, ci: *o}}");
        for (String name : List.of("one", "two", "three")) {
            dbt.write(
                    "models/" + name + ".sql",
                    "{{ config(materialized='table' if target.name == 'production' else 'view') }} select 1 as id");
        }
        assertThat(dbt.run(dbt.plan()).status()).as(dbt.output()).isEqualTo(RunStatus.SUCCESS);
        state = publish(null, "production");

        dbt.write("models/three.sql", "{{ config(materialized=target.name and 'view') }} select 1 as id");
        DbtOutcome built = dbt.run(slim().target("ci"));
        assertThat(built.selected())
                .as(dbt.output())
                .containsExactly("model.small.one", "model.small.three", "model.small.two");
        assertThat(report(built).report().head().causes())
                .containsExactly(ReportCause.ofTarget("production → ci", 2, 0));
    }

    @Test
    void noMacroReadsTheKey() throws Exception {
        dbt.write("models/plain.sql", "select '{{ env_var('DBT_SLIM_SECRET_KEY', 'none') }}' as id");
        DbtOutcome built = dbt.run(slim());
        assertThat(built.selected()).as(dbt.output()).containsExactly("model.small.plain");
        assertThat(built.manifest()).content().doesNotContain("a key of the test");
        assertThat(folder.resolve("project/target/run/small/models/plain.sql"))
                .content()
                .contains("'none'");
    }
}
