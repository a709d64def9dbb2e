package io.jenkins.plugins.dbtslim.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.dbt.result.DataDifference;
import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;
import io.jenkins.plugins.dbtslim.report.data.BuiltReport;
import io.jenkins.plugins.dbtslim.report.data.ChangeKind;
import io.jenkins.plugins.dbtslim.report.data.NodeRun;
import io.jenkins.plugins.dbtslim.report.data.ReportNode;
import io.jenkins.plugins.dbtslim.report.data.ReportReason;
import io.jenkins.plugins.dbtslim.report.data.ReportSource;
import io.jenkins.plugins.dbtslim.report.data.SlimReport;
import io.jenkins.plugins.dbtslim.report.export.MarkdownSummary;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The page's structure, its words, and that hostile projects stay text. */
class HtmlReportTest {
    private static final Set<String> TAGS = Set.of(
            "div span p a b i strong ul li h1 h2 h3 nav main section table thead tbody tr th td details summary dl dt dd code pre bdi del ins"
                    .split(" "));
    private static final Set<String> MORE_TAGS =
            Set.of("html head body meta title style script fieldset legend input label svg g path rect circle line text"
                    .split(" "));

    @Test
    void thePageIsWellFormedAndItsLinksLeadSomewhere() throws Exception {
        Document page = parse(page(SampleReports.shop(), HtmlOptions.standalone()));
        Set<String> ids = new HashSet<>();
        for (Element element : elements(page)) {
            if (element.hasAttribute("id")) {
                assertThat(ids.add(element.getAttribute("id")))
                        .as(element.getAttribute("id"))
                        .isTrue();
            }
        }
        for (Element element : elements(page)) {
            String href = element.getAttribute("href");
            if (href.startsWith("#")) {
                assertThat(ids).contains(href.substring(1));
            }
            for (String attribute : new String[] {"for", "aria-labelledby"}) {
                if (element.hasAttribute(attribute)) {
                    assertThat(ids).contains(element.getAttribute(attribute));
                }
            }
        }
    }

    @Test
    void thePageSaysWhatChangedWhyAndHowItWent() throws Exception {
        String text = text(page(SampleReports.shop(), HtmlOptions.standalone()));
        assertThat(text)
                .contains("Failed. 1 of 6 models failed, 1 was skipped; 1 of 2 tests failed.")
                .contains(
                        "3 modified",
                        "1 of them is no model, seed or snapshot",
                        "and 1 exposure, metric or the like",
                        "4 of 6 built",
                        "1 new",
                        "1 renamed",
                        "1 removed",
                        "6 min 53 s saved")
                .contains("breaks contract", "config: materialized", "macro: cents_to_euros", "formerly customer_ltv")
                .contains("14 s: starting dbt 2.1 s, reading the project 4.0 s, building 8.1 s")
                .contains("modified macro cents_to_euros → 1 node, 2 tests", "round({{ column }} / 100 .0, 2)")
                .contains("package dbt_utils with 2 changed macros → 1 node")
                .contains(
                        "modified var min_qty 5 → 8, used by 2 nodes, 1 test: no change to dbt, built with alsoChanged only")
                .contains("environment variable REGION has another value, may be used by 1 node")
                .contains("modified target production → ci → 3 nodes, 1 test, whose config() asks for it")
                .contains("2 warnings of dbt", "- Missing: 2 occurrences (2 times)")
                .contains("source · models/sources.yml", "1 unbuilt parent was read from production: stg_orders")
                .contains("own environment, where an earlier build left it: stg_customers", "--no-use-colors")
                .contains("14 tests were not run either", "unique_orders_order_id Got 3 results, configured to fail")
                .contains("changes columns: +ordered_at, ~amount", "1 of 2 downstream models reads what changed.")
                .contains("reached columns: total", "not reached")
                .contains(
                        "+6 −0 ~12 of 1,024",
                        "no difference in 99 rows",
                        "+ only here, − only in production, ~ changed",
                        "+2 −1 of 30",
                        "2 with other data")
                .contains(
                        "1,030 rows here, 1,024 in production. Found again by order_id: 6 added, 0 removed, 12 changed.")
                .contains("Columns only here: ordered_at", "doc: json has no values that compare", "19.90", "17")
                .contains("Without a primary key: 0 rows only here, 0 only in production")
                .contains("because it is + new")
                .contains(
                        "configured to fail if != 0 · because of orders",
                        "Of Time Failing rows Message",
                        "not_null_orders_order_id models/marts/schema.yml orders 0.2 s")
                .doesNotContain("orders because of orders", "0 not run", "Time Rows")
                .contains("because of order_funnel", "because of orders", "column \"ordered\" does not exist")
                .contains(
                        "Critical path (9.0 s): stg_payments (1.1 s) → orders (4.3 s) → unique_orders_order_id (0.3 s)")
                .contains("DROP MATERIALIZED VIEW \"prod\".\"public\".\"orders_legacy\";")
                .contains("Nora Finance", "These 3 objects were made anew")
                .contains("Production's manifest is of dbt 1.9.10, that of this run of dbt 1.10.2")
                .doesNotContain("with the adapter")
                .contains("2026-11-23 02:10 UTC (28 h 20 min before this run)")
                .doesNotContain("{0}");
    }

