package io.jenkins.plugins.dbtslim.standin;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.dbt.result.DbtOutcome;
import io.jenkins.plugins.dbtslim.dbt.result.RunResult;
import io.jenkins.plugins.dbtslim.dbt.result.RunResults;
import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;
import io.jenkins.plugins.dbtslim.demo.SlimCommand;
import io.jenkins.plugins.dbtslim.demo.SlimCommand.Result;
import io.jenkins.plugins.dbtslim.report.file.SlimReportFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** An abort in the middle of a statement, against a real server: what is left in it, and what is known afterwards. */
@Timeout(400)
class AbortIT {
    private static final String RUNNING =
            "select count(*) from pg_stat_activity where state = 'active' and query ~ 'pg_sleep\\(300\\)' and pid <> pg_backend_pid()";

    private static final String SLOW = """
            -- depends_on: {{ ref('stg_orders') }}
            select pg_sleep(300)::text as slept
            """;

    @RegisterExtension
    final Standin materialize = Standin.materialize();

    @RegisterExtension
    final Standin postgres = Standin.postgres();

    @TempDir
    Path folder;

    /** As Ctrl-C does. */
    @Test
    void cancelsTheStatementInPostgres() throws Exception {
        abort(postgres, "INT");
    }

    @Test
    void cancelsTheStatementOfDbtMaterialize() throws Exception {
        materialize.createCluster("prod_serving", 1);
        abort(materialize, "TERM");
    }

    /** Killed without a word, dbt leaves no results: what had begun counts as not built, what was built stays so. */
    @Test
    void knowsWhatWasBuiltByAKilledDbt() throws Exception {
        SlimRun run = new SlimRun(folder, postgres, "1.11");
        Path published = Files.createDirectories(folder.resolve("store")).resolve("manifest.json");
        String store = published.toUri().toString();
        String[] deploy = {"--target", "production", "--publish", store};
        Result first = run.build(deploy);
        assertThat(first.status()).as(first.output()).isZero();

        fetch(store, run);
        run.project().append("models/staging/stg_orders.sql", "-- changed\n");
        run.project().append("models/marts/customer_revenue.sql", "-- depends_on: {{ ref('slow') }}\n");
        run.project().write("models/marts/slow.sql", SLOW);
        Path log = folder.resolve("build.log");
        Process build = run.start(log, words(deploy, "--state", run.state()));
        awaitRunning(postgres, "1");
        ProcessHandle dbt = build.toHandle()
                .descendants()
                .filter(one -> one.info().command().orElse("").contains("python"))
                .findFirst()
                .orElseThrow();
        assertThat(dbt.destroyForcibly()).isTrue();
        assertThat(build.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(build.exitValue()).as(Files.readString(log)).isEqualTo(2);
        assertThat(log)
                .content()
                .contains("production's manifest does not have them: model.slim_demo.slow (interrupted)")
                .contains("model.slim_demo.customer_revenue (not reached)", "it was killed")
                .doesNotContain("Traceback", "\tat ");
        assertThat(published).content().contains("-- changed").doesNotContain("model.slim_demo.slow");

        // The server knows nothing of the kill: its statement would keep the next one waiting to its end.
        postgres.sql("select count(pg_terminate_backend(pid)) from pg_stat_activity where query ~ 'pg_sleep\\(300\\)'"
                + " and pid <> pg_backend_pid()");
        fetch(store, run);
        run.project().write("models/marts/slow.sql", SLOW.replace("300", "0"));
        Result next = run.build(words(deploy, "--state", run.state()));
        assertThat(next.status()).as(next.output()).isZero();
        assertThat(next.output()).contains("still pending since ", "customer_revenue");
        assertThat(DbtOutcome.read(run.kept()).selected())
                .contains("model.slim_demo.slow", "model.slim_demo.customer_revenue")
                .doesNotContain("model.slim_demo.stg_orders");
    }

    private void fetch(String store, SlimRun run) throws Exception {
        Result fetched =
                new SlimCommand(folder.resolve("fetch.log")).run("fetch", "--from", store, "--to", run.state());
        assertThat(fetched.status()).as(fetched.output()).isZero();
    }

    private static String[] words(String[] some, String... more) {
        return Stream.concat(Stream.of(some), Stream.of(more)).toArray(String[]::new);
    }

    private void abort(Standin database, String signal) throws Exception {
        SlimRun run = new SlimRun(folder, database, "1.11");
        run.project().write("models/marts/slow.sql", SLOW);
        Path report = folder.resolve("report.zip");
        Process build = run.start(
                folder.resolve("build.log"),
                "--target",
                "production",
                "--select",
                "+slow",
                "--report",
                report.toString());
        awaitRunning(database, "1");
        assertThat(run.kept().resolve("manifest.json")).isNotEmptyFile();
        assertThat(new ProcessBuilder("kill", "-" + signal, String.valueOf(build.pid()))
                        .start()
                        .waitFor())
                .isZero();
        assertThat(build.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(build.exitValue()).isEqualTo(signal.equals("INT") ? 128 + 2 : 128 + 15);
        awaitRunning(database, "0");
        // dbt ended by itself, because its statement did, and an abort is no crash.
        assertThat(folder.resolve("build.log"))
                .content()
                .contains("CANCEL", "Exited because of keyboard interrupt", "dbt was aborted")
                .doesNotContain("Traceback", "did not end within");

        try (SlimReportFile read = SlimReportFile.open(report)) {
            assertThat(read.head().outcome()).isEqualTo(RunStatus.ABORTED);
            assertThat(read.head().counts().built()).isPositive();
        }
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

    private void awaitRunning(Standin database, String count) throws Exception {
        Instant end = Instant.now().plus(Duration.ofMinutes(2));
        while (!database.sql(RUNNING).equals(count) && Instant.now().isBefore(end)) {
            Thread.sleep(200);
        }
        assertThat(database.sql(RUNNING))
                .as(Files.readString(folder.resolve("build.log")))
                .isEqualTo(count);
    }
}
