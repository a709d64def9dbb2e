package io.jenkins.plugins.dbtslim.standin;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.dbt.result.DbtOutcome;
import io.jenkins.plugins.dbtslim.demo.SlimCommand.Result;
import io.jenkins.plugins.dbtslim.io.FileTree;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The packed command with real dbt-materialize against the stand-in: both modes, clean-up, and each guard. */
@Timeout(600)
class SlimRunIT {
    @RegisterExtension
    final Standin materialize = Standin.materialize();

    @TempDir
    Path folder;

    private SlimRun run;

    @BeforeEach
    void makeProject() throws Exception {
        run = new SlimRun(folder, materialize, "1.11");
    }

    private void buildProduction() throws Exception {
        materialize.createCluster("prod_serving", 1);
        assertThat(assertOk(run.build("--mode", "deploy"))).contains("no environment is dropped");
        run.publish();
    }

    @Test
    void pullRequestThenDeployThenCleanUp() throws Exception {
        buildProduction();
        run.project().changed();
        String slim = assertOk(run.build("--mode", "pullRequest", "--state", run.state(), "--ci-tag", "gh_ci_42"));
        assertThat(slim)
                .contains(
                        "environment gh_ci_42: cluster created", "created sql table model gh_ci_42_marts.order_totals")
                .doesNotContain(".stg_orders");
        assertThat(materialize.clusters()).isEqualTo("gh_ci_42\nprod_serving");
        assertThat(materialize.schemas()).isEqualTo("gh_ci_42_marts\npublic_marts\npublic_staging");
        assertThat(DbtOutcome.read(run.kept()).adapter()).isEqualTo("materialize");
        assertThat(DbtOutcome.read(run.kept()).oneProcess()).isTrue();

        String deploy = assertOk(run.build("--mode", "deploy", "--state", run.state(), "--ci-tag", "gh_ci_42"));
        assertThat(deploy)
                .contains(
                        "environment gh_ci_42: 1 schema(s) dropped",
                        "created sql table model public_marts.order_totals")
                .doesNotContain(".stg_orders");
        assertThat(materialize.clusters()).isEqualTo("prod_serving");
        assertThat(materialize.schemas()).isEqualTo("public_marts\npublic_staging");

        assertThat(assertOk(run.dropEnvironment("--ci-tag", "gh_ci_42")))
                .contains("environment gh_ci_42: 0 schema(s) dropped", "the environment gh_ci_42 is dropped");
    }

    /** A materialized view and a plain one, each read in the cluster that the change request builds in. */
    @Test
    void comparesTheDataWithProductionsInTheClusterOfTheChangeRequest() throws Exception {
        String events = "{{ config(materialized='%s', meta={'primary_key': 'id'}) }}"
                + " select i as id, i * 2 as amount from generate_series(1, 100) as i";
        run.project()
                .write("models/marts/kept.sql", events.formatted("materialized_view"))
                .write("models/marts/seen.sql", events.formatted("view"));
        buildProduction();
        for (String model : new String[] {"models/marts/kept.sql", "models/marts/seen.sql"}) {
            run.project().replace(model, "i * 2", "case when i < 8 then 0 else i * 2 end");
            run.project().replace(model, "(1, 100)", "(3, 101)");
        }
        String[] slim = {"--mode", "pullRequest", "--state", run.state(), "--ci-tag", "gh_ci_42", "--compare-data"};
        assertThat(assertOk(run.build(slim)))
                .contains("dbt-slim: kept: +1 −2 ~5 of 100 rows", "dbt-slim: seen: +1 −2 ~5 of 100 rows");
        String log = Files.readString(run.project().folder().resolve("logs/dbt.log"));
        assertThat(log.split("On dbt_slim: set cluster = \"gh_ci_42\"", -1)).hasSize(3);
    }

