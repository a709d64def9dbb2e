package io.jenkins.plugins.dbtslim.standin;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.dbt.DeploymentOrder;
import io.jenkins.plugins.dbtslim.dbt.DeploymentOrder.Action;
import io.jenkins.plugins.dbtslim.dbt.result.DeploymentState.Cluster;
import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;
import io.jenkins.plugins.dbtslim.standin.DeploymentRun.Result;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A whole blue/green deployment by real dbt-materialize against the stand-in, with a sink that fails on its way. */
@Timeout(300)
class BlueGreenIT {
    @RegisterExtension
    final Standin materialize = Standin.materialize();

    @TempDir
    Path folder;

    @Test
    void preparesPromotesOnceAndCleansUp() throws Exception {
        materialize.createCluster("prod_serving", 1);
        materialize.createCluster("sinking", 1);
        DeploymentRun run = new DeploymentRun(folder, materialize, "1.11");
        run.project().write("models/sinks/out.sql", """
                {{ config(materialized='sink', cluster='sinking', schema='sinks') }}
                from {{ ref('order_totals') }} into kafka connection k (topic 't') format json envelope debezium
                """);
        assertOk(run.run(null));
        run.project().changed();
        materialize.sql("set role dbt; create view raw.board as select * from public_marts.order_totals;"
                + " grant select on public_marts.customer_revenue to public;"
                + " comment on materialized view public_marts.customer_revenue is 'Ann''s'");

        Result prepared = assertOk(run.prepare());
        assertThat(prepared.result()).isEqualTo("PREPARED");
        assertThat(prepared.state().statements())
                .containsExactly(
                        "ALTER SCHEMA \"public_staging\" SWAP WITH \"public_staging_dbt_deploy\"",
                        "ALTER SCHEMA \"public_marts\" SWAP WITH \"public_marts_dbt_deploy\"",
                        "ALTER CLUSTER \"prod_serving\" SWAP WITH \"prod_serving_dbt_deploy\"",
                        "ALTER SINK \"" + materialize.database() + "\".\"public_sinks\".\"out\" SET FROM \""
                                + materialize.database() + "\".\"public_marts\".\"order_totals\"");
        assertThat(prepared.state().clusters())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("seconds")
                .containsExactly(new Cluster("prod_serving_dbt_deploy", "ready", 3, 3, 0, 0, null));
        assertThat(prepared.state().lost()).isEmpty();
        assertThat(prepared.state().dependents()).containsExactly("raw.board");
        assertThat(prepared.outcome().selected()).hasSize(15).doesNotContain("model.slim_demo.out");
        assertThat(prepared.outcome().manifest())
                .content()
                .contains("public_marts")
                .doesNotContain("public_marts_dbt_deploy");
        assertThat(materialize.sql("select count(*) from mz_shim.sinks")).isEqualTo("1");
        String token = prepared.state().token();

        materialize.sql("update mz_shim.sinks set name = 'renamed'");
        Result halfway = run.promote(token);
        assertThat(halfway.outcome().status()).isEqualTo(RunStatus.FAILURE);
        assertThat(halfway.result()).isEqualTo("SINKS_FAILED");
        assertThat(halfway.outcome().error())
                .contains("Production was swapped, but", "unknown catalog item 'public_sinks.out'", "same token");
        assertThat(serving()).contains("having");

        materialize.sql("update mz_shim.sinks set name = 'out'");
        Result promoted = assertOk(run.promote(token));
        assertThat(promoted.result()).isEqualTo("ALREADY_PROMOTED");
        assertThat(serving()).contains("having");
        assertThat(promoted.outcome().manifest()).content().contains("public_marts");
        assertThat(promoted.state().left())
                .containsExactly("public_staging_dbt_deploy", "public_marts_dbt_deploy", "prod_serving_dbt_deploy");

        assertThat(
                        materialize.sql(
                                "select has_table_privilege('admin', 'public_marts.customer_revenue', 'select'), relacl::text,"
                                        + " obj_description(oid) from pg_class where oid = 'public_marts.customer_revenue'::regclass"))
                .contains("=r/dbt", "Ann's");
        assertThat(materialize.sql("select obj_description('public_marts'::regnamespace)"))
                .matches("Deployment " + promoted.state().deployment() + " by dbt on 20\\d\\d-.* \\| Commit SHA: \\w+");

        // What an open change request reads is told, and is no reason to fail.
        materialize.sql("drop view raw.board; set role dbt; create schema gh_ci_7_marts;"
                + " create view gh_ci_7_marts.x as select * from public_marts_dbt_deploy.order_totals");
        assertThat(assertOk(run.cleanup(token)).result()).isEqualTo("HELD");
        assertThat(assertOk(run.dropEnvironment("gh_ci_8")).output())
                .contains("stays, because gh_ci_7_marts.x read from it");
        assertThat(assertOk(run.dropEnvironment("gh_ci_7")).output())
                .contains("is dropped, because nothing reads from it any more: public_marts_dbt_deploy,");
        assertThat(run.cleanup(token).result()).isEqualTo("CLEAN");
        assertThat(materialize.schemas()).isEqualTo("public_marts\npublic_sinks\npublic_staging");
        assertThat(materialize.clusters()).isEqualTo("prod_serving\nsinking");
    }