    @Test
    void aNewTestIsNotTakenForANewModel() throws Exception {
        NodeRun failed = new NodeRun("fail", 0.02, 0, "Thread-1", "Got 3 results", 3L, null);
        ReportNode test = ReportNode.of("test.shop.positive.0a1b2c3d4e", "positive", "test")
                .change(ChangeKind.NEW, List.of())
                .dependsOn(List.of("model.shop.orders"))
                .run(failed)
                .build();
        BuiltReport report =
                new BuiltReport(SampleReports.report(RunStatus.FAILURE, List.of(test)), Map.of(), List.of(), Map.of());
        assertThat(text(page(report, HtmlOptions.standalone())))
                .contains("orders because the test is + new 20 ms")
                .contains("positive Got 3 results · because the test is + new");
    }

    @Test
    void withoutPermissionNoCodeAndNoMessageOfTheDatabase() throws Exception {
        String text = text(page(SampleReports.shop(), HtmlOptions.standalone().withCode(false)));
        assertThat(text)
                .contains("order_funnel", "SQL and messages of the database need the permission")
                .contains("Rows that changed need the permission", "+6 −0 ~12 of 1,024")
                .doesNotContain("does not exist", "sum(p.amount)", "paid amounts only", "19.90");
    }

    /** What a database says of a comparison that failed may quote its rows. */
    @Test
    void withoutPermissionNoWordOfAComparisonThatFailed() throws Exception {
        DataDifference failed = new DataDifference(
                "model.shop.x",
                "Not compared: Conversion Error: Could not convert string 'Nora' to INT32",
                -1,
                -1,
                List.of(),
                -1,
                -1,
                -1,
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                0,
                List.of());
        List<ReportNode> nodes = List.of(
                SampleReports.model("x", ChangeKind.MODIFIED).data(failed).build());
        BuiltReport report =
                new BuiltReport(SampleReports.report(RunStatus.SUCCESS, nodes), Map.of(), List.of(), Map.of());
        assertThat(text(page(report, HtmlOptions.standalone()))).contains("Conversion Error", "Nora", "not compared");
        assertThat(text(page(report, HtmlOptions.standalone().withCode(false))))
                .contains("Data beside production", "Rows that changed need the permission")
                .doesNotContain("Conversion Error", "Nora");
        assertThat(new MarkdownSummary(report.report(), false).text())
                .contains("not compared")
                .doesNotContain("Nora");
    }

