package io.jenkins.plugins.dbtslim.report.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.report.data.NodeRun.Result;
import io.jenkins.plugins.dbtslim.report.export.MarkdownSummary;
import io.jenkins.plugins.dbtslim.report.page.ComparisonView;
import io.jenkins.plugins.dbtslim.report.page.HtmlOptions;
import io.jenkins.plugins.dbtslim.report.page.HtmlReport;
import io.jenkins.plugins.dbtslim.report.page.PageQuery;
import io.jenkins.plugins.dbtslim.report.page.SampleReports;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What fails anew and what was repaired since another run. */
class RunComparisonTest {
    private static final RunComparison SOME = RunComparison.of(
            Map.of(
                    "model.shop.was_bad", Result.FAILED,
                    "model.shop.still_bad", Result.FAILED,
                    "model.shop.not_reached", Result.FAILED,
                    "model.shop.gone", Result.FAILED,
                    "model.shop.was_good", Result.OK,
                    "model.shop.good", Result.OK),
            Map.of(
                    "model.shop.was_bad", Result.WARNED,
                    "model.shop.still_bad", Result.FAILED,
                    "model.shop.not_reached", Result.SKIPPED,
                    "model.shop.was_good", Result.FAILED,
                    "model.shop.good", Result.OK,
                    "test.shop.new|`x`", Result.FAILED));

    @Test
    void tellsNewFailuresFromOldOnes() {
        assertThat(SOME.newlyFailing()).containsExactly("model.shop.was_good", "test.shop.new|`x`");
        assertThat(SOME.stillFailing()).containsExactly("model.shop.still_bad");
        assertThat(SOME.fixed()).containsExactly("model.shop.was_bad");
        assertThat(SOME.isEmpty()).isFalse();
    }

    @Test
    void isSameWhereTheSameFails() {
        Map<String, Result> run = Map.of("a", Result.FAILED, "b", Result.OK);
        RunComparison same = RunComparison.of(run, run);
        assertThat(List.of(same.newlyFailingCount(), same.fixedCount())).containsOnly(0);
        assertThat(same.stillFailing()).containsExactly("a");
        assertThat(RunComparison.of(Map.of(), Map.of()).isEmpty()).isTrue();
    }

    @Test
    void keepsFewIdsAndAllCounts() throws Exception {
        Map<String, Result> many = new HashMap<>();
        for (int i = 0; i < 3_000; i++) {
            many.put("model.shop.m" + i, Result.FAILED);
        }
        RunComparison comparison = RunComparison.of(Map.of(), many);
        assertThat(comparison.newlyFailing()).hasSize(RunComparison.MAX_IDS).isSorted();
        assertThat(comparison.newlyFailingCount()).isEqualTo(3_000);
        assertThat(page(comparison)).contains("3,000 newly failing", "and 2,975 more");
    }

    private static ComparisonView view(RunComparison comparison) {
        return new ComparisonView(comparison, "shop #11", "../11/dbt-slim/");
    }

    private static String page(RunComparison comparison) throws IOException {
        StringBuilder page = new StringBuilder();
        new HtmlReport(SampleReports.shop(), HtmlOptions.served(true, PageQuery.of(null)))
                .fragment(page, List.of(view(comparison)));
        return page.toString();
    }

    @Test
    void thePageSaysFirstHowItWentThenWhatIsNewSince() throws Exception {
        assertThat(page(SOME).indexOf("Since shop #11:"))
                .isGreaterThan(page(SOME).indexOf("dbt-slim-broken"))
                .isLessThan(page(SOME).indexOf("dbt-slim-nav"));
    }

    @Test
    void saysItInWords() throws Exception {
        assertThat(view(SOME).line())
                .isEqualTo("<span class=\"dbt-slim-since\"><a href=\"../11/dbt-slim/\">Since shop #11:</a>"
                        + " 2 newly failing, 1 fixed, 1 still failing</span>");
        assertThat(page(SOME))
                .contains("<strong>1 fixed</strong> <a href=\"node?id=model.shop.was_bad\"><bdi>was_bad</bdi></a>");
        assertThat(MarkdownSummary.since("shop #11", SOME)).isEqualTo("""

                        Since shop \\#11: 2 newly failing, 1 fixed, 1 still failing

                        - Newly failing: `model.shop.was_good`, `test.shop.new\\|ˋxˋ`

                        - Fixed: `model.shop.was_bad`
                        """);
    }

    @Test
    void saysNothingWhereNothingFails() throws Exception {
        RunComparison good = RunComparison.of(Map.of("a", Result.OK), Map.of("a", Result.OK));
        assertThat(List.of(view(good).line(), MarkdownSummary.since("shop #11", good)))
                .containsOnly("");
        assertThat(page(good)).doesNotContain("dbt-slim-since");
    }

    @Test
    void readsResultsOfWhatRan() {
        assertThat(RunComparison.results(SampleReports.shop().report().nodes()))
                .isNotEmpty()
                .containsValue(Result.FAILED);
    }
}
