package io.jenkins.plugins.dbtslim.report.page;

import io.jenkins.plugins.dbtslim.change.RunOrigin;
import io.jenkins.plugins.dbtslim.dbt.result.DataDifference;
import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;
import io.jenkins.plugins.dbtslim.dbt.result.SqlChange;
import io.jenkins.plugins.dbtslim.manifest.Metadata;
import io.jenkins.plugins.dbtslim.report.data.BuiltReport;
import io.jenkins.plugins.dbtslim.report.data.ChangeKind;
import io.jenkins.plugins.dbtslim.report.data.DeferredReads;
import io.jenkins.plugins.dbtslim.report.data.ExposureInfo;
import io.jenkins.plugins.dbtslim.report.data.FormerObject;
import io.jenkins.plugins.dbtslim.report.data.ManifestOrigin;
import io.jenkins.plugins.dbtslim.report.data.NodeRun;
import io.jenkins.plugins.dbtslim.report.data.NodeTexts;
import io.jenkins.plugins.dbtslim.report.data.ReportCause;
import io.jenkins.plugins.dbtslim.report.data.ReportNode;
import io.jenkins.plugins.dbtslim.report.data.ReportReason;
import io.jenkins.plugins.dbtslim.report.data.ReportText;
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

/** Reports made by hand for tests: a small shop with every kind of change, and bigger ones of any size. */
public final class SampleReports {
    static final String PRODUCTION_SQL = """
            select
                o.order_id,
                o.customer_id,
                sum(p.amount) as amount
            from {{ ref('stg_orders') }} o
            join {{ ref('stg_payments') }} p using (order_id)
            group by 1, 2
            """;
    static final String CHANGED_SQL = """
            select
                o.order_id,
                o.customer_id,
                o.ordered_at,
                sum(p.amount) filter (where p.status = 'paid') as amount
            from {{ ref('stg_orders') }} o
            join {{ ref('stg_payments') }} p using (order_id)
            group by 1, 2, 3
            """;
    private static final long START = 1_795_000_000_000L;

    private SampleReports() {}

    static ManifestOrigin origin(String dbtVersion, String generatedAt, String location) {
        return new ManifestOrigin(
                new Metadata(12, dbtVersion, "shop", "materialize", generatedAt, "5d4a1f2e"),
                location,
                "\"9b2cf535f27731c974343645a3985328\"",
                "3a7bd3e2360a3d29eea436fcfb7e44c735d117c42d1c1835420b6b9942dd4f1b",
                "8f3c2d1");
    }

    static RunInfo run(int exitCode, double seconds) {
        Map<String, Double> parts = new java.util.LinkedHashMap<>();
        parts.put("starting", 2.1);
        parts.put("parsing", 4.0);
        parts.put("building", 8.1);
        return new RunInfo(
                List.of("state:modified+"),
                List.of(),
                "ci",
                true,
                exitCode,
                seconds,
                List.of(),
                List.of(
                        new RunWarning("UnusedTables", "An entry for a table matches nothing", 1),
                        new RunWarning("DeprecationsSummary", "Summary of deprecations:\n- Missing: 2 occurrences", 2)),
                List.of("--no-use-colors"),
                parts,
                new DeferredReads(List.of("model.shop.stg_orders"), List.of("model.shop.stg_customers")),
                RunOrigin.NONE,
                List.of());
    }

    public static SlimReport report(RunStatus outcome, List<ReportNode> nodes, String... advice) {
        return new SlimReport(
                null,
                null,
                "shop",
                outcome,
                origin("1.9.10", "2026-11-23T02:10:00Z", "s3://dbt-artifacts/prod/manifest.json"),
                origin("1.10.2", "2026-11-24T06:30:00Z", "target/manifest.json"),
                run(outcome == RunStatus.FAILURE ? 1 : 0, 14.2),
                new SavedTime(36, 14, 412.5, 40),
                List.of(advice),
                nodes.isEmpty()
                        ? List.of()
                        : List.of(
                                ReportCause.ofMacro(
                                        "macro.shop.cents_to_euros", "macros/cents.sql", ChangeKind.MODIFIED, 1, 2),
                                ReportCause.ofPackage(
                                        "dbt_utils", 1, 0, List.of("macro.dbt_utils.star", "macro.dbt_utils.pivot")),
                                ReportCause.ofInput("var min_qty", 2, 1, new ReportCause.Input("5 → 8", true, false)),
                                ReportCause.ofInput("env REGION", 1, 0, new ReportCause.Input(null, false, true)),
                                ReportCause.ofTarget("production → ci", 3, 1)),
                GraphFacts.into(nodes, nodes.stream().map(ReportNode::id).collect(Collectors.toSet())));
    }

