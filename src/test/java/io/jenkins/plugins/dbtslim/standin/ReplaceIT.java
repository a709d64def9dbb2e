package io.jenkins.plugins.dbtslim.standin;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.dbt.result.DbtOutcome;
import io.jenkins.plugins.dbtslim.demo.SlimCommand.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a slim build of production drops, and what it replaces in place, by real dbt-materialize against the stand-in. */
@Timeout(900)
class ReplaceIT {
    private static final String LEFT = "select count(*) from pg_class where relname ~ '_dbt_slim_replacement$'";

    @RegisterExtension
    final Standin materialize = Standin.materialize();

    @TempDir
    Path folder;

    private SlimRun run;

    @BeforeEach
    void buildProduction() throws Exception {
        materialize.createCluster("prod_serving", 1);
        run = new SlimRun(folder, materialize, "1.11");
        assertThat(run.build("--mode", "deploy").status()).isZero();
        run.publish();
    }

    @Test
    void readersThatNoGraphKnowsAreNamedBefore() throws Exception {
        run.project().changed();
        materialize.sql("create view raw.board as select * from public_marts.order_totals;"
                + " create view raw.board_of_board as select * from raw.board;"
                + " create index by_hand on public_marts.order_totals (order_id);"
                + " create schema gh_ci_7_marts; create view gh_ci_7_marts.x as select * from public_marts.order_totals;"
                + " grant select on public_marts.customer_revenue to public;"
                + " comment on column public_marts.customer_revenue.country is 'Ann''s'");
        Result refused = deploy("--open-environment", "gh_ci_7");
        assertThat(refused.status()).as(refused.output()).isEqualTo(2);
        assertThat(refused.output())
                .contains(
                        "would drop raw.board, raw.board_of_board, public_marts.by_hand (index) without building them again",
                        "or allow unselectedDownstream");
        assertThat(materialize.sql("select to_regclass('raw.board') is null")).isEqualTo("f");

        materialize.sql("drop view raw.board cascade; drop index public_marts.by_hand");
        Result deployed = deploy("--open-environment", "gh_ci_7");
        assertThat(deployed.status()).as(deployed.output()).isZero();
        assertThat(deployed.output())
                .contains("Materialize dropped gh_ci_7_marts.x (which the next build of the change request in gh_ci_7");
        assertThat(materialize.sql("select relacl::text || col_description(oid, 2) from pg_class where oid ="
                        + " 'public_marts.customer_revenue'::regclass"))
                .contains("=r/dbt", "Ann's");
    }

    @Test
    void whatKeepsItsColumnsIsReplacedInPlace() throws Exception {
        run.project().changed();
        materialize.sql("create materialized view public_marts.order_totals_dbt_slim_replacement as select 1;"
                + " alter materialized view public_marts.order_totals_dbt_slim_replacement owner to dbt;"
                + " comment on materialized view public_marts.order_totals is 'Ann''s'");
        int before = materialize.statements().size();
        Result replaced = deploy("--replace");
        assertThat(replaced.status()).as(replaced.output()).isZero();
        assertThat(replaced.output())
                .contains(
                        "was left by a run that was ended: dropped",
                        "order_totals is replaced in place: what depends on it is not built again (2: model.slim_demo.country_revenue,",
                        "1 of 1 replacements hydrated",
                        "APPLY REPLACEMENT in")
                .doesNotContain("public_marts.customer_revenue");
        assertThat(sent(before)).noneMatch(sql -> sql.contains("drop materialized view if exists"));
        DbtOutcome outcome = DbtOutcome.read(run.kept());
        assertThat(outcome.gone()).isEmpty();
        assertThat(outcome.inPlace().replaced()).containsExactly("model.slim_demo.order_totals");
        assertThat(outcome.inPlace().spared())
                .containsKeys("model.slim_demo.country_revenue", "model.slim_demo.customer_revenue");
        assertThat(served("order_totals")).contains("HAVING");
        assertThat(materialize.sql("select obj_description('public_marts.order_totals'::regclass)"))
                .isEqualTo("Ann's");
        assertThat(materialize.sql("select count(*) from public_marts.country_revenue"))
                .isEqualTo("2");
        run.publish();
        assertThat(deploy("--replace").output()).contains("had nothing to do");
    }

