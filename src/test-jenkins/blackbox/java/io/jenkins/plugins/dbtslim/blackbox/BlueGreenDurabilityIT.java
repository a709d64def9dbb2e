package io.jenkins.plugins.dbtslim.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.dbtslim.standin.Standin;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A deployment in Jenkins outlives a controller that is killed, and one that is aborted goes on at the right stage. */
class BlueGreenDurabilityIT {
    private static final String SLOW = """
            -- depends_on: {{ ref('stg_orders') }}
            select pg_sleep(20)::text as slept
            """;

    @RegisterExtension
    final Site site = new Site();

    @RegisterExtension
    final Standin materialize = Standin.materialize();

    @TempDir
    Path folder;

    private Production production;

    private void buildProduction() throws Exception {
        production = new Production(site, materialize, folder);
        production.project().write("models/marts/slow.sql", SLOW);
    }

    /** Three times, in one build: while it builds, while it waits for hydration, and while it swaps. */
    @Test
    void theControllerMayBeKilledAtEachStage() throws Exception {
        Restart restart = Restart.orSkip(site.jenkins());
        buildProduction();
        materialize.set("hydrate_after_ms", "600000");
        materialize.set("swap_conflicts", "99");
        Job job = production.pipeline(
                "killed",
                production.prepare(", pollSeconds: 1, publish: [to: '" + production.uri() + "']")
                        + "def q = dbtBlueGreenPromote(" + production.options() + ", maxRetries: 1000)\n"
                        + "echo \"result ${q.result}, published ${q.published.uri}\"\n");
        Build build = job.start().awaitLine("START sql table model public_marts_dbt_deploy.slow");
        restart.now();
        build.awaitLine("prod_serving_dbt_deploy: hydrating");
        restart.now();
        assertWaits(build);
        materialize.set("hydrate_after_ms", "0");
        build.awaitLine("Retrying atomic swap (attempt 2");
        restart.now();
        assertThat(production.isDeployed()).isFalse();
        materialize.set("swap_conflicts", "0");
        build.await()
                .assertResult("SUCCESS")
                .assertConsole("result promoted, published " + production.uri())
                .assertNoStackTrace();
        assertThat(build.console().split("START sql table model public_marts_dbt_deploy.slow"))
                .as("built once")
                .hasSize(2);
        assertThat(production.isDeployed()).isTrue();
        assertThat(production.manifest()).content().contains("having");
    }

    /** The page shows what it waits for, and so does the remote API. */
    private static void assertWaits(Build build) throws InterruptedException {
        String action = build.path() + "/dbt-blue-green";
        Jenkins jenkins = build.job().jenkins();
        Waiting.until("the clusters are seen", Duration.ofMinutes(1), () -> jenkins.json(action + "/api/json")
                .at("/progress/clusters/0")
                .has("name"));
        JsonNode progress = jenkins.json(action + "/api/json").get("progress");
        assertThat(progress.at("/clusters/0/name").asText()).isEqualTo("prod_serving_dbt_deploy");
        assertThat(progress.at("/clusters/0/status").asText()).isEqualTo("hydrating");
        assertThat(progress.at("/clusters/0/total").asInt()).isEqualTo(4);
        assertThat(progress.get("secondsUntilLimit").asDouble()).isBetween(1.0, 3600.0);
        assertThat(jenkins.get(action + "/progress").good())
                .contains("0 of 1 cluster ready", "prod_serving_dbt_deploy", "0 of 4 objects hydrated", "gives up in");
        assertThat(jenkins.get(action + "/progressLine").good()).contains("0 of 1 cluster ready");
    }

    @Test
    void anAbortedPreparationGoesOnWhereItWas() throws Exception {
        buildProduction();
        materialize.set("hydrate_after_ms", "600000");
        Job prepare = production.pipeline("aborted", production.prepare(", pollSeconds: 1"));
        prepare.start()
                .awaitLine("START sql table model public_marts_dbt_deploy.slow")
                .stop()
                .await()
                .assertResult("ABORTED")
                .assertConsole("Aborted at \"build\". Production is untouched.", "run dbtBlueGreenPrepare again");
        Build waiting = prepare.start().awaitLine("prod_serving_dbt_deploy hydrating (0 of 4 objects)");
        assertWaits(waiting);
        waiting.stop()
                .await()
                .assertResult("ABORTED")
                .assertConsole("was begun before: it goes on", "Aborted at \"await\". Production is untouched.");
        materialize.set("hydrate_after_ms", "0");
        Build last = prepare.run().assertResult("SUCCESS");
        last.assertConsole("was built from this state of the project before: it goes on", " is prepared");
        assertThat(last.console()).doesNotContain("START sql");
        assertThat(production.isDeployed()).isFalse();
    }

    @Test
    void anAbortedPromotionAndCleanUpGoOn() throws Exception {
        buildProduction();
        Build prepare =
                production.pipeline("prepare", production.prepare("")).run().assertResult("SUCCESS");
        String token = Production.token(prepare);
        materialize.set("swap_conflicts", "99");
        Job promote = production.pipeline("promote", production.promote(token, ", maxRetries: 1000"));
        promote.start()
                .awaitLine("Retrying atomic swap (attempt 2")
                .stop()
                .await()
                .assertResult("ABORTED")
                .assertConsole("Production was not swapped", "run dbtBlueGreenPromote again with the same token");
        assertThat(production.isDeployed()).isFalse();
        materialize.set("swap_conflicts", "0");
        promote.run().assertResult("SUCCESS").assertConsole("result promoted");
        assertThat(production.isDeployed()).isTrue();

        Job cleanup = production.pipeline(
                "cleanup", "dbtBlueGreenCleanup(" + production.options() + ", token: '" + token + "')");
        try (AutoCloseable reader = materialize.reader("public_marts_dbt_deploy.order_totals")) {
            cleanup.start()
                    .awaitLine("Dropping schema")
                    .stop()
                    .await()
                    .assertResult("ABORTED")
                    .assertConsole("Run dbtBlueGreenCleanup again: it drops what is still there.");
        }
        assertThat(materialize.schemas()).contains("public_marts_dbt_deploy");
        cleanup.run().assertResult("SUCCESS").assertConsole("Cleaned up:");
        assertThat(materialize.schemas()).isEqualTo("public_marts\npublic_staging");
        assertThat(production.isDeployed()).isTrue();
    }
}
