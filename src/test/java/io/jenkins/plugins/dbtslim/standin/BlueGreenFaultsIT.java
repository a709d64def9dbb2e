package io.jenkins.plugins.dbtslim.standin;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.dbt.DeploymentOrder;
import io.jenkins.plugins.dbtslim.dbt.DeploymentOrder.Action;
import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;
import io.jenkins.plugins.dbtslim.standin.DeploymentRun.Result;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong on the way of a blue/green deployment, by real dbt-materialize against the stand-in. */
@Tag("long")
@Timeout(900)
class BlueGreenFaultsIT {
    @RegisterExtension
    final Standin materialize = Standin.materialize();

    @TempDir
    Path folder;

    private DeploymentRun run;

    @BeforeEach
    void buildProduction() throws Exception {
        materialize.createCluster("prod_serving", 1);
        begin("1.11");
    }

    private void begin(String dbt) throws Exception {
        run = new DeploymentRun(folder, materialize, dbt);
        run.project().forOlderDbt();
        assertThat(run.run(null).outcome().status()).isEqualTo(RunStatus.SUCCESS);
        run.project().changed();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.8", "1.9", "1.10"})
    void theWholeWayWithOlderDbt(String dbt) throws Exception {
        materialize.sql("drop schema public_marts cascade; drop schema public_staging cascade");
        begin(dbt);
        String token = prepared();
        assertThat(run.promote(token).result()).isEqualTo("PROMOTED");
        assertThat(run.promote(token).result()).isEqualTo("ALREADY_PROMOTED");
        assertThat(changeIsServed()).isTrue();
        assertThat(run.cleanup(token).result()).isEqualTo("CLEANED");
    }

    @Test
    void waitsForHydrationAndGoesOnWaiting() throws Exception {
        materialize.set("hydrate_after_ms", "600000");
        Result late = run.run(DeploymentOrder.of(Action.PREPARE, null).waiting(2, 0.3, "1s"));
        assertThat(late.result()).isEqualTo("NOT_READY");
        assertThat(late.outcome().error()).contains("prod_serving_dbt_deploy hydrating (0 of 3 objects)", "timeLimit");
        assertThat(late.output()).contains("prod_serving_dbt_deploy hydrating (0 of 3 objects)");
        materialize.set("hydrate_after_ms", "0");
        Result prepared = run.prepare();
        assertThat(prepared.result()).isEqualTo("PREPARED");
        assertThat(prepared.output()).contains("it goes on").doesNotContain("created sql");
    }

    /** For some seconds no replica tells of an object that was just made, and dbt-materialize then counts it as none. */
    @Test
    void readyIsWhatEveryObjectIs() throws Exception {
        materialize.set("report_after_ms", "600000");
        materialize.set("hydrate_after_ms", "600000");
        Process process = run.start(DeploymentRun.order(Action.PREPARE, null).waiting(600, 0.2, null));
        await(process, "prod_serving_dbt_deploy hydrating (0 of 3 objects)");
        materialize.set("report_after_ms", "0");
        materialize.set("hydrate_after_ms", "0");
        process.waitFor();
        Result prepared = run.read();
        assertThat(prepared.result()).isEqualTo("PREPARED");
        assertThat(prepared.output()).contains("ready (hydration: 32/32", "hydrating (0 of 3 objects)");
        assertThat(materialize.sql("select bool_and(hydrated) from mz_internal.mz_hydration_statuses"))
                .isEqualTo("t");
    }

    @Test
    void lagAndFailingClustersKeepItFromBeingPrepared() throws Exception {
        materialize.set("lag_ms", "9000");
        Result lagging = run.run(DeploymentOrder.of(Action.PREPARE, null).waiting(2, 0.3, "1s"));
        assertThat(lagging.result()).isEqualTo("NOT_READY");
        assertThat(lagging.outcome().error()).contains("prod_serving_dbt_deploy lagging (9 s)");
        materialize.set("oom_cluster", "prod_serving_dbt_deploy");
        Result failing = run.prepare();
        assertThat(failing.result()).isEqualTo("CLUSTER_FAILING");
        assertThat(failing.outcome().error()).contains("all_replicas_problematic", "bigger size");
        assertThat(changeIsServed()).isFalse();
        materialize.set("oom_cluster", "");
        Result patient = run.run(DeploymentOrder.of(Action.PREPARE, null).waiting(20, 0.3, "10s"));
        assertThat(patient.result()).isEqualTo("PREPARED");
        assertThat(patient.state().clusters().get(0).lag()).isEqualTo(9);
        // What was approved holds.
        assertThat(run.promote(patient.state().token()).result()).isEqualTo("PROMOTED");
    }

    @ParameterizedTest
    @CsvSource({"2, PROMOTED, 3", "9, CONFLICT, 3"})
    void conflictsAreTriedAgain(String conflicts, String result, int attempts) throws Exception {
        String token = prepared();
        materialize.set("swap_conflicts", conflicts);
        materialize.sql(
                "insert into mz_shim.ddl_of_others values ('create', 'schema', 'ann', now() + interval '1 day')");
        DeploymentOrder order = DeploymentRun.order(Action.PROMOTE, token).retrying(2);
        Result promoted = run.run(order);
        if (result.equals("CONFLICT")) {
            assertThat(promoted.outcome().error()).contains("(create schema by ann)", "ask for a pause");
        }
        assertThat(promoted.result()).as(promoted.outcome().error()).isEqualTo(result);
        assertThat(promoted.state().attempts()).isEqualTo(attempts);
        assertThat(changeIsServed()).isEqualTo(result.equals("PROMOTED"));
        materialize.set("swap_conflicts", "0");
        run.run(order);
        assertThat(changeIsServed()).isTrue();
    }

    @Test
    void refusesWhatWouldGoWrong() throws Exception {
        materialize.sql(
                "set role dbt; create schema public_marts_dbt_deploy; create table public_marts_dbt_deploy.x (a int)");
        assertRefused(run.prepare(), "public_marts_dbt_deploy hold objects that no dbtBlueGreenPrepare made");
        assertRefused(run.cleanup(null), "set force");
        Result dropping = run.run(DeploymentRun.order(Action.PREPARE, null).droppingExisting(true));
        assertThat(dropping.result()).as(dropping.outcome().error()).isEqualTo("PREPARED");
        assertRefused(run.cleanup(null), "are prepared and not promoted");
        String token = dropping.state().token();
        run.project().append("models/marts/order_totals.sql", "-- changed\n");
        assertRefused(run.promote(token), "check out the same commit");
        assertRefused(run.promote("nonsense"), "not one that dbtBlueGreenPrepare gave");
        run.project().write("macros/generate_schema_name.sql", """
                {% macro generate_schema_name(name, node) %}public_{{ name }}{% endmacro %}
                """);
        assertRefused(run.prepare(), "would be built into a schema without _dbt_deploy");
        assertThat(changeIsServed()).isFalse();
        run.project().append("dbt_project.yml", "").write("macros/generate_schema_name.sql", "");
        run.project()
                .write("dbt_project.yml", "name: slim_demo\nprofile: slim_demo\nversion: '1.0'\nconfig-version: 2\n");
        assertRefused(run.prepare(), "says nothing of the target production");
    }

    @Test
    void productionThatSomebodyChangedIsLeftAlone() throws Exception {
        String token = prepared();
        materialize.sql("alter schema public_marts rename to old; set role dbt; create schema public_marts");
        Result stopped = run.promote(token);
        assertThat(stopped.result()).isEqualTo("STOPPED");
        assertThat(stopped.outcome().error()).contains("cannot be told");
        assertThat(run.cleanup(token).outcome().error()).contains("nothing is dropped");
    }

    /** The stage at which the process gets its signal, whether by abort or by a kill that leaves it no time. */
    @ParameterizedTest
    @CsvSource({"build, false", "build, true", "await, false", "await, true"})
    void anInterruptedPrepareGoesOn(String stage, boolean hard) throws Exception {
        if (stage.equals("build")) {
            run.project().write("models/marts/slow.sql", """
                    -- depends_on: {{ ref('stg_orders') }}
                    select pg_sleep(4)::text as slept
                    """);
        } else {
            materialize.set("hydrate_after_ms", "600000");
        }
        Process process = run.start(DeploymentRun.order(Action.PREPARE, null));
        String sign = stage.equals("build")
                ? "START sql table model public_marts_dbt_deploy.slow"
                : "prod_serving_dbt_deploy hydrating (0 of 3 objects)";
        interrupt(process, sign, hard);
        if (!hard) {
            Result aborted = run.read();
            assertThat(aborted.outcome().status()).isEqualTo(RunStatus.ABORTED);
            assertThat(aborted.outcome().error()).contains("Aborted at \"" + stage + "\"", "Production is untouched");
        }
        materialize.set("hydrate_after_ms", "0");
        Result prepared = run.prepare();
        assertThat(prepared.result())
                .as(prepared.output() + prepared.outcome().error())
                .isEqualTo("PREPARED");
        assertThat(changeIsServed()).isFalse();
        assertThat(run.promote(prepared.state().token()).result()).isEqualTo("PROMOTED");
        assertThat(changeIsServed()).isTrue();
    }

    /** Kills Promote right after its swap is committed, and while it waits between two attempts. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anInterruptedPromoteSwapsOnce(boolean hard) throws Exception {
        String token = prepared();
        materialize.set("swap_conflicts", "99");
        Process process = run.start(DeploymentRun.order(Action.PROMOTE, token).retrying(50));
        interrupt(process, "Retrying atomic swap (attempt 2", hard);
        if (!hard) {
            assertThat(run.read().outcome().error()).contains("Production was not swapped", "the same token");
        }
        assertThat(changeIsServed()).isFalse();
        materialize.set("swap_conflicts", "0");
        assertThat(run.promote(token).result()).isEqualTo("PROMOTED");
        assertThat(run.promote(token).result()).isEqualTo("ALREADY_PROMOTED");
        assertThat(changeIsServed()).isTrue();
    }

    private void await(Process process, String sign) throws Exception {
        Instant end = Instant.now().plus(Duration.ofMinutes(2));
        while (!run.output().contains(sign)
                && process.isAlive()
                && Instant.now().isBefore(end)) {
            Thread.sleep(50);
        }
        assertThat(run.output()).contains(sign);
    }

    private void interrupt(Process process, String sign, boolean hard) throws Exception {
        await(process, sign);
        if (hard) {
            process.destroyForcibly();
        } else {
            process.destroy();
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    private String prepared() throws Exception {
        Result result = run.prepare();
        assertThat(result.result())
                .as(result.output() + result.outcome().error())
                .isEqualTo("PREPARED");
        return result.state().token();
    }

    private boolean changeIsServed() throws Exception {
        return materialize
                .sql("select pg_get_viewdef('public_marts.order_totals'::regclass) like '%HAVING%'")
                .equals("t");
    }

    private static void assertRefused(Result result, String words) {
        assertThat(result.outcome().status()).as(result.output()).isEqualTo(RunStatus.ERROR);
        assertThat(result.outcome().error()).contains(words);
    }
}
