package io.jenkins.plugins.dbtslim.jenkins.step.slimbuild;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;
import io.jenkins.plugins.dbtslim.jenkins.engine.ChangeLists;
import io.jenkins.plugins.dbtslim.jenkins.engine.FinishedRun;
import io.jenkins.plugins.dbtslim.jenkins.page.ActionCounts;
import io.jenkins.plugins.dbtslim.jenkins.page.ActionReport;
import io.jenkins.plugins.dbtslim.report.data.BuiltReport;
import io.jenkins.plugins.dbtslim.report.data.ChangeKind;
import io.jenkins.plugins.dbtslim.report.data.ReportNode;
import io.jenkins.plugins.dbtslim.report.file.SlimReportFile;
import io.jenkins.plugins.dbtslim.report.page.SampleReports;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the log and scripts are told of a run. */
class SlimBuildResultTest {
    @TempDir
    Path folder;

    @Test
    void renamedNodesAreCountedWhereTheyAreNamed() throws Exception {
        List<ReportNode> nodes = new ArrayList<>();
        IntStream.range(0, 10).forEach(i -> nodes.add(node("renamed_" + i, ChangeKind.RENAMED)));
        IntStream.range(0, 3).forEach(i -> nodes.add(node("modified_" + i, ChangeKind.MODIFIED)));
        List<String> reasons = nodes.stream().limit(10).map(ReportNode::id).toList();
        SlimBuildResult result = result(
                nodes, new ChangeLists(List.of(), List.of(), List.of("model.shop.renamed_0"), List.of(), reasons));

        assertThat(log(result))
                .contains("0 new, 3 modified, 10 renamed, 0 removed;")
                .contains("  model.shop.renamed_9\n  and 3 more\n");
    }

    private static ReportNode node(String name, ChangeKind kind) {
        return ReportNode.of("model.shop." + name, name, "model")
                .change(kind, List.of())
                .build();
    }

    private SlimBuildResult result(List<ReportNode> nodes, ChangeLists changes) throws IOException {
        Path file = folder.resolve("report.zip");
        SlimReportFile.write(
                file, new BuiltReport(SampleReports.report(RunStatus.SUCCESS, nodes), Map.of(), List.of(), Map.of()));
        try (SlimReportFile read = SlimReportFile.open(file)) {
            return new SlimBuildResult(
                    new SlimBuildStep(),
                    new FinishedRun(
                            RunStatus.SUCCESS,
                            null,
                            RunPartsTest.collected(changes),
                            new ActionReport(new ActionCounts(read.head()), true, List.of(), null),
                            null,
                            "url"));
        }
    }

    private static String log(SlimBuildResult result) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        result.tell(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8).replace("\r", "");
    }
}
