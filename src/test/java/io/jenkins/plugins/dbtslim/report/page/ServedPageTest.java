package io.jenkins.plugins.dbtslim.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;
import io.jenkins.plugins.dbtslim.report.data.BuiltReport;
import io.jenkins.plugins.dbtslim.report.data.ReportNode;
import io.jenkins.plugins.dbtslim.report.data.SlimReport;
import io.jenkins.plugins.dbtslim.report.file.SlimReportFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A page that a server makes: its tables have pages, orders and a search that need no script. */
class ServedPageTest {
    private static final int ROWS = HtmlOptions.SERVED_ROWS;

    @TempDir
    static Path folder;

    private static Path file;
    private static SlimReport report;

    @BeforeAll
    static void write() throws IOException {
        BuiltReport big = BigReports.of(240, 140, 1);
        file = folder.resolve("report.zip");
        SlimReportFile.write(file, big);
        report = big.report();
    }

    private static String page(String query) throws IOException {
        return page(file, query);
    }

    private static String page(Path file, String query) throws IOException {
        StringBuilder html = new StringBuilder();
        try (SlimReportFile source = SlimReportFile.open(file)) {
            new HtmlReport(source, HtmlOptions.served(true, PageQuery.of(query))).fragment(html);
        }
        return html.toString();
    }

    private static String table(String page, String name) {
        int from = page.indexOf("id=\"dbt-slim-table-" + name + "\"");
        assertThat(from).as(name).isPositive();
        int pages = page.indexOf("</nav>", from);
        return page.substring(from, pages < 0 ? page.indexOf("</table>", from) : pages);
    }

    private static List<String> names(String table) {
        List<String> names = new ArrayList<>();
        Matcher name = Pattern.compile("dbt-slim-node-name\">([^<]*)<").matcher(table);
        while (name.find()) {
            names.add(name.group(1));
        }
        return names;
    }

    @Test
    void pagesTogetherShowEveryChangeOnce() throws IOException {
        List<String> names = new ArrayList<>();
        int changes = report.counts().changed();
        int pages = (changes + ROWS - 1) / ROWS;
        for (int number = 1; number <= pages; number++) {
            names.addAll(names(table(page("changes=" + number), "changes")));
        }
        assertThat(names).hasSize(changes).doesNotHaveDuplicates();
        assertThat(table(page("changes=2"), "changes"))
                .contains(
                        "href=\"?#dbt-slim-table-changes\"",
                        (ROWS + 1) + " to " + 2 * ROWS + " of " + changes,
                        "href=\"?changes=3#");
    }

    @Test
    void aPageBeyondTheLastIsTheLast() throws IOException {
        assertThat(names(table(page("changes=99999"), "changes")))
                .isEqualTo(names(table(page("changes=" + (report.counts().changed() + ROWS - 1) / ROWS), "changes")));
    }

    @ParameterizedTest
    @CsvSource({"node, true", "-node, false"})
    void columnsSortWholeTables(String order, boolean up) throws IOException {
        String page = page("run-sort=" + order + "&run=2");
        List<String> sorted = report.nodes().stream()
                .filter(node -> node.run() != null && !node.isTest())
                .map(ReportNode::name)
                .sorted(up ? java.util.Comparator.naturalOrder() : java.util.Comparator.reverseOrder())
                .toList();
        assertThat(names(table(page, "run"))).isEqualTo(sorted.subList(ROWS, 2 * ROWS));
        assertThat(page)
                .contains(
                        up
                                ? "aria-sort=\"ascending\"><a class=\"dbt-slim-sort\" href=\"?run-sort=-node#"
                                : "aria-sort=\"descending\"><a class=\"dbt-slim-sort\" href=\"?run-sort=node#");
    }

    @Test
    void whereNothingIsThereNothingIsLookedFor() throws IOException {
        assertThat(page("")).contains("role=\"search\"");
        assertThat(page("find=none+of+them")).contains("role=\"search\"");
        Path empty = folder.resolve("empty.zip");
        SlimReport nothing = SampleReports.report(RunStatus.NOTHING_TO_DO, List.of());
        SlimReportFile.write(empty, new BuiltReport(nothing, Map.of(), List.of(), Map.of()));
        assertThat(page(empty, "")).doesNotContain("role=\"search\"").contains("dbt-slim-empty");
    }

    @Test
    void wordsAreFoundInEveryTable() throws IOException {
        ReportNode failed = report.nodes().stream()
                .filter(node -> node.failed() && !node.isTest())
                .findFirst()
                .orElseThrow();
        String page = page("find=" + failed.name() + "+ERROR");
        assertThat(names(table(page, failed.change().isChange() ? "changes" : "run")))
                .containsOnly(failed.name());
        assertThat(page).contains("name=\"find\" value=\"" + failed.name() + " ERROR\"", "Show all");
        assertThat(page("find=%3Cnothing%3E")).contains("Nothing has all these words.", "value=\"&lt;nothing&gt;\"");
    }

    @Test
    void whatIsNotUnderstoodIsLeftOut() throws IOException {
        String plain = page("");
        for (String query : new String[] {
            "changes=-1", "changes=1e9", "changes-sort=<script>", "other=1&find=+", "find=%zz", "&&=&=x", "run-sort=-"
        }) {
            assertThat(page(query)).as(query).isEqualTo(plain);
        }
        assertThat(page("find=" + "x".repeat(5000))).isEqualTo(plain);
    }

    @Test
    void everyNodeHasAPageOfItsOwnToWhichThePictureLeads() throws IOException {
        String page = page("");
        Matcher link = Pattern.compile("<a href=\"(node\\?id=[^\"]*)\" class=\"dbt-slim-box")
                .matcher(page);
        assertThat(link.find()).isTrue();
        StringBuilder html = new StringBuilder();
        try (SlimReportFile source = SlimReportFile.open(file)) {
            HtmlReport served = new HtmlReport(source, HtmlOptions.served(true, PageQuery.of(null)));
            String id = link.group(1).substring("node?id=".length());
            assertThat(served.node(id, html)).isTrue();
            assertThat(html).contains("<bdi>" + id + "</bdi>");
            assertThat(served.node("model.shop.none", html)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "run=2", "find=finance", "tests-sort=-time"})
    void aPageIsTheSameFromMemoryAndFromItsFile(String query) throws IOException {
        StringBuilder html = new StringBuilder();
        BuiltReport big = BigReports.of(240, 140, 1);
        new HtmlReport(big, HtmlOptions.served(true, PageQuery.of(query))).fragment(html);
        assertThat(page(query)).isEqualTo(html.toString());
    }
}
