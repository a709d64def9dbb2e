package io.jenkins.plugins.dbtslim.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.change.RunOrigin;
import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;
import io.jenkins.plugins.dbtslim.report.data.BuiltReport;
import io.jenkins.plugins.dbtslim.report.data.ChangeKind;
import io.jenkins.plugins.dbtslim.report.data.DeferredReads;
import io.jenkins.plugins.dbtslim.report.data.ManifestOrigin;
import io.jenkins.plugins.dbtslim.report.data.ReportNode;
import io.jenkins.plugins.dbtslim.report.data.ReportReason;
import io.jenkins.plugins.dbtslim.report.data.RunInfo;
import io.jenkins.plugins.dbtslim.report.data.SavedTime;
import io.jenkins.plugins.dbtslim.report.data.SlimReport;
import io.jenkins.plugins.dbtslim.report.export.JUnitReport;
import io.jenkins.plugins.dbtslim.report.export.MarkdownSummary;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/** JUnit XML and Markdown. */
class OtherFormatsTest {
    @Test
    void junitHasOneCaseATestAndNodeWithItsFailure() throws IOException {
        assertThat(junit(SampleReports.shop().report()))
                .contains(
                        "<testsuite name=\"dbt tests\" tests=\"2\" failures=\"1\" errors=\"0\" skipped=\"0\" time=\"0.510\"")
                .contains("<testsuite name=\"dbt nodes\" tests=\"6\" failures=\"0\" errors=\"1\" skipped=\"1\"")
                .contains(
                        "<testcase classname=\"shop.models.marts\" name=\"unique_orders_order_id\" time=\"0.310\"><failure"
                                + " message=\"Got 3 results, configured to fail if != 0\">")
                .contains(
                        "name=\"order_funnel\" time=\"0.420\"><error message=\"Database Error: column \"ordered\" does not exist\"")
                .contains("name=\"funnel_weekly\" time=\"0.000\"><skipped message=\"skipped\"");
    }

    /** No test at all would look like nothing wrong, and a text that points to a page has none. */
    @Test
    void aRunThatCouldNotRunSaysWhyInEachForm() throws IOException {
        String error = "Database Error\n  connection to `localhost` port 6875 refused";
        RunInfo run = new RunInfo(List.of("state:modified+"), List.of(), null, false, 2, 1.5, List.of(error));
        SlimReport report = new SlimReport(
                "shop",
                RunStatus.ERROR,
                null,
                new ManifestOrigin(null, null, null, null, null),
                run,
                SavedTime.UNKNOWN,
                List.of(),
                List.of());
        assertThat(junit(report))
                .contains("<testsuite name=\"dbt run\" tests=\"1\" failures=\"0\" errors=\"1\"")
                .contains("<testcase classname=\"dbt\" name=\"run\" time=\"1.500\"><error message=\"Database Error\">")
                .contains("port 6875 refused");
        assertThat(new MarkdownSummary(report, true).text())
                .contains("**Could not run.** No node failed; the reason is below.\n\n1.5 s\n")
                .contains("```text\nDatabase Error\n  connection to ˋlocalhostˋ port 6875 refused\n```\n");
        assertThat(new MarkdownSummary(report, false).text())
                .contains("The reason is in the log of the build.")
                .doesNotContain("6875");
        StringBuilder page = new StringBuilder();
        new HtmlReport(
                        new BuiltReport(report, Map.of(), List.of(), Map.of()),
                        HtmlOptions.served(true, PageQuery.of(null)))
                .fragment(page);
        assertThat(page.toString())
                .as("what was not read is not told to be equal")
                .contains("Could not run", "port 6875 refused", "id=\"dbt-slim-run\"")
                .doesNotContain("No node differs", "dbt-slim-lineage", "not rebuilt");
    }