    public static ReportNode.Builder model(String name, ChangeKind kind, String... parents) {
        return ReportNode.of("model.shop." + name, name, "model")
                .packageName("shop")
                .path("models/" + (name.startsWith("stg_") ? "staging/" : "marts/") + name + ".sql")
                .materialized(name.startsWith("stg_") ? "view" : "materialized_view")
                .relationName("\"prod\".\"public\".\"" + name + "\"")
                .selected(kind != ChangeKind.REMOVED && kind != ChangeKind.UNCHANGED)
                .change(kind, List.of())
                .dependsOn(List.of(parents));
    }

    static DataDifference data(String id, long rows, List<String> key, long added, long removed, long changed) {
        return new DataDifference(
                id,
                null,
                rows + added - removed,
                rows,
                key,
                added,
                removed,
                changed,
                changed > 0 ? Map.of("amount", changed) : Map.of(),
                changed > 0 ? List.of("ordered_at") : List.of(),
                List.of(),
                changed > 0 ? List.of("doc: json has no values that compare") : List.of(),
                0,
                changed > 0
                        ? List.of(new DataDifference.Sample(
                                List.of("17"),
                                List.of(
                                        new DataDifference.Value("amount", "19.90", "20.00"),
                                        new DataDifference.Value("note", null, "paid"))))
                        : List.of());
    }

    static NodeRun ran(String status, double seconds, double start, int thread, String message) {
        long started = status.equals("skipped") ? 0 : START + Math.round(start * 1000);
        Long failures = status.equals("fail") || status.equals("warn") ? (Long) 3L : null;
        return new NodeRun(status, seconds, started, "Thread-" + thread + " (worker)", message, failures, null);
    }

    static ReportNode test(String name, String model, NodeRun run) {
        return ReportNode.of("test.shop." + name + ".0a1b2c3d4e", name, "test")
                .packageName("shop")
                .path("models/marts/schema.yml")
                .change(ChangeKind.DOWNSTREAM, List.of())
                .selected(true)
                .dependsOn(List.of(model))
                .cause(List.of(model, "test.shop." + name + ".0a1b2c3d4e"))
                .run(run)
                .build();
    }

    static SqlChange reads(String id, String what, String... columns) {
        List<String> none = List.of();
        return new SqlChange(id, null, none, none, none, none, null, what, List.of(columns), null);
    }

