package io.jenkins.plugins.dbtslim.standin;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.demo.SlimCommand.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The packed command with dbt-postgres on a plain PostgreSQL: both modes. */
@Timeout(400)
class PostgresIT {
    @RegisterExtension
    final Standin postgres = Standin.postgres();

    @TempDir
    Path folder;

    @Test
    void pullRequestThenDeploy() throws Exception {
        SlimRun run = new SlimRun(folder, postgres, "1.11");
        assertOk(run.build("--mode", "deploy"));
        run.publish();
        run.project().changed();
        assertThat(assertOk(run.build("--mode", "pullRequest", "--state", run.state(), "--ci-tag", "gh_ci_42")))
                .contains("environment gh_ci_42: no clusters on postgres", "model gh_ci_42_marts.order_totals");
        assertThat(postgres.schemas()).contains("gh_ci_42_marts");
        run.project().append("models/marts/order_totals.sql", "and o.order_id > 10\n");
        assertThat(assertOk(run.build(
                        "--mode",
                        "pullRequest",
                        "--state",
                        run.state(),
                        "--ci-tag",
                        "gh_ci_42",
                        "--compare-data",
                        "--compare-samples")))
                .containsPattern("dbt-slim: order_totals: \\+0 −[1-9]\\d* ~0 of \\d+ rows")
                .doesNotContain("not compared");
        assertThat(assertOk(run.build("--mode", "deploy", "--state", run.state(), "--ci-tag", "gh_ci_42")))
                .contains("environment gh_ci_42: dropped schema gh_ci_42_marts", "model public_marts.order_totals")
                .doesNotContain(".stg_orders");
        assertThat(postgres.schemas()).isEqualTo("public_marts\npublic_staging");
    }

    private static String assertOk(Result result) {
        assertThat(result.status()).as(result.output()).isZero();
        return result.output();
    }
}
