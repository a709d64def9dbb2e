package io.jenkins.plugins.dbtslim.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.dbt.result.ClusterWait;
import io.jenkins.plugins.dbtslim.dbt.result.DeploymentState.Cluster;
import io.jenkins.plugins.dbtslim.dbt.result.RunProgress;
import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;
import io.jenkins.plugins.dbtslim.report.data.BuiltReport;
import io.jenkins.plugins.dbtslim.report.data.ReportNode;
import io.jenkins.plugins.dbtslim.report.data.ReportSource;
import io.jenkins.plugins.dbtslim.report.data.RunComparison;
import io.jenkins.plugins.dbtslim.report.data.TrendPoint;
import io.jenkins.plugins.dbtslim.report.picture.Trend;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.FutureTask;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import nu.validator.client.EmbeddedValidator;
import org.junit.jupiter.api.Test;

/** Every page of ours is valid HTML, by the Nu Html Checker, whatever is in the project. */
class ValidHtmlTest {
    private static final long DEEP = 64L << 20;
    private static final String HEAD =
            "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Page</title></head><body><h1>Page</h1>\n";

    /**
     * Our HTML is XML too; the checker does not know variables within color-mix(), nor does it compute the hashes of a
     * policy.
     */
    private static final Pattern TASTE_AND_FAULTS_OF_THE_CHECKER = Pattern.compile(
            ": info: Trailing slash on void|“var\\(--[a-z-]+\\)” is not a “color” value|warning: Inline (style|script) violates .* nonce/hash");

    private static final Map<String, ReportSource> REPORTS = new TreeMap<>(Map.of(
            "shop", SampleReports.shop(),
            "hostile", Hostile.report(),
            "big", BigReports.of(300, 300, 1),
            "empty",
                    new BuiltReport(
                            SampleReports.report(RunStatus.NOTHING_TO_DO, List.of()), Map.of(), List.of(), Map.of())));

    /** Faults that the checker finds, one a line; it recurses deeper than the stack of a usual thread. */
    private static String check(String page) throws Exception {
        FutureTask<String> checked = new FutureTask<>(() -> {
            EmbeddedValidator checker = new EmbeddedValidator();
            checker.setOutputFormat(EmbeddedValidator.OutputFormat.GNU);
            checker.setNoLangDetect(true);
            return checker.validate(new ByteArrayInputStream(page.getBytes(StandardCharsets.UTF_8)));
        });
        new Thread(null, checked, "checker", DEEP).start();
        return checked.get()
                .lines()
                .filter(line -> !TASTE_AND_FAULTS_OF_THE_CHECKER.matcher(line).find())
                .collect(Collectors.joining("\n"));
    }

    private static String within(String fragment) {
        return HEAD + fragment + "</body></html>";
    }

    /** Writes a part of a report. */
    @FunctionalInterface
    private interface Part {
        void write(HtmlReport report, StringBuilder html) throws IOException;
    }

    private static String served(ReportSource source, Part part) throws IOException {
        StringBuilder html = new StringBuilder();
        part.write(new HtmlReport(source, HtmlOptions.served(true, PageQuery.of("find=a"))), html);
        return within(html.toString());
    }

    @Test
    void theCheckerFindsFaults() throws Exception {
        assertThat(check(within("<p><div id=a></div></p><img id=a>"))).contains("error");
    }

    @Test
    void thePageThatStandsAlone() throws Exception {
        for (Map.Entry<String, ReportSource> report : REPORTS.entrySet()) {
            assertThat(check(HtmlReportTest.page(report.getValue(), HtmlOptions.standalone())))
                    .as(report.getKey())
                    .isEmpty();
        }
    }

    @Test
    void whatIsPutIntoPagesOfJenkins() throws Exception {
        for (Map.Entry<String, ReportSource> report : REPORTS.entrySet()) {
            ReportSource source = report.getValue();
            RunComparison since =
                    new RunComparison(List.of("model.a.<b>", "x"), 9, List.of(), 0, List.of("test.a.b"), 1);
            ComparisonView view = new ComparisonView(since, "shop #11", null);
            assertThat(check(served(source, (html, out) -> html.fragment(out, List.of(view)))))
                    .as(report.getKey())
                    .isEmpty();
            if (report.getKey().equals("big")) {
                continue;
            }
            List<ReportNode> nodes = source.report().nodes();
            assertThat(check(served(source, (html, out) -> {
                        for (ReportNode node : nodes) {
                            html.node(node.id(), out);
                        }
                    })))
                    .as("nodes of " + report.getKey())
                    .isEmpty();
        }
    }

    @Test
    void trendProgressComparisonAndLine() throws Exception {
        List<TrendPoint> points = List.of(
                new TrendPoint(
                        "#1",
                        "1/dbt-slim/",
                        RunStatus.SUCCESS,
                        SampleReports.shop().report().counts(),
                        12,
                        40),
                new TrendPoint("#2", "2/dbt-slim/", RunStatus.ERROR, null, 0, -1));
        RunComparison comparison =
                new RunComparison(List.of("model.a.<b>"), 30, List.of("model.a.c"), 1, List.of("model.a.d"), 1);
        RunProgress progress = new RunProgress(
                7,
                "build",
                null,
                5,
                2,
                1,
                1,
                Map.of("model.a.<b>", 1.0),
                List.of("model.a.c"),
                1,
                4,
                RunProgress.NONE.work(),
                false);
        ComparisonView view = new ComparisonView(comparison, "shop #11", "/job/shop/11/dbt-slim/");
        LiveView live = new LiveView(
                progress, 9, new ClusterWait(List.of(new Cluster("<c>", "failing", 1, 3, 2, -1, "no_replicas")), 90));
        String line = HtmlReport.line(
                RunStatus.FAILURE,
                SampleReports.shop().report().counts(),
                SampleReports.shop().report().saved());
        assertThat(check(within(new Trend(points).full("Trend", false)
                        + new Trend(points).small("Small")
                        + "<p>" + view.line() + live.line() + line + "</p>"
                        + live.section())))
                .isEmpty();
    }
}