    /** Another schema on another cluster, which the change does not reach, stays as it is. */
    @Test
    void stagesOnlyWhatTheChangeReaches() throws Exception {
        materialize.createCluster("prod_serving", 1);
        materialize.createCluster("apart", 1);
        DeploymentRun run = new DeploymentRun(folder, materialize, "1.11");
        run.project()
                .write("models/apart/alone.sql", """
                        {{ config(materialized='table', schema='apart', cluster='apart') }}
                        select count(*) as n from {{ ref('stg_customers') }}
                        """)
                .replace("dbt_project.yml", "[prod_serving]", "[prod_serving, apart]")
                .replace("dbt_project.yml", "public_marts]", "public_marts, public_apart]");
        assertOk(run.run(null));
        DeploymentOrder slim = DeploymentRun.order(Action.PREPARE, null).slim(true);
        assertThat(run.run(slim).outcome().error()).contains("goes by what differs from production's manifest");
        assertThat(assertOk(run.comparing().run(slim)).result()).isEqualTo("NOTHING_TO_DO");

        run.project().changed();
        Result prepared = assertOk(run.run(slim));
        assertThat(prepared.output())
                .contains(
                        "staged 1 of 3 schemas, 1 of 2 clusters; 3 of 7 nodes are built and hydrated anew",
                        "schema public_marts: model.slim_demo.order_totals differs");
        assertThat(prepared.state().staged())
                .contains("cluster prod_serving: model.slim_demo.order_totals differs")
                .first()
                .asString()
                .startsWith("staged 1 of 3 schemas");
        assertThat(prepared.state().left()).containsExactly("public_marts_dbt_deploy", "prod_serving_dbt_deploy");
        assertThat(materialize.sql("select pg_get_viewdef('public_marts_dbt_deploy.order_totals'::regclass)"))
                .contains("public_staging.stg_orders", "HAVING");
        String token = prepared.state().token();
        assertThat(run.promote(token).result()).isEqualTo("PROMOTED");
        assertThat(run.promote(token).result()).isEqualTo("ALREADY_PROMOTED");
        assertThat(serving()).contains("having");
        assertThat(assertOk(run.cleanup(token)).result()).isEqualTo("CLEANED");
        assertThat(materialize.schemas()).isEqualTo("public_apart\npublic_marts\npublic_staging");
    }

    /** The cluster on which tests run if nothing else is said is none of those that are staged. */
    @Test
    void testsWhatIsStagedOnAClusterThatIsStaged() throws Exception {
        materialize.createCluster("prod_serving", 1);
        materialize.createCluster("apart", 1);
        String model = "{{ config(materialized='table', schema='apart', cluster='apart') }}\nselect 1 as n";
        DeploymentRun run = new DeploymentRun(folder, materialize, "1.11");
        run.project()
                .write("models/apart/alone.sql", model)
                .write("models/apart/alone.yml", "models: [{name: alone, columns: [{name: n, tests: [not_null]}]}]")
                .replace("dbt_project.yml", "[prod_serving]", "[prod_serving, apart]")
                .replace("dbt_project.yml", "public_marts]", "public_marts, public_apart]");
        assertOk(run.run(null));

        run.project().write("models/apart/alone.sql", model.replace("1 as", "2 as"));
        Result prepared = assertOk(
                run.comparing().run(DeploymentRun.order(Action.PREPARE, null).slim(true)));
        assertThat(prepared.state().left()).containsExactly("public_apart_dbt_deploy", "apart_dbt_deploy");
        assertThat(prepared.outcome().selected()).hasSize(2);
        assertThat(run.promote(prepared.state().token()).result()).isEqualTo("PROMOTED");
    }

