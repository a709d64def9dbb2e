package io.jenkins.plugins.dbtslim.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.dbt.result.DbtOutcome;
import io.jenkins.plugins.dbtslim.dbt.result.RunResult;
import io.jenkins.plugins.dbtslim.dbt.result.RunResults;
import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;
import io.jenkins.plugins.dbtslim.report.file.SlimReportFile;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The demo's flow with real dbt and the real S3 protocol: fetch, slim build, publish. */
class DemoIT {
    @Test
    @Timeout(540)
    void slimBuildsWhatThePullRequestSetsOff() throws Exception {
        Path work = Path.of(System.getProperty("project.build.directory"), "demo-it");
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        DbtOutcome outcome = new Demo(work, new PrintStream(printed, true, StandardCharsets.UTF_8)).run();

        assertThat(outcome.status()).isEqualTo(RunStatus.SUCCESS);
        assertThat(outcome.oneProcess()).isTrue();
        assertThat(outcome.adapter()).isEqualTo("duckdb");
        assertThat(outcome.operations())
                .extracting(DbtOutcome.OperationResult::status)
                .containsExactly("success");
        assertThat(outcome.selected())
                .filteredOn(id -> !id.startsWith("test."))
                .containsExactly(
                        "exposure.roastery.sales_by_country",
                        "model.roastery.country_revenue",
                        "model.roastery.customer_revenue",
                        "model.roastery.order_totals",
                        "model.roastery.repeat_customers",
                        "model.roastery.stg_order_items");
        assertThat(RunResults.read(outcome.runResults()).results())
                .extracting(RunResult::uniqueId)
                .containsExactlyInAnyOrderElementsOf(outcome.selected());
        assertThat(outcome.manifest()).content().contains("model.roastery.repeat_customers");
        try (SlimReportFile report = SlimReportFile.open(work.resolve("pull-request.report"))) {
            assertThat(report.report().nodes())
                    .filteredOn(node -> !node.isTest())
                    .extracting(node -> node.name() + " " + node.change().key())
                    .containsExactlyInAnyOrder(
                            "customer_revenue modified",
                            "stg_order_items modified",
                            "repeat_customers new",
                            "order_totals downstream",
                            "country_revenue downstream",
                            "sales_by_country downstream");
            assertThat(report.report()
                            .node("model.roastery.customer_revenue")
                            .data()
                            .isCompared())
                    .as("its rows beside production's")
                    .isTrue();
            assertThat(report.report().nodes())
                    .filteredOn(node -> node.sql() != null)
                    .extracting(node -> node.name() + " " + node.sql().kind() + " "
                            + node.sql().reads() + " " + node.sql().reached())
                    .contains(
                            "order_totals null columns [total]",
                            "stg_order_items columns columns [discount]",
                            "customer_revenue adds_columns columns [orders, revenue]");
            assertThat(report.notRebuilt()).contains("model.roastery.daily_visits");
        }
        assertThat(work.resolve("report.html")).content().contains("cents_to_euros", "repeat_customers");
        assertThat(Files.readString(work.resolve("demo.log")))
                .contains("environment pr_42 is there")
                .doesNotContain("Traceback");
    }
}
