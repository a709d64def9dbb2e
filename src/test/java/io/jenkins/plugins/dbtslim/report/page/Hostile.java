package io.jenkins.plugins.dbtslim.report.page;

import io.jenkins.plugins.dbtslim.change.RunOrigin;
import io.jenkins.plugins.dbtslim.dbt.result.DataDifference;
import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;
import io.jenkins.plugins.dbtslim.dbt.result.SqlChange;
import io.jenkins.plugins.dbtslim.report.data.BuiltReport;
import io.jenkins.plugins.dbtslim.report.data.ChangeKind;
import io.jenkins.plugins.dbtslim.report.data.DeferredReads;
import io.jenkins.plugins.dbtslim.report.data.ExposureInfo;
import io.jenkins.plugins.dbtslim.report.data.FormerObject;
import io.jenkins.plugins.dbtslim.report.data.ManifestOrigin;
import io.jenkins.plugins.dbtslim.report.data.NodeTexts;
import io.jenkins.plugins.dbtslim.report.data.ReportCause;
import io.jenkins.plugins.dbtslim.report.data.ReportNode;
import io.jenkins.plugins.dbtslim.report.data.ReportReason;
import io.jenkins.plugins.dbtslim.report.data.ReportText;
import io.jenkins.plugins.dbtslim.report.data.RunCommand;
import io.jenkins.plugins.dbtslim.report.data.RunInfo;
import io.jenkins.plugins.dbtslim.report.data.RunWarning;
import io.jenkins.plugins.dbtslim.report.data.SavedTime;
import io.jenkins.plugins.dbtslim.report.data.SlimReport;
import io.jenkins.plugins.dbtslim.report.make.GraphFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A report from a pull request that wants to run something: every text of every field is an attack. */
final class Hostile {
    static final List<String> TEXTS = List.of(
            "<script>window.hacked=1</script>",
            "\"><img src=x onerror=window.hacked=1>",
            "'><svg onload=window.hacked=1>",
            "</title></style></script><script>window.hacked=1</script>",
            "javascript:window.hacked=1",
            "]]><script>window.hacked=1</script>",
            "{{constructor.constructor('window.hacked=1')()}} ${window.hacked=1} <%= 1 %>",
            "x\" style=\"position:fixed;inset:0\" onmouseover=\"window.hacked=1",
            "safe\u202etxt.exe\u2066\u0000\u0007\ud800",
            "n".repeat(1_000_000),
            "<!-- <script> --><plaintext>",
            "&lt;script&gt;");

    private static final List<ChangeKind> KINDS = List.of(ChangeKind.values());

    private Hostile() {}

    static BuiltReport report() {
        List<ReportNode> nodes = new ArrayList<>();
        Map<String, NodeTexts> texts = new HashMap<>();
        for (int i = 0; i < TEXTS.size(); i++) {
            String text = TEXTS.get(i);
            String id = "model." + text + "." + i;
            ChangeKind kind = KINDS.get(i % KINDS.size());
            nodes.add(ReportNode.of(id, text, "model")
                    .packageName(text)
                    .path(text)
                    .materialized(text)
                    .group(text)
                    .access(text)
                    .change(
                            kind,
                            List.of(
                                    new ReportReason(text, List.of(text, text)),
                                    new ReportReason("macros", List.of(text))))
                    .formerId(text)
                    .selected(true)
                    .breaking(true)
                    .dependsOn(i == 0 ? List.of() : List.of(nodes.get(i - 1).id()))
                    .cause(List.of(text, id))
                    .relationName(text)
                    .leftBehind(new FormerObject(i % 2 == 0 ? text : "\"a\"; DROP TABLE users; --", "table"))
                    .data(data(id, text))
                    .sql(new SqlChange(
                            id,
                            text,
                            List.of(text),
                            List.of(text),
                            List.of(text),
                            List.of(text),
                            text,
                            "columns",
                            List.of(text),
                            text))
                    .run(SampleReports.ran(i % 3 == 0 ? text : "error", 1, i, i, text + "\n" + text))
                    .build());
            texts.put(
                    id,
                    new NodeTexts(
                            id,
                            ReportText.of(text + "\nselect 1"),
                            ReportText.of("select 2\n" + text),
                            ReportText.of(text),
                            ReportText.of(text),
                            ReportText.of("x" + text),
                            List.of(new NodeTexts.ConfigChange(text, text, text)),
                            List.of(new NodeTexts.ColumnChange(text, text, text, true)),
                            data(id, text).samples()));
            nodes.add(ReportNode.of("exposure." + text + i, text, "exposure")
                    .change(ChangeKind.DOWNSTREAM, List.of())
                    .dependsOn(List.of(id))
                    .exposure(new ExposureInfo(text, text, i == 4 ? text : "https://example.com/" + text, text))
                    .build());
        }
        String all = String.join(" ", TEXTS.subList(0, 9));
        ManifestOrigin origin = new ManifestOrigin(
                new io.jenkins.plugins.dbtslim.manifest.Metadata(12, all, all, "materialize", all, all),
                all,
                all,
                all,
                all);
        TEXTS.forEach(text -> texts.put("macro." + text, NodeTexts.ofCode("macro." + text, text, text + "\n")));
        SlimReport report = new SlimReport(
                null,
                null,
                all,
                RunStatus.FAILURE,
                origin,
                origin,
                new RunInfo(
                        List.of(all),
                        List.of(all),
                        all,
                        true,
                        1,
                        1,
                        List.of(all),
                        TEXTS.stream()
                                .map(text -> new RunWarning(text, text, 2))
                                .toList(),
                        TEXTS.subList(0, 9),
                        Map.of(all, 2.0, "starting", 1.0),
                        new DeferredReads(TEXTS, TEXTS),
                        new RunOrigin(
                                "abcdef0",
                                "https://x/\"><script>",
                                all,
                                "42",
                                "https://x/](javascript:1)",
                                all,
                                "https://x/'onclick="),
                        List.of(new RunCommand(all, all, 1))),
                new SavedTime(TEXTS.size(), 1, -1, 0),
                List.of(all),
                TEXTS.stream()
                        .flatMap(text -> Stream.of(
                                ReportCause.ofMacro("macro." + text, text, ChangeKind.MODIFIED, 1, 1),
                                ReportCause.ofPackage(text, 1, 1, List.of(text, text)),
                                ReportCause.ofTarget(text, 1, 1),
                                ReportCause.ofInput("var " + text, 1, 1, new ReportCause.Input(text, true, true))))
                        .toList(),
                GraphFacts.into(nodes, nodes.stream().map(ReportNode::id).collect(Collectors.toSet())));
        return new BuiltReport(report, texts, TEXTS, Map.of());
    }

    private static DataDifference data(String id, String text) {
        return new DataDifference(
                id,
                text,
                1,
                1,
                List.of(text),
                1,
                1,
                1,
                Map.of(text, 1L),
                List.of(text),
                List.of(text),
                List.of(text),
                1,
                List.of(new DataDifference.Sample(List.of(text), List.of(new DataDifference.Value(text, text, text)))));
    }
}
