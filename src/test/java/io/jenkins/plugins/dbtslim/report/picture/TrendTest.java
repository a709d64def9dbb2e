package io.jenkins.plugins.dbtslim.report.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;
import io.jenkins.plugins.dbtslim.report.data.ReportCounts;
import io.jenkins.plugins.dbtslim.report.data.TrendPoint;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The trend of a job: the same picture every time, whatever its builds were like, and a table that says the same. */
class TrendTest {
    private static final ReportCounts NONE = ReportCounts.kept(name -> 0);

    private static ReportCounts counts(int modified, int downstream, int built, int failed, int testsFailed) {
        Map<String, Integer> numbers = Map.of(
                "modified", modified,
                "downstream", downstream,
                "built", built,
                "failed", failed,
                "testsFailed", testsFailed);
        return ReportCounts.kept(name -> numbers.getOrDefault(name, 0));
    }

    private static TrendPoint point(int number, RunStatus outcome, ReportCounts counts, double seconds, double saved) {
        return new TrendPoint("#" + number, number + "/dbt-slim/", outcome, counts, seconds, saved);
    }

    private static List<TrendPoint> sample() {
        return List.of(
                point(3, RunStatus.SUCCESS, counts(2, 1, 3, 0, 0), 12, 40),
                point(4, RunStatus.ERROR, null, 0, -1),
                point(7, RunStatus.FAILURE, counts(4, 2, 3, 2, 1), 30.5, -1),
                point(8, RunStatus.ABORTED, counts(1, 0, 1, 0, 0), 2, 3600),
                point(9, RunStatus.NOTHING_TO_DO, NONE, 4, 52));
    }

    private static Document parse(String html) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(html)));
    }

    private static List<String> classes(Document page) {
        List<String> found = new ArrayList<>();
        NodeList all = page.getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++) {
            found.add(((Element) all.item(i)).getAttribute("class"));
        }
        return found;
    }

    @Test
    void looksAsKept() throws Exception {
        String html = new Trend(sample()).small("dbt slim builds");
        try (InputStream kept = TrendTest.class.getResourceAsStream("trend.html")) {
            assertThat(html).isEqualTo(new String(kept.readAllBytes(), StandardCharsets.UTF_8));
        }
        parse(html);
    }

    @Test
    void theTableSaysWhatThePictureShows() throws Exception {
        Document page = parse(new Trend(sample()).full("Builds", false));
        Element body = (Element) page.getElementsByTagName("tbody").item(0);
        NodeList rows = body.getElementsByTagName("tr");
        assertThat(rows.getLength()).isEqualTo(5);
        assertThat(rows.item(2).getTextContent().trim()).isEqualTo("#7Failed423331 s");
        assertThat(rows.item(3).getTextContent().trim()).isEqualTo("#4Could not run");
        assertThat(((Element) rows.item(0))
                        .getElementsByTagName("a")
                        .item(0)
                        .getAttributes()
                        .getNamedItem("href")
                        .getNodeValue())
                .isEqualTo("9/dbt-slim/");
        assertThat(page.getElementsByTagName("details").getLength()).isZero();
    }

    @Test
    void theLegendNamesTimeSavedOnlyWhereItIsDrawn() {
        assertThat(new Trend(sample()).small("Builds")).contains("time saved");
        TrendPoint unknown = point(1, RunStatus.SUCCESS, counts(1, 0, 1, 1, 0), 3, -1);
        assertThat(new Trend(List.of(unknown)).small("Builds"))
                .contains("duration")
                .doesNotContain("time saved");
    }

    @Test
    void aPageOfTheSameTitleDoesNotSayItTwice() {
        assertThat(new Trend(sample()).full("Builds", false)).contains("<h2>Builds</h2>");
        assertThat(new Trend(sample()).full("Builds", true))
                .doesNotContain("<h2")
                .contains("aria-label=\"Builds\"");
    }

    @Test
    void buildsWithoutAReportBreakTheLineAndDrawNoColumn() throws Exception {
        Document page = parse(new Trend(sample()).small("Builds"));
        assertThat(classes(page).stream().filter("dbt-slim-trend-cross"::equals))
                .hasSize(1);
        assertThat(classes(page).stream().filter("dbt-slim-trend-built"::equals))
                .hasSize(3);
        assertThat(classes(page).stream().filter("dbt-slim-trend-failed"::equals))
                .hasSize(1);
        assertThat(((Element) page.getElementsByTagName("path").item(0)).getAttribute("d"))
                .matches("M[^ML]+M[^ML]+L[^ML]+L[^ML]+");
    }

    @Test
    void keepsItsSizeForOneBuildAndForMany() throws Exception {
        for (int builds : new int[] {1, 2, 200}) {
            List<TrendPoint> points = new ArrayList<>();
            for (int i = 1; i <= builds; i++) {
                points.add(point(i, RunStatus.SUCCESS, counts(i, 0, 10_000, i, 0), 1e7, 1e9));
            }
            Document page = parse(new Trend(points).small("Builds"));
            Element svg = (Element) page.getElementsByTagName("svg").item(0);
            assertThat(svg.getAttribute("viewBox")).isEqualTo("0 0 520 210");
            NodeList rects = page.getElementsByTagName("rect");
            for (int i = 0; i < rects.getLength(); i++) {
                Element rect = (Element) rects.item(i);
                double x = Double.parseDouble(rect.getAttribute("x"));
                double y = Double.parseDouble(rect.getAttribute("y"));
                assertThat(x).isBetween(0.0, 520.0);
                assertThat(x + Double.parseDouble(rect.getAttribute("width"))).isLessThanOrEqualTo(520.2);
                assertThat(y).isBetween(0.0, 210.0);
                assertThat(y + Double.parseDouble(rect.getAttribute("height"))).isLessThanOrEqualTo(210.2);
            }
            assertThat(page.getElementsByTagName("path").getLength()).isEqualTo(builds > 1 ? 1 : 0);
        }
    }

    @Test
    void withoutBuildsItSaysSo() {
        assertThat(new Trend(List.of()).small("Builds")).contains("No build has a report yet.");
    }

    @Test
    void namesOfBuildsAreText() throws Exception {
        String hostile = "<img src=x onerror=alert(1)>\u202e";
        TrendPoint point = new TrendPoint(hostile, "1/dbt-slim/", RunStatus.SUCCESS, NONE, 1, 1);
        Document page = parse(new Trend(List.of(point)).full(hostile, false));
        assertThat(page.getElementsByTagName("img").getLength()).isZero();
        assertThat(page.getElementsByTagName("h2").item(0).getTextContent()).startsWith("<img src=x onerror=alert(1)>");
    }
}
