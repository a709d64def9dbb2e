package io.jenkins.plugins.dbtslim.report.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.report.data.ChangeKind;
import io.jenkins.plugins.dbtslim.report.data.NodeRun;
import io.jenkins.plugins.dbtslim.report.data.ReportNode;
import io.jenkins.plugins.dbtslim.report.data.SlimReport;
import io.jenkins.plugins.dbtslim.report.page.BigReports;
import io.jenkins.plugins.dbtslim.report.page.SampleReports;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One graph gives one picture, in which nothing lies on anything else and time runs from left to right. */
class LineageLayoutTest {
    /** Nothing reads it, and it reads nothing. */
    @Test
    void aHookIsNoPartOfThePicture() {
        ReportNode hook = ReportNode.of("operation.shop.shop-on-run-start-0", "shop-on-run-start-0", "operation")
                .build();
        assertThat(LineageGraph.of(List.of(hook)).boxes()).isEmpty();
    }

    @Test
    void theShopLooksLikeThis() {
        LineageGraph graph = LineageGraph.of(SampleReports.shop().report().nodes());
        LineageLayout layout = LineageLayout.of(graph);
        StringBuilder seen = new StringBuilder();
        for (int i = 0; i < graph.boxes().size(); i++) {
            LineageLayout.Place place = layout.boxes().get(i);
            seen.append(String.format(
                    Locale.ROOT, "%s %.0f %.0f%n", graph.boxes().get(i).label(), place.x(), place.y()));
        }
        assertThat(seen.toString().replace("\r", "")).isEqualTo("""
                        finance_board 763 29
                        customer_value 508 0
                        funnel_weekly 763 116
                        order_funnel 508 116
                        orders 253 58
                        orders_legacy 0 186
                        revenue_daily 508 58
                        stg_payments 0 58
                        crm.customers 220 186
                        """);
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 50, 490, 900})
    void boxesDoNotOverlapAndParentsAreLeftOfTheirChildren(int nodes) {
        LineageGraph graph = LineageGraph.of(
                BigReports.of(nodes / 3, nodes - nodes / 3, 0).report().nodes());
        LineageLayout layout = LineageLayout.of(graph);
        List<LineageLayout.Place> places = layout.boxes();
        for (int i = 0; i < places.size(); i++) {
            LineageLayout.Place a = places.get(i);
            assertThat(a.x()).isBetween(0.0, layout.width() - layout.boxWidth() + 0.01);
            assertThat(a.y()).isBetween(-0.01, layout.height() - layout.boxHeight() + 0.01);
            for (int j = 0; j < i; j++) {
                LineageLayout.Place b = places.get(j);
                boolean apart = Math.abs(a.x() - b.x()) >= layout.boxWidth()
                        || Math.abs(a.y() - b.y()) >= layout.boxHeight() - 0.01;
                assertThat(apart)
                        .as("%s and %s", graph.boxes().get(i), graph.boxes().get(j))
                        .isTrue();
            }
        }
        for (int[] edge : graph.edges()) {
            assertThat(places.get(edge[0]).x()).isLessThan(places.get(edge[1]).x());
        }
        assertThat(layout.paths()).hasSameSizeAs(graph.edges());
    }

    @Test
    void theOrderOfTheNodesDoesNotMatter() {
        List<ReportNode> nodes = BigReports.of(20, 40, 1).report().nodes();
        List<ReportNode> shuffled = new ArrayList<>(nodes);
        Collections.shuffle(shuffled, new Random(3));
        assertThat(LineageLayout.of(LineageGraph.of(shuffled))).isEqualTo(LineageLayout.of(LineageGraph.of(nodes)));
    }

    @Test
    void manyNodesShareTheBoxesOfTheirFoldersButFailedOnesStandApart() {
        SlimReport report = BigReports.of(400, 400, 0).report();
        LineageGraph graph = LineageGraph.of(report.nodes());
        assertThat(graph.collapsed()).isTrue();
        assertThat(graph.boxes()).hasSizeLessThan(160);
        long failed = report.nodes().stream().filter(ReportNode::failed).count();
        assertThat(graph.boxes().stream().filter(box -> !box.isFolder() && box.result() == NodeRun.Result.FAILED))
                .hasSize((int) Math.min(30, failed));
        assertThat(graph.boxes().stream().map(LineageGraph.Box::label).collect(Collectors.toSet()))
                .contains("staging/finance", "marts/risk", "exposures");
    }

    @Test
    void aCircleOfADamagedFileIsDrawnAllTheSame() {
        List<ReportNode> nodes = List.of(
                SampleReports.model("a", ChangeKind.NEW, "model.shop.c").build(),
                SampleReports.model("b", ChangeKind.NEW, "model.shop.a").build(),
                SampleReports.model("c", ChangeKind.NEW, "model.shop.b", "model.shop.c")
                        .build());
        LineageGraph graph = LineageGraph.of(nodes);
        assertThat(LineageLayout.of(graph).paths()).hasSize(3);
    }
}
