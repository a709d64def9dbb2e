package io.jenkins.plugins.dbtslim.report.page;

import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;
import io.jenkins.plugins.dbtslim.report.data.BuiltReport;
import io.jenkins.plugins.dbtslim.report.data.ChangeKind;
import io.jenkins.plugins.dbtslim.report.data.ExposureInfo;
import io.jenkins.plugins.dbtslim.report.data.NodeRun;
import io.jenkins.plugins.dbtslim.report.data.NodeTexts;
import io.jenkins.plugins.dbtslim.report.data.ReportNode;
import io.jenkins.plugins.dbtslim.report.data.ReportReason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Reports of any size for pictures and measurements: layers as a real project has them, the same for the same numbers.
 */
public final class BigReports {
    private static final String[] AREAS = {"finance", "marketing", "product", "ops", "growth", "risk", "people", "core"
    };

    private BigReports() {}

    /**
     * A report of {@code changed} changed models and about as many as that again which they set off, with tests and
     * SQL.
     */
    public static BuiltReport of(int changed, int downstream, int testsEach) {
        Random random = new Random(changed * 31L + downstream);
        List<ReportNode> nodes = new ArrayList<>();
        Map<String, NodeTexts> texts = new HashMap<>();
        List<List<String>> layers = new ArrayList<>();
        int all = changed + downstream;
        for (int layer = 0; layer < 9; layer++) {
            layers.add(new ArrayList<>());
        }
        double clock = 0;
        for (int i = 0; i < all; i++) {
            int layer = (int) Math.min(8, (long) Math.min(9, all) * i / all);
            String area = AREAS[random.nextInt(AREAS.length)];
            String prefix = layer < 2 ? "stg" : layer < 5 ? "int" : "fct";
            String name = prefix + "_" + area + "_" + WORDS[random.nextInt(WORDS.length)] + "_" + i;
            String id = "model.warehouse." + name;
            List<String> parents = new ArrayList<>();
            for (int p = 0; layer > 0 && p < 1 + random.nextInt(3); p++) {
                List<String> from = layers.get(random.nextInt(4) == 0 ? random.nextInt(layer) : layer - 1);
                String parent = from.get(random.nextInt(from.size()));
                if (!parents.contains(parent) && (p == 0 || parent.contains(area))) {
                    parents.add(parent);
                }
            }
            boolean isChange = random.nextInt(all) < changed;
            ChangeKind kind =
                    !isChange ? ChangeKind.DOWNSTREAM : random.nextInt(8) == 0 ? ChangeKind.NEW : ChangeKind.MODIFIED;
            boolean fails = random.nextInt(97) == 0;
            double seconds = 0.2 + random.nextDouble() * random.nextDouble() * 9;
            NodeRun run = SampleReports.ran(
                    fails ? "error" : "success",
                    seconds,
                    clock,
                    1 + i % 8,
                    fails ? "Database Error in model " + name : "SELECT 1");
            clock += seconds / 8;
            nodes.add(ReportNode.of(id, name, "model")
                    .sql(SampleReports.reads(id, i % 3 == 0 ? "none" : "columns", "amount", "changed_id"))
                    .packageName("warehouse")
                    .path("models/" + (layer < 2 ? "staging/" : layer < 5 ? "intermediate/" : "marts/") + area + "/"
                            + name + ".sql")
                    .materialized(layer < 2 ? "view" : "table")
                    .relationName("\"dw\".\"public\".\"" + name + "\"")
                    .selected(true)
                    .change(kind, isChange ? List.of(new ReportReason("body", List.of())) : List.of())
                    .dependsOn(parents)
                    .run(run)
                    .linesAdded(isChange ? 2 : -1)
                    .linesRemoved(isChange ? 1 : -1)
                    .build());
            layers.get(layer).add(id);
            for (int t = 0; t < testsEach; t++) {
                nodes.add(ReportNode.of(
                                "test.warehouse.not_null_" + name + "_c" + t + ".1234567890",
                                "not_null_" + name + "_c" + t,
                                "test")
                        .path("models/schema.yml")
                        .change(ChangeKind.DOWNSTREAM, List.of())
                        .sql(SampleReports.reads(id, t % 2 == 0 ? "none" : "all"))
                        .selected(true)
                        .dependsOn(List.of(id))
                        .run(SampleReports.ran(random.nextInt(200) == 0 ? "fail" : "pass", 0.1, clock, 1 + t, null))
                        .build());
            }
            if (isChange) {
                String before = sql(name, random);
                String after = before.replaceFirst("\\w+_id", "changed_id").replace("limit 10", "limit 20");
                texts.put(id, NodeTexts.ofCode(id, kind == ChangeKind.NEW ? null : before, after));
            }
        }
        for (int e = 0; e < Math.min(12, 1 + all / 10); e++) {
            List<String> last = layers.get(Math.min(9, all) - 1);
            nodes.add(ReportNode.of("exposure.warehouse.board_" + e, "board_" + e, "exposure")
                    .path("models/exposures.yml")
                    .change(ChangeKind.DOWNSTREAM, List.of())
                    .selected(true)
                    .dependsOn(List.of(last.get(random.nextInt(last.size()))))
                    .exposure(new ExposureInfo("dashboard", "Team " + AREAS[e % AREAS.length], null, null))
                    .build());
        }
        return new BuiltReport(SampleReports.report(RunStatus.FAILURE, nodes), texts, List.of(), Map.of());
    }

    private static final String[] WORDS = {
        "orders",
        "payments",
        "sessions",
        "invoices",
        "subscriptions",
        "refunds",
        "events",
        "users",
        "accounts",
        "tickets"
    };

    private static String sql(String name, Random random) {
        StringBuilder sql =
                new StringBuilder("with source as (\n    select * from {{ ref('raw_" + name + "') }}\n)\nselect\n");
        for (int column = 0; column < 25; column++) {
            sql.append("    source.")
                    .append(WORDS[random.nextInt(WORDS.length)])
                    .append('_')
                    .append(random.nextInt(1000))
                    .append("_id,\n");
        }
        return sql.append("    1 as one\nfrom source\nwhere ")
                .append(name)
                .append(" is not null\nlimit 10\n")
                .toString();
    }
}