    @Test
    void whatIsRefusedIsBuiltAsUsualWithWhatDependsOnIt() throws Exception {
        run.project()
                .write("models/marts/each.sql", "{{ config(materialized='ephemeral') }}\nselect 1 as order_id\n")
                .write(
                        "models/marts/order_totals.sql",
                        "select order_id, 2 as customer_id, 3.0 as order_total from {{ ref('each') }}\n")
                .append("models/marts/customer_revenue.sql", "having count(*) >= 0\n")
                .write("models/marts/new_one.sql", "select count(*) as n from {{ ref('stg_customers') }}\n");
        Result built = deploy("--replace");
        assertThat(built.output())
                .contains(
                        "order_totals is built as usual, with what depends on it: replacement schema differs",
                        "missing column \"order_total\" at position 4",
                        "new_one is built as usual, with what depends on it: it is new",
                        "OK created sql table model public_marts.order_totals",
                        "public_marts.customer_revenue",
                        "public_marts.country_revenue",
                        "public_marts.new_one")
                .doesNotContain("APPLY REPLACEMENT");
        assertThat(materialize.sql(LEFT)).isEqualTo("0");
        assertThat(DbtOutcome.read(run.kept()).inPlace().refused())
                .containsOnlyKeys("model.slim_demo.order_totals", "model.slim_demo.new_one");
    }

    @Test
    void aServerThatCannotIsToldOnceAndAllGoesTheUsualWay() throws Exception {
        materialize.set("no_replacements", "yes");
        run.project().changed();
        Result built = deploy("--replace");
        assertThat(built.status()).as(built.output()).isZero();
        assertThat(built.output())
                .contains("this Materialize replaces nothing in place (Expected end of statement", "country_revenue");
        assertThat(served("order_totals")).contains("HAVING");
    }

    @Test
    void aServerThatDoesNotTellOfHydrationBuildsTheUsualWay() throws Exception {
        materialize.sql("alter view mz_internal.mz_hydration_statuses rename to told_no_more");
        run.project().changed();
        Result built = deploy("--replace");
        assertThat(built.status()).as(built.output()).isZero();
        assertThat(built.output())
                .contains("this Materialize replaces nothing in place (relation \"mz_internal.mz_hydration_statuses\"")
                .doesNotContain("APPLY REPLACEMENT", "Traceback");
        assertThat(materialize.sql(LEFT)).isEqualTo("0");
        assertThat(served("order_totals")).contains("HAVING");
    }

    @Test
    void aFailureBeforeLeavesProductionAsItWas() throws Exception {
        run.project().replace("models/marts/order_totals.sql", "sum(i.line_total)", "-sum(i.line_total)");
        assertUntouched(deploy("--replace"), "fails on the replacement of model.slim_demo.order_totals");

        materialize.set("hydrate_after_ms", "600000");
        materialize.set("oom_cluster", "prod_serving");
        run.project().replace("models/marts/order_totals.sql", "-sum(i.line_total)", "1 * sum(i.line_total)");
        assertUntouched(deploy("--replace"), "because the cluster prod_serving has no replica that works");
        materialize.set("oom_cluster", "");

        run.project().write("models/marts/order_totals.sql", "select no_such_column from {{ ref('stg_orders') }}\n");
        assertUntouched(deploy("--replace"), "order_totals cannot be created, so nothing was changed");
    }

    @Test
    void anAbortBeforeLeavesProductionAsItWas() throws Exception {
        run.project().changed();
        materialize.set("hydrate_after_ms", "600000");
        Path log = folder.resolve("abort.log");
        Process build = run.start(log, "--mode", "deploy", "--state", run.state(), "--replace");
        Instant end = Instant.now().plus(Duration.ofMinutes(2));
        while (!Files.readString(log).contains("0 of 1 replacements hydrated")
                && build.isAlive()
                && Instant.now().isBefore(end)) {
            Thread.sleep(100);
        }
        build.destroy();
        assertThat(build.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(log).content().contains("0 of 1 replacements hydrated").doesNotContain("Traceback");
        assertThat(materialize.sql(LEFT)).isEqualTo("0");
        assertThat(served("order_totals")).doesNotContain("HAVING");
    }

    private void assertUntouched(Result failed, String words) throws Exception {
        assertThat(failed.status()).as(failed.output()).isNotZero();
        assertThat(failed.output()).contains(words).doesNotContain("START sql", "Traceback");
        assertThat(materialize.sql(LEFT)).isEqualTo("0");
        assertThat(served("order_totals")).contains("stg_order_items").doesNotContain("HAVING", "UNION");
    }

    private Result deploy(String... more) throws Exception {
        String[] words = new String[4 + more.length];
        List.of("--mode", "deploy", "--state", run.state()).toArray(words);
        System.arraycopy(more, 0, words, 4, more.length);
        return run.build(words);
    }

    private List<String> sent(int before) {
        return materialize.statements().stream().skip(before).toList();
    }

    private String served(String model) throws Exception {
        return materialize.sql("select pg_get_viewdef('public_marts." + model + "'::regclass)");
    }
}
