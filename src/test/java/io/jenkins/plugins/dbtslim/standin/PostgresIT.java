package io.jenkins.plugins.dbtslim.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.jenkins.plugins.dbtslim.dbt.result.DataDifference;
import io.jenkins.plugins.dbtslim.demo.SlimCommand.Result;
import io.jenkins.plugins.dbtslim.report.file.SlimReportFile;
import java.nio.file.Path;
import java.util.stream.Stream;
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

    /** What only a real PostgreSQL has, and a statement that fails, which keeps none of those after it from running. */
    @Test
    void comparesMaterializedViewsListsAndNamesThatNeedQuotes() throws Exception {
        SlimRun run = new SlimRun(folder, postgres, "1.11");
        run.project()
                .write(
                        "models/marts/breaks.sql",
                        "{{ config(materialized='view') }} select 1 / (i - 5) as n from generate_series(1, 9) i")
                .write("models/marts/rows_of.sql", """
                        {{ config(materialized='materialized_view', meta={'primary_key': 'Id'}) }}
                        select i as "Id", i * 2 as id, i * 5 as "a""b %", array[i] as "select",
                          array['{}'::json] as docs, 1.7e308::float8 as big
                        from generate_series(1, 10) i
                        """)
                .write("models/marts/step.sql", "{{ config(materialized='ephemeral') }} select 1 as id, 2 as n")
                .write("models/marts/step_read.sql", "select * from {{ ref('step') }}");
        assertOk(run.build("--mode", "deploy"));
        run.publish();
        run.project()
                .replace("models/marts/breaks.sql", "i - 5", "i - 6")
                .replace("models/marts/rows_of.sql", "i * 2", "i * 3")
                .replace("models/marts/rows_of.sql", "i * 5", "case when i < 4 then 0 else i * 5 end")
                .replace("models/marts/rows_of.sql", "1.7e308", "-1.7e308")
                .replace("models/marts/step.sql", "2 as n", "3 as n");
        Path report = folder.resolve("report.zip");
        String[] compare = {"--mode", "pullRequest", "--state", run.state(), "--ci-tag", "gh_ci_43", "--compare-data"};
        assertThat(assertOk(run.build(Stream.concat(Stream.of(compare), Stream.of("--report", report.toString()))
                        .toArray(String[]::new))))
                .contains(
                        "dbt-slim: breaks: Not compared: Database Error division by zero",
                        "dbt-slim: rows_of: +0 −0 ~10 of 10 rows",
                        "dbt-slim: step_read: +1 −1 of 1 rows");
        try (SlimReportFile read = SlimReportFile.open(report)) {
            DataDifference data = read.report().node("model.slim_demo.rows_of").data();
            assertThat(data.columns()).containsOnly(entry("id", 10L), entry("a\"b %", 3L), entry("big", 10L));
            assertThat(data.notCompared()).containsExactly("docs: json[] has no values that compare");
        }
    }

    private static String assertOk(Result result) {
        assertThat(result.status()).as(result.output()).isZero();
        return result.output();
    }
}