    /** dbt compares code before it is rendered. */
    @Test
    void stagesWhatReadsAVariableThatHasAnotherValue() throws Exception {
        DeploymentRun run = new DeploymentRun(folder, materialize, "1.11");
        materialize.createCluster("prod_serving", 1);
        run.project()
                .write("models/apart/alone.sql", """
                        {{ config(materialized='view', schema='apart') }}
                        select {{ var('least') }} as n
                        """)
                .replace("dbt_project.yml", "public_marts]", "public_marts, public_apart]");
        assertOk(run.vars("{least: 1}").run(null));

        DeploymentOrder slim = DeploymentRun.order(Action.PREPARE, null).slim(true);
        Result unseen = assertOk(run.vars("{least: 2}").comparing().run(slim));
        assertThat(unseen.result()).isEqualTo("NOTHING_TO_DO");
        assertThat(unseen.output())
                .contains("var least 1 → 2, used by 1 model; alsoChanged (--also-changed) builds it");

        Result prepared = assertOk(run.vars("{least: 2}", "vars").run(slim));
        assertThat(prepared.state().left()).containsExactly("public_apart_dbt_deploy");
        assertThat(run.promote(prepared.state().token()).result()).isEqualTo("PROMOTED");
        assertThat(materialize.sql("select n from public_apart.alone")).isEqualTo("2");
    }

    /** Views need no cluster, and what asks about them needs one that there is. */
    @Test
    void testsViewsWhereNoClusterIsStaged() throws Exception {
        materialize.createCluster("prod_serving", 1);
        String model = "{{ config(materialized='view', schema='apart') }}\nselect 1 as n";
        DeploymentRun run = new DeploymentRun(folder, materialize, "1.11");
        run.project()
                .write("models/apart/alone.sql", model)
                .write("models/apart/alone.yml", "models: [{name: alone, columns: [{name: n, tests: [not_null]}]}]")
                .replace("dbt_project.yml", "public_marts]", "public_marts, public_apart]");
        assertOk(run.run(null));

        run.project().write("models/apart/alone.sql", model.replace("1 as", "2 as"));
        Result prepared = assertOk(
                run.comparing().run(DeploymentRun.order(Action.PREPARE, null).slim(true)));
        assertThat(prepared.state().left()).containsExactly("public_apart_dbt_deploy");
        assertThat(run.promote(prepared.state().token()).result()).isEqualTo("PROMOTED");
    }

    @Test
    void whatTheRoleCannotSwapIsToldBeforeAnythingIsMade() throws Exception {
        materialize.createCluster("prod_serving", 1);
        DeploymentRun run = new DeploymentRun(folder, materialize, "1.11");
        assertOk(run.run(null));
        materialize.sql("create role ann; update mz_shim.clusters set owner = 'ann' where name = 'prod_serving'");
        Result refused = run.prepare();
        assertThat(refused.outcome().error())
                .contains("cannot swap cluster prod_serving (of ann)", "Nothing was prepared");
        assertThat(materialize.schemas()).isEqualTo("public_marts\npublic_staging");
        materialize.sql("grant ann to dbt");
        assertThat(assertOk(run.prepare()).result()).isEqualTo("PREPARED");
    }

    @Test
    void aWrongPasswordIsToldWithoutIt() throws Exception {
        Result refused = new DeploymentRun(folder, materialize, "1.11")
                .with("MZ_PASSWORD", "s3cret of nobody")
                .prepare();
        assertThat(refused.outcome().status()).isNotEqualTo(RunStatus.SUCCESS);
        assertThat(refused.outcome().error()).contains("invalid password", "Production is untouched");
        assertThat(refused.outcome().error() + refused.output()).doesNotContain("Traceback", "s3cret of nobody");
    }

    /** The definition of what production serves. */
    private String serving() throws Exception {
        return materialize
                .sql("select pg_get_viewdef('public_marts.order_totals'::regclass)")
                .toLowerCase(Locale.ROOT);
    }

    private static Result assertOk(Result result) {
        assertThat(result.outcome().status())
                .as(result.output() + result.outcome().error())
                .isEqualTo(RunStatus.SUCCESS);
        return result;
    }
}
