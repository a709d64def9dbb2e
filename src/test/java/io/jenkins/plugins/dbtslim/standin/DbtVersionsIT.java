package io.jenkins.plugins.dbtslim.standin;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.dbt.result.DbtOutcome;
import io.jenkins.plugins.dbtslim.dbt.result.RunResults;
import io.jenkins.plugins.dbtslim.demo.SlimCommand.Result;
import io.jenkins.plugins.dbtslim.manifest.ManifestReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each dbt-core that dbt-materialize goes with, in one process; and a dbt that cannot be imported, as separate commands. */
@Tag("long")
@Timeout(900)
class DbtVersionsIT {
    private static final String VERSION = "2.0.0-preview.126";

    @RegisterExtension
    final Standin materialize = Standin.materialize();

    @RegisterExtension
    final Standin postgres = Standin.postgres();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"1.8", "1.9", "1.10", "1.11"})
    void inOneProcess(String version) throws Exception {
        DbtOutcome outcome = pullRequestAndDeploy(new SlimRun(folder, materialize, version));
        assertThat(outcome.oneProcess()).isTrue();
        assertThat(outcome.dbtVersion()).startsWith(version + ".");
    }

    /** A program that is no script of Python, and answers and writes as one of dbt 2.x does; dbt-core does the work behind it. */
    @Test
    void asSeparateCommands() throws Exception {
        SlimRun run = new SlimRun(folder, materialize, List.of("--dbt", binary().toString()));
        DbtOutcome outcome = pullRequestAndDeploy(run);
        assertThat(outcome.oneProcess()).isFalse();
        assertThat(ManifestReader.readMetadata(outcome.manifest()).dbtVersion()).isEqualTo(VERSION);
        String byDbtCore = Files.readString(Path.of(run.state(), "manifest.json"))
                .replace("\"dbt_version\": \"" + VERSION + "\"", "\"dbt_version\": \"1.11.16\"");
        run.writeState(byDbtCore);
        Result mixed = run.build("--mode", "deploy", "--state", run.state());
        assertThat(mixed.status()).as(mixed.output()).isEqualTo(2);
        assertThat(mixed.output()).contains("was written by dbt 1.11.16", "allow otherDbtVersion");
    }

    /**
     * The newest that comes through PyPI as a binary. It knows no Materialize, PostgreSQL by a flag only, and downloads the
     * driver for that when it connects; so what it selects counts here, and not whether it can build.
     */
    @Test
    void aRealBinaryOfDbt2() throws Exception {
        SlimRun run = new SlimRun(
                        folder,
                        postgres,
                        List.of("--dbt", Standin.venv("2").resolve("bin/dbt").toString()))
                .with("DBT_ALLOW_EXPERIMENTAL_ADAPTERS", "true");
        run.build("--mode", "deploy");
        DbtOutcome all = DbtOutcome.read(run.kept());
        assertThat(all.oneProcess()).isFalse();
        assertThat(all.selected()).hasSize(15);
        assertThat(ManifestReader.readMetadata(all.manifest()).dbtVersion()).startsWith("2.0.0-preview.");
        assertThat(RunResults.read(all.runResults()).results()).hasSize(15);
        run.publish();
        run.project().changed();
        run.build("--mode", "deploy", "--state", run.state());
        assertThat(DbtOutcome.read(run.kept()).selected())
                .contains("model.slim_demo.order_totals", "model.slim_demo.country_revenue")
                .doesNotContain("model.slim_demo.stg_orders");
    }

    private Path binary() throws Exception {
        Path dbt = folder.resolve("program/dbt");
        Files.createDirectories(dbt.getParent());
        Files.writeString(dbt, """
                #!/bin/sh
                if [ "$1" = --version ]; then echo 'dbt Fusion %2$s'; exit; fi
                target=target
                for word in "$@"; do
                  [ "$last" = --target-path ] && target=$word
                  last=$word
                done
                '%1$s/bin/dbt' "$@"
                status=$?
                manifest=$target/manifest.json
                [ -f "$manifest" ] && sed -i 's/"dbt_version": "1.11.16"/"dbt_version": "%2$s"/' "$manifest"
                exit $status
                """.formatted(Standin.venv("1.11"), VERSION));
        Files.setPosixFilePermissions(dbt, PosixFilePermissions.fromString("rwxr-xr-x"));
        return dbt;
    }

    private DbtOutcome pullRequestAndDeploy(SlimRun run) throws Exception {
        run.project().forOlderDbt();
        materialize.createCluster("prod_serving", 1);
        assertOk(run.build("--mode", "deploy"));
        run.publish();
        run.project().changed();
        assertOk(run.build("--mode", "pullRequest", "--state", run.state(), "--ci-tag", "gh_ci_42"));
        assertThat(materialize.clusters()).isEqualTo("gh_ci_42\nprod_serving");
        Result narrow = run.build("--mode", "deploy", "--state", run.state(), "--select", "state:modified");
        assertThat(narrow.status()).as(narrow.output()).isEqualTo(2);
        assertThat(narrow.output()).contains("without building them again");
        Result missing = run.build("--target", "production", "--operation", "vacuum_environment");
        assertThat(missing.output()).contains("The project has no macro vacuum_environment");
        assertOk(run.build("--mode", "deploy", "--state", run.state(), "--ci-tag", "gh_ci_42"));
        assertThat(materialize.clusters()).isEqualTo("prod_serving");
        return DbtOutcome.read(run.kept());
    }

    private static void assertOk(Result result) {
        assertThat(result.status()).as(result.output()).isZero();
    }
}