    /** Where nobody looked at the SQL that changed, by its own text or by a macro, the page says what it takes. */
    @Test
    void withoutSqlglotThePageSaysHowToGetIt() throws Exception {
        String note = "where dbt's Python environment has sqlglot (pip install sqlglot)";
        for (String aspect : List.of("body", "macros")) {
            List<ReportNode> nodes = List.of(SampleReports.model("x", ChangeKind.MODIFIED)
                    .change(ChangeKind.MODIFIED, List.of(new ReportReason(aspect, List.of("macro.shop.m"))))
                    .run(SampleReports.ran("success", 1, 1, 1, "OK"))
                    .build());
            BuiltReport report =
                    new BuiltReport(SampleReports.report(RunStatus.SUCCESS, nodes), Map.of(), List.of(), Map.of());
            assertThat(text(page(report, HtmlOptions.standalone()))).contains(note);
        }
        List<ReportNode> nodes = List.of(SampleReports.model("x", ChangeKind.MODIFIED)
                .change(ChangeKind.MODIFIED, List.of(new ReportReason("configs", List.of("tags"))))
                .run(SampleReports.ran("success", 1, 1, 1, "OK"))
                .build());
        BuiltReport report =
                new BuiltReport(SampleReports.report(RunStatus.SUCCESS, nodes), Map.of(), List.of(), Map.of());
        assertThat(text(page(report, HtmlOptions.standalone()))).doesNotContain(note);
    }

    /** "No difference" is said of what was compared, and a part says that it is one. */
    @Test
    void aPartThatWasComparedIsToldAsOne() throws Exception {
        List<ReportNode> nodes = List.of(
                SampleReports.model("a", ChangeKind.MODIFIED)
                        .data(compared("model.shop.a", 0, 0, "doc: json has no values that compare"))
                        .build(),
                SampleReports.model("b", ChangeKind.MODIFIED)
                        .data(compared("model.shop.b", 0, 10))
                        .build(),
                SampleReports.model("c", ChangeKind.MODIFIED)
                        .data(compared("model.shop.c", 3, 10))
                        .build());
        BuiltReport report =
                new BuiltReport(SampleReports.report(RunStatus.SUCCESS, nodes), Map.of(), List.of(), Map.of());
        assertThat(text(page(report, HtmlOptions.standalone())))
                .contains(
                        "no difference in 99 rows; not all compared",
                        "no difference in the first 10 rows",
                        "+0 −0 ~3 of the first 10",
                        "Of the rows with the first keys: 10 of production's.");
        assertThat(new MarkdownSummary(report.report(), false).text())
                .contains("no difference in 99 rows; not all compared", "+0 −0 ~3 of the first 10");
    }

    private static DataDifference compared(String id, long changed, long sampled, String... notCompared) {
        List<String> none = List.of();
        return new DataDifference(
                id,
                null,
                99,
                99,
                List.of("id"),
                0,
                0,
                changed,
                Map.of(),
                none,
                none,
                List.of(notCompared),
                sampled,
                List.of());
    }

    @Test
    void aFragmentHoldsNoScriptNoStyleAndLeavesDetailsToTheServer() throws IOException {
        StringBuilder out = new StringBuilder();
        new HtmlReport(SampleReports.shop(), HtmlOptions.served(true, PageQuery.of(null))).fragment(out);
        assertThat(out)
                .startsWith("<div class=\"dbt-slim\"")
                .contains("data-details=\"nodeFragment?id=model.shop.orders\"")
                .doesNotContain("<script", "<style", " style=", "sum(p.amount)");
        StringBuilder details = new StringBuilder();
        new HtmlReport(SampleReports.shop(), HtmlOptions.standalone()).details("model.shop.orders", details);
        assertThat(text(details.toString()))
                .contains("sum(p.amount) filter (where p.status = 'paid')", "integer", "numeric");
        StringBuilder none = new StringBuilder();
        new HtmlReport(SampleReports.shop(), HtmlOptions.standalone()).details("model.shop.<none>", none);
        assertThat(none).isEmpty();
    }