    @Test
    void aSelectionThatTakesProductionDownIsRefused() throws Exception {
        buildProduction();
        run.project().changed();
        String[] narrow = {"--mode", "deploy", "--state", run.state(), "--select", "state:modified"};
        assertRefused(
                run.build(narrow),
                "would drop model.slim_demo.country_revenue, model.slim_demo.customer_revenue in production without"
                        + " building them again",
                "state:modified+");
        assertThat(materialize.sql("select count(*) from public_marts.customer_revenue"))
                .isEqualTo("20");
        assertThat(assertOk(run.build("--allow", "unselectedDownstream", narrow)))
                .contains("Materialize dropped public_marts.customer_revenue, public_marts.country_revenue");
        assertThat(DbtOutcome.read(run.kept()).gone())
                .containsExactlyInAnyOrder("model.slim_demo.customer_revenue", "model.slim_demo.country_revenue");
        assertThat(materialize.sql("select to_regclass('public_marts.customer_revenue') is null"))
                .isEqualTo("t");
    }

    @Test
    void sourcesAndSinksOfProductionAreNamed() throws Exception {
        buildProduction();
        run.project().write("models/marts/sink_out.sql", """
                {{ config(materialized='sink', cluster='prod_serving') }}
                from {{ ref('order_totals') }} into kafka connection k (topic 't') format json envelope debezium
                """);
        assertOk(run.build("--mode", "deploy", "--state", run.state()));
        run.publish();
        run.project().changed();
        assertRefused(
                run.build("--mode", "deploy", "--state", run.state()),
                "drops and creates again model.slim_demo.sink_out in production",
                "config.materialized:sink");
        assertOk(run.build("--allow", "recreatedSources", "--mode", "deploy", "--state", run.state()));
    }

    @Test
    void whatIsMissingOrWrongIsToldBeforeDbtStarts() throws Exception {
        int before = materialize.statements().size();
        assertRefused(run.with("MZ_PASSWORD", "").build(), "The profile reads MZ_PASSWORD from the environment");
        run.with("MZ_PASSWORD", null);
        run.writeState("{\"metadata\": {\"dbt_schema_version\": \"https://schemas.getdbt.com/dbt/manifest/v12.json\","
                + " \"dbt_version\": \"2.0.1\"}, \"nodes\": {}}");
        Path target = run.project().folder().resolve("target");
        // The run before made it, for its lock and its report.
        FileTree.delete(target);
        Files.createSymbolicLink(target, Path.of(run.state()));
        assertRefused(run.build("--state", target.toString()), "is dbt's own target directory", "allow stateInTarget");
        Files.delete(target);
        assertRefused(run.build("--state", run.state()), "was written by dbt 2.0.1", "allow otherDbtVersion");
        assertRefused(run.build("--mode", "pullRequest", "--state", run.state()), "give its tag with --ci-tag");
        assertRefused(run.build("--ci-tag", "pr-42"), "cannot be a CI tag");
        assertRefused(run.build("--operation", "vacuum_environment"), "The project has no macro vacuum_environment");
        assertThat(materialize.statements()).hasSize(before);
    }

    @Test
    void aWrongPasswordIsToldWithoutIt() throws Exception {
        run.with("MZ_PASSWORD", "s3cret of nobody");
        assertRefused(run.build("--target", "production"), "invalid password");
        Result drop = run.dropEnvironment("--ci-tag", "gh_ci_42");
        assertRefused(drop, "environment gh_ci_42 was not dropped", "invalid password");
    }

    private static String assertOk(Result result) {
        assertThat(result.status()).as(result.output()).isZero();
        return result.output();
    }

    private static void assertRefused(Result result, String... words) {
        assertThat(result.status()).as(result.output()).isEqualTo(2);
        String sentence = result.output().strip().lines().reduce("", (a, b) -> b);
        assertThat(sentence).startsWith("dbt-slim ").contains(words);
        assertThat(result.output()).doesNotContain("Traceback", "\tat ", "s3cret of nobody");
    }
}