    @Test
    void titleAndALineSayWhereItIsFrom() {
        RunOrigin origin = new RunOrigin(
                "0123456789abcdef",
                "https://git.example/commit/0123456789abcdef",
                "feature/[x]",
                "42",
                "https://git.example/pull/42",
                "shop #7",
                "https://ci.example/job/shop/7/)(");
        RunInfo run = new RunInfo(
                List.of(),
                List.of(),
                null,
                false,
                0,
                1,
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                DeferredReads.NONE,
                origin,
                List.of());
        SlimReport report =
                new SlimReport("shop", RunStatus.SUCCESS, null, null, run, SavedTime.UNKNOWN, List.of(), List.of());
        assertThat(new MarkdownSummary(report, true).text())
                .startsWith("### Pull request 42: Slim build of shop\n\nBranch feature/")
                .contains(" · Commit [0123456789ab](https://git.example/commit/0123456789abcdef) · Build shop ")
                .doesNotContain("](https://ci.example", "[x]");
    }

    @Test
    void junitOfAHostileProjectIsWellFormed() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JUnitReport.write(out, Hostile.report().report());
        Element root = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(out.toByteArray()))
                .getDocumentElement();
        assertThat(root.getElementsByTagName("testcase").getLength()).isEqualTo(Hostile.TEXTS.size());
        assertThat(root.getElementsByTagName("script").getLength()).isZero();
    }

    @Test
    void markdownSaysWhatBrokeWhatChangedAndWhomItReaches() {
        assertThat(new MarkdownSummary(SampleReports.shop().report(), true).text())
                .startsWith(
                        "### Slim build of shop\n\n**Failed.** 1 of 6 models failed, 1 was skipped; 1 of 2 tests failed.\n\n3 modified · 1 new ·")
                .contains("| `order_funnel` | error | `Database Error: column \"ordered\" does not exist` | new |")
                .contains("| `unique_orders_order_id` | fail | `Got 3 results, configured to fail if != 0` | because of"
                        + " `orders` |")
                .contains("- modified macro `cents_to_euros` → 1 node, 2 tests\n")
                .contains(
                        "- modified var `min_qty` 5 → 8, used by 2 nodes, 1 test: no change to dbt, built with alsoChanged"
                                + " only\n",
                        "- modified environment variable `REGION` has another value, may be used by 1 node\n")
                .contains("| `customer_value` | renamed (formerly `customer_ltv`) |  | success |  |")
                .contains(
                        "1 exposure, metric or the like downstream",
                        " · 14 s: starting dbt 2.1 s, reading the project 4.0 s, building 8.1 s")
                .contains("| `stg_payments` | modified | macro `cents_to_euros` | success | no difference in 99 rows |")
                .contains("| `crm.customers` (source) | modified | relation `schema` |  |  |")
                .contains(
                        "| `orders` | modified | **breaks contract**, SQL, config, contract, changes columns: \\+ordered\\_at, \\~amount | success | +6 −0 ~12 of 1,024; columns +1 |")
                .contains("1 of 2 downstream models reads what changed")
                .contains("| `finance_board` | `Nora Finance <nora@example.com>` | reached columns: total |")
                .endsWith("dbt changed from 1.9.10 to 1.10.2\n");
    }

    /** A pull request that only adds a test says so. */
    @Test
    void changedTestsAreToldWhereNothingElseChanged() {
        ReportNode test = ReportNode.of("test.shop.unique_x.0a1b2c3d4e", "unique_x", "test")
                .change(ChangeKind.NEW, List.of())
                .dependsOn(List.of("model.shop.x"))
                .run(SampleReports.ran("pass", 0.2, 6.5, 4, null))
                .build();
        assertThat(new MarkdownSummary(SampleReports.report(RunStatus.SUCCESS, List.of(test)), true).text())
                .contains("**Succeeded.** Nothing had to be built and one test was run. Only a test changed.")
                .contains("1 test changed", "#### Changed tests", "| `unique_x` | new |  | pass |");
    }

    @Test
    void aComparisonWithoutADifferenceSaysSo() {
        ReportNode test = ReportNode.of("test.shop.unique_x.0a1b2c3d4e", "unique_x", "test")
                .change(ChangeKind.NEW, List.of())
                .build();
        assertThat(new MarkdownSummary(SampleReports.report(RunStatus.COMPARED, List.of()), true).text())
                .contains("**Compared.** No node differs from production.\n");
        assertThat(new MarkdownSummary(SampleReports.report(RunStatus.COMPARED, List.of(test)), true).text())
                .contains("**Compared.** Only a test changed.\n");
    }

    @Test
    void aFailedHookIsCountedAndNamed() {
        ReportNode hook = ReportNode.of("operation.shop.on-run-end-0", "shop-on-run-end-0", "operation")
                .run(SampleReports.ran(
                        "error", 0.2, 6.5, 4, "shop.on-run-end.0 failed, error:\n Runtime Error\n  no such table"))
                .build();
        assertThat(new MarkdownSummary(SampleReports.report(RunStatus.FAILURE, List.of(hook)), true).text())
                .contains("**Failed.** 1 hook failed.")
                .contains("`shop.on-run-end.0 failed, error: no such table`");
    }

    @Test
    void pythonIsNotSqlAndRowsAreNot() {
        List<ReportNode> nodes = List.of(
                body("games", "models/games.py", "model"),
                body("rates", "seeds/rates.csv", "seed"),
                body("orders", "models/orders.sql", "model"));
        assertThat(new MarkdownSummary(SampleReports.report(RunStatus.COMPARED, nodes), true).text())
                .contains("| `games` | modified | Python |")
                .contains("| `rates` (seed) | modified | rows |")
                .contains("| `orders` | modified | SQL |");
    }

    @Test
    void whatIsNamedAfterItsKeyIsNamedOnce() {
        ReportReason reason = new ReportReason("defaults", List.of("defaults: {at: day} → {at: week}"));
        ReportNode node = ReportNode.of("semantic_model.shop.orders", "orders", "semantic_model")
                .change(ChangeKind.MODIFIED, List.of(reason))
                .build();
        assertThat(new MarkdownSummary(SampleReports.report(RunStatus.COMPARED, List.of(node)), true).text())
                .contains("| modified | defaults |");
    }

    private static ReportNode body(String name, String path, String type) {
        return ReportNode.of(type + ".shop." + name, name, type)
                .path(path)
                .change(ChangeKind.MODIFIED, List.of(new ReportReason("body", List.of())))
                .build();
    }

    @Test
    void markdownWithoutPermissionHoldsNoMessage() {
        assertThat(new MarkdownSummary(SampleReports.shop().report(), false).text())
                .contains("| `order_funnel` | error |  |")
                .doesNotContain("does not exist");
    }

    @Test
    void markdownOfAHostileProjectStaysText() {
        List<ReportNode> nodes = List.of(
                SampleReports.model("x", ChangeKind.NEW).build(),
                ReportNode.of("model.a", "a` <img src=x onerror=1> | @everyone [x](javascript:1)\n# b\u202e", "model")
                        .change(ChangeKind.NEW, List.of(new ReportReason("<b>@all</b> ![x](http://evil)", List.of())))
                        .build());
        String text = new MarkdownSummary(SampleReports.report(RunStatus.COMPARED, nodes), true).text();
        assertThat(text)
                .contains("| `aˋ <img src=x onerror=1> \\| @everyone [x](javascript:1) # b[U+202E]` | new |")
                .contains("&lt;b\\>@\u200ball&lt;/b\\> \\!\\[x\\]\\(http:\u200b//evil\\)")
                .doesNotContain("\u202e");
    }

    private static String junit(SlimReport report) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JUnitReport.write(out, report);
        return out.toString(StandardCharsets.UTF_8).replace("&quot;", "\"");
    }
}