    @Test
    void theLineOfABuildNeedsOnlyCounts() {
        BuiltReport shop = SampleReports.shop();
        String line = HtmlReport.line(
                RunStatus.FAILURE, shop.report().counts(), shop.report().saved());
        assertThat(text(line))
                .contains(
                        "Failed. 3 modified 1 new 1 renamed 1 removed 1 of them is no model, seed or snapshot 1 of 2 downstream models reads what changed 1 exposure, metric or the like downstream 4 built");
    }

    @Test
    void theHeadlineOfAMessageIsTheLineThatTellsMost() {
        String where = "Runtime Error in model orders (models/marts/orders.sql)";
        assertThat(headline(where + "\n\n  Catalog Error: Table x does not exist\n  LINE 1: x"))
                .isEqualTo("Catalog Error: Table x does not exist");
        assertThat(headline(where)).isEqualTo(where);
        assertThat(headline("\nGot 3 results, configured to fail if != 0\n\ncompiled code at x"))
                .isEqualTo("Got 3 results, configured to fail if != 0");
        assertThat(headline(" \n")).isEmpty();
        assertThat(headline(null)).isNull();
    }

    private static String headline(String message) {
        return SampleReports.ran("error", 1, 1, 1, message).headline();
    }

    @Test
    void anEmptyReportHasAPageToo() throws Exception {
        SlimReport report = SampleReports.report(RunStatus.NOTHING_TO_DO, List.of());
        String page = page(new BuiltReport(report, Map.of(), List.of(), Map.of()), HtmlOptions.standalone());
        parse(page);
        assertThat(text(page)).contains("Nothing to do.", "No node differs from production.", "dbt ran no node.");
    }

    @Test
    void onlyOurTagsAndAttributesComeOutOfAHostileProject() throws Exception {
        String page = page(Hostile.report(), HtmlOptions.standalone());
        Document document = parse(page);
        for (Element element : elements(document)) {
            assertThat(TAGS.contains(element.getTagName()) || MORE_TAGS.contains(element.getTagName()))
                    .as(element.getTagName())
                    .isTrue();
            for (int i = 0; i < element.getAttributes().getLength(); i++) {
                String name = element.getAttributes().item(i).getNodeName();
                assertThat(name).doesNotStartWith("on").isNotIn("style", "src", "srcdoc", "formaction");
            }
            assertThat(element.getAttribute("href").toLowerCase(Locale.ROOT)).doesNotContain("script:", "data:");
        }
        assertThat(document.getElementsByTagName("script").getLength()).isEqualTo(1);
        assertThat(page).doesNotContain("\u202e", "\u0000").hasSizeLessThan(3_000_000);
        assertThat(text(page))
                .contains("U+202E")
                .doesNotContain("DROP TABLE \"a\"", "DROP VIEW \"a\"", "DROP MATERIALIZED VIEW \"a\"");
    }

    static String page(ReportSource source, HtmlOptions options) throws IOException {
        StringBuilder out = new StringBuilder();
        new HtmlReport(source, options).page(out);
        return out.toString();
    }

    /** Our HTML is XML as well, but for the doctype, style and script. */
    static Document parse(String page) throws Exception {
        String xml = page.replaceFirst("<!DOCTYPE html>", "")
                .replaceAll("(?s)<style>.*?</style>", "<style/>")
                .replaceAll("(?s)<script>.*?</script>", "<script/>");
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }

    static List<Element> elements(Document document) {
        NodeList all = document.getElementsByTagName("*");
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < all.getLength(); i++) {
            elements.add((Element) all.item(i));
        }
        return elements;
    }

    private static String text(String html) {
        return html.replaceAll("(?s)<(style|script)>.*?</\\1>", "")
                .replaceAll("<[^>]*>", " ")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&")
                .replaceAll("\\s+", " ")
                .replace("( ", "(")
                .replace(" :", ":");
    }
}