    /** Nine nodes, every kind of change, a failed model and a failed test. */
    public static BuiltReport shop() {
        List<ReportNode> nodes = new ArrayList<>();
        nodes.add(model("orders", ChangeKind.MODIFIED, "model.shop.stg_payments")
                .change(
                        ChangeKind.MODIFIED,
                        List.of(
                                new ReportReason("body", List.of()),
                                new ReportReason("configs", List.of("materialized")),
                                new ReportReason("contract", List.of("amount"))))
                .breaking(true)
                .sql(new SqlChange(
                        "model.shop.orders",
                        "columns",
                        List.of("ordered_at"),
                        List.of(),
                        List.of("amount"),
                        List.of(),
                        null,
                        "columns",
                        List.of("amount", "ordered_at"),
                        null))
                .data(data("model.shop.orders", 1024, List.of("order_id"), 6, 0, 12))
                .run(ran("success", 4.31, 2.2, 1, "CREATE MATERIALIZED VIEW"))
                .linesAdded(3)
                .linesRemoved(2)
                .build());
        nodes.add(model("stg_payments", ChangeKind.MODIFIED)
                .change(ChangeKind.MODIFIED, List.of(new ReportReason("macros", List.of("macro.shop.cents_to_euros"))))
                .data(data("model.shop.stg_payments", 99, List.of(), 0, 0, -1))
                .run(ran("success", 1.05, 0.4, 2, "CREATE VIEW"))
                .linesAdded(0)
                .linesRemoved(0)
                .build());
        nodes.add(model("order_funnel", ChangeKind.NEW, "model.shop.orders")
                .run(ran("error", 0.42, 6.6, 1, "Database Error: column \"ordered\" does not exist"))
                .linesAdded(24)
                .linesRemoved(0)
                .build());
        nodes.add(model("customer_value", ChangeKind.RENAMED, "model.shop.orders")
                .formerId("model.shop.customer_ltv")
                .run(ran("success", 2.8, 6.7, 2, "CREATE MATERIALIZED VIEW"))
                .linesAdded(0)
                .linesRemoved(0)
                .build());
        nodes.add(model("orders_legacy", ChangeKind.REMOVED)
                .leftBehind(new FormerObject("\"prod\".\"public\".\"orders_legacy\"", "materialized_view"))
                .build());
        nodes.add(model("revenue_daily", ChangeKind.DOWNSTREAM, "model.shop.orders")
                .cause(List.of("model.shop.orders", "model.shop.revenue_daily"))
                .data(data("model.shop.revenue_daily", 30, List.of(), 2, 1, -1))
                .sql(reads("model.shop.revenue_daily", "columns", "total"))
                .run(ran("success", 3.3, 6.9, 3, "CREATE MATERIALIZED VIEW"))
                .build());
        nodes.add(model("funnel_weekly", ChangeKind.DOWNSTREAM, "model.shop.order_funnel")
                .cause(List.of("model.shop.order_funnel", "model.shop.funnel_weekly"))
                .sql(reads("model.shop.funnel_weekly", "none"))
                .run(ran("skipped", 0, 0, 1, null))
                .build());
        nodes.add(ReportNode.of("exposure.shop.finance_board", "finance_board", "exposure")
                .packageName("shop")
                .path("models/exposures.yml")
                .change(ChangeKind.DOWNSTREAM, List.of())
                .selected(true)
                .dependsOn(List.of("model.shop.revenue_daily", "model.shop.customer_value"))
                .cause(List.of("model.shop.orders", "model.shop.revenue_daily", "exposure.shop.finance_board"))
                .sql(reads("exposure.shop.finance_board", "columns", "total"))
                .exposure(new ExposureInfo(
                        "dashboard", "Nora Finance <nora@example.com>", "https://bi.example.com/board/7", "high"))
                .build());
        nodes.add(ReportNode.of("source.shop.crm.customers", "crm.customers", "source")
                .packageName("shop")
                .path("models/sources.yml")
                .change(ChangeKind.MODIFIED, List.of(new ReportReason("relation", List.of("schema: crm → crm_v2"))))
                .build());
        nodes.add(test(
                "unique_orders_order_id",
                "model.shop.orders",
                ran("fail", 0.31, 6.5, 3, "Got 3 results, configured to fail if != 0")));
        nodes.add(test("not_null_orders_order_id", "model.shop.orders", ran("pass", 0.2, 6.5, 4, null)));
        Map<String, NodeTexts> texts = new HashMap<>();
        put(
                texts,
                new NodeTexts(
                        "model.shop.orders",
                        ReportText.of(PRODUCTION_SQL),
                        ReportText.of(CHANGED_SQL),
                        null,
                        ReportText.of("One row an order."),
                        ReportText.of("One row an order, paid amounts only."),
                        List.of(new NodeTexts.ConfigChange("materialized", "view", "materialized_view")),
                        List.of(
                                new NodeTexts.ColumnChange("ordered_at", null, "timestamp", false),
                                new NodeTexts.ColumnChange("amount", "integer", "numeric", true)),
                        data("model.shop.orders", 1024, List.of("order_id"), 6, 0, 12)
                                .samples()));
        put(texts, NodeTexts.ofCode("model.shop.order_funnel", null, "select ordered from {{ ref('orders') }}\n"));
        put(
                texts,
                NodeTexts.ofCode(
                        "macro.shop.cents_to_euros",
                        "{% macro cents_to_euros(column) %}{{ column }} / 100{% endmacro %}\n",
                        "{% macro cents_to_euros(column) %}round({{ column }} / 100.0, 2){% endmacro %}\n"));
        put(texts, NodeTexts.ofCode("model.shop.orders_legacy", "select * from old_orders\n", null));
        SlimReport report =
                report(RunStatus.FAILURE, nodes, "5 of 8 models are modified; dbt changed from 1.9.10 to 1.10.2");
        return new BuiltReport(
                report,
                texts,
                List.of("model.shop.stg_customers", "model.shop.stg_orders"),
                Map.of("model.shop.orders", 4.3));
    }

    private static void put(Map<String, NodeTexts> texts, NodeTexts one) {
        texts.put(one.id(), one);
    }
}
