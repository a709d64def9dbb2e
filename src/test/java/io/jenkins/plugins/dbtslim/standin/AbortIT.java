package io.jenkins.plugins.dbtslim.standin;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.dbt.result.DbtOutcome;
import io.jenkins.plugins.dbtslim.dbt.result.RunResult;
import io.jenkins.plugins.dbtslim.dbt.result.RunResults;
import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** An abort in the middle of a statement, against a real server: what is left in it, and what is known afterwards. */
@Timeout(400)
class AbortIT {
    private static final String RUNNING =
            "select count(*) from pg_stat_activity where state = 'active' and query ~ 'pg_sleep\\(300\\)' and pid <> pg_backend_pid()";

    @RegisterExtension
    final Standin materialize = Standin.materialize();

    @RegisterExtension
    final Standin postgres = Standin.postgres();

    @TempDir
    Path folder;

    @Test
    void cancelsTheStatementInPostgres() throws Exception {
        abort(postgres);
    }

    @Test
    void cancelsTheStatementOfDbtMaterialize() throws Exception {
        materialize.createCluster("prod_serving", 1);
        abort(materialize);
    }

    private void abort(Standin database) throws Exception {
        SlimRun run = new SlimRun(folder, database, "1.11");
        run.project().write("models/marts/slow.sql", """
                -- depends_on: {{ ref('stg_orders') }}
                select pg_sleep(300)::text as slept
                """);
        Process build = run.start(folder.resolve("build.log"), "--target", "production", "--select", "+slow");
        awaitRunning(database, "1");
        assertThat(run.kept().resolve("manifest.json")).isNotEmptyFile();
        build.destroy();
        assertThat(build.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(build.exitValue()).isNotZero();
        awaitRunning(database, "0");
        // dbt ended by itself, because its statement did, and an abort is no crash.
        assertThat(folder.resolve("build.log"))
                .content()
                .contains("Exited because of keyboard interrupt")
                .doesNotContain("Traceback", "did not end within");

        DbtOutcome outcome = DbtOutcome.read(run.kept());
        assertThat(outcome.status()).isEqualTo(RunStatus.ABORTED);
        assertThat(outcome.manifest()).isNotNull();
        assertThat(RunResults.read(outcome.runResults()).results())
                .filteredOn(result -> result.uniqueId().endsWith(".stg_orders"))
                .extracting(RunResult::status)
                .containsExactly("success");
        assertThat(database.sql("select count(*) > 0 from public_staging.stg_orders"))
                .isEqualTo("t");
        assertThat(database.sql("select to_regclass('public_marts.slow') is null"))
                .isEqualTo("t");
    }

    private static void awaitRunning(Standin database, String count) throws Exception {
        Instant end = Instant.now().plus(Duration.ofMinutes(2));
        while (!database.sql(RUNNING).equals(count) && Instant.now().isBefore(end)) {
            Thread.sleep(200);
        }
        assertThat(database.sql(RUNNING)).isEqualTo(count);
    }
}
