package io.jenkins.plugins.dbtslim.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.dbt.result.DeploymentState;
import io.jenkins.plugins.dbtslim.dbt.result.DeploymentState.Cluster;
import io.jenkins.plugins.dbtslim.dbt.result.InPlace;
import io.jenkins.plugins.dbtslim.report.data.BuiltReport;
import io.jenkins.plugins.dbtslim.report.data.ReportHead;
import io.jenkins.plugins.dbtslim.report.data.SlimReport;
import io.jenkins.plugins.dbtslim.report.export.JsonReport;
import io.jenkins.plugins.dbtslim.report.export.MarkdownSummary;
import io.jenkins.plugins.dbtslim.report.file.SlimReportFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The parts of a report that tell of a blue/green deployment, and of what was replaced in place. */
class DeploymentSectionTest {
    @TempDir
    Path folder;

    private static DeploymentState state(String result, String stage, String token) {
        return new DeploymentState(
                "prepare",
                result,
                stage,
                "0123456789ab",
                "production",
                List.of(
                        new Cluster("serving_dbt_deploy", "ready", 12, 12, 0, 95.5, null),
                        new Cluster("<b>&", "failing", 1, 3, 7, -1, "no_replicas")),
                List.of("staged 1 of 2 schemas", "schema marts: model.shop.a differs"),
                List.of("ALTER SCHEMA \"marts\" SWAP WITH \"marts_dbt_deploy\""),
                List.of("marts.<i>old</i> (view)"),
                List.of("adhoc.board"),
                List.of("marts_dbt_deploy"),
                0,
                token,
                -1,
                0,
                null);
    }

    private static BuiltReport report(DeploymentState state) {
        return report(state, null);
    }

    private static BuiltReport report(DeploymentState state, InPlace inPlace) {
        SlimReport shop = SampleReports.shop().report();
        ReportHead head = shop.head();
        ReportHead with = new ReportHead(
                head.project(),
                head.outcome(),
                head.state(),
                head.current(),
                head.run(),
                head.saved(),
                head.advice(),
                head.counts(),
                head.causes(),
                state,
                inPlace);
        return new BuiltReport(new SlimReport(with, shop.nodes()), Map.of(), List.of(), Map.of());
    }

    @Test
    void tellsOfClustersTheSwapAndWhatIsLost() throws Exception {
        String page = HtmlReportTest.page(report(state("PREPARED", "prepared", null)), HtmlOptions.standalone());
        HtmlReportTest.parse(page);
        assertThat(page)
                .contains("id=\"dbt-slim-deploy\"", "href=\"#dbt-slim-deploy\"", "is prepared: its clusters are ready")
                .contains("serving_dbt_deploy", "12 of 12", "1 min 36 s", "&lt;b&gt;&amp;", "failing (no_replicas)")
                .contains("staged 1 of 2 schemas", "schema marts: model.shop.a differs")
                .contains("ALTER SCHEMA", "SWAP WITH", "marts.&lt;i&gt;old&lt;/i&gt; (view)", "adhoc.board")
                .doesNotContain("<i>old");
    }

    @Test
    void tellsWhereItStopped() throws Exception {
        String page = HtmlReportTest.page(report(state("NOT_READY", "await", null)), HtmlOptions.standalone());
        assertThat(page).contains("it stopped at “await”", "failing (no_replicas)");
        assertThat(HtmlReportTest.page(SampleReports.shop(), HtmlOptions.standalone()))
                .doesNotContain("dbt-slim-deploy\"");
    }

    @Test
    void tellsWhatWasReplacedInPlace() throws Exception {
        InPlace inPlace = new InPlace(
                List.of("model.shop.a"),
                List.of("model.shop.d"),
                Map.of("model.shop.b", "extra column \"<b>\" at position 2"),
                Map.of("model.shop.c", 4.0, "test.shop.t", -1.0));
        BuiltReport report = report(null, inPlace);
        String page = HtmlReportTest.page(report, HtmlOptions.standalone());
        HtmlReportTest.parse(page);
        assertThat(page)
                .contains("href=\"#dbt-slim-inplace\"", "1 materialized view was replaced in place")
                .contains("1 replacement was made and not put in place, so this one is as before:")
                .contains("Not set off thereby: 1 node, 1 test (4.0 s when they ran last)", "4.0 s</td>")
                .contains("1 node was built as usual, with what depends on it", "extra column &quot;&lt;b&gt;&quot;");
        assertThat(new MarkdownSummary(report.report(), true).text())
                .contains(
                        "#### In place\n\n- 1 materialized view was replaced in place, and what reads from it stayed: `a`\n",
                        "- `b` extra column \"&lt;b\\>\" at position 2");
        Path file = folder.resolve("report.zip");
        SlimReportFile.write(file, report);
        try (SlimReportFile read = SlimReportFile.open(file)) {
            assertThat(read.head().inPlace()).isEqualTo(inPlace);
        }
    }

    @Test
    void aCommentTellsWhatIsStaged() {
        assertThat(new MarkdownSummary(
                                report(state("PREPARED", "prepared", null)).report(), true)
                        .text())
                .contains("#### Deploy\n\nstaged 1 of 2 schemas\n\n- schema marts: model.shop.a differs\n");
    }

    @Test
    void isKeptInTheFileWithoutItsToken() throws IOException {
        Path file = folder.resolve("report.zip");
        SlimReportFile.write(file, report(state("PREPARED", "prepared", "secretive")));
        try (SlimReportFile read = SlimReportFile.open(file)) {
            assertThat(read.head().deployment()).isEqualTo(state("PREPARED", "prepared", null));
        }
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        JsonReport.write(json, report(state("PREPARED", "prepared", "secretive")));
        assertThat(json.toString(StandardCharsets.UTF_8))
                .contains("\"deployment\" : {")
                .doesNotContain("secretive");
        Path document = Files.write(folder.resolve("report.json"), json.toByteArray());
        assertThat(JsonReport.read(document).head().deployment().clusters()).hasSize(2);
    }
}
