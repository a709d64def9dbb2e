package io.jenkins.plugins.dbtslim.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.dbt.result.ClusterWait;
import io.jenkins.plugins.dbtslim.dbt.result.DeploymentState.Cluster;
import io.jenkins.plugins.dbtslim.dbt.result.RunEvents;
import io.jenkins.plugins.dbtslim.dbt.result.RunProgress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that is not over, in words. */
class LiveViewTest {
    @TempDir
    Path keep;

    private LiveView view(double now, String events) throws Exception {
        Files.writeString(keep.resolve("events.jsonl"), events);
        Files.writeString(keep.resolve("selected.json"), "[\"model.shop.a\", \"model.shop.<b>\"]");
        RunProgress progress =
                RunEvents.read(keep, RunProgress.NONE, Map.of("model.shop.a", 60.0, "model.shop.<b>", 120.0));
        return new LiveView(progress, now, null);
    }

    @Test
    void beforeAnythingIsKnown() {
        LiveView view = new LiveView(RunProgress.NONE, 3, null);
        assertThat(view.line())
                .isEqualTo("<span class=\"dbt-slim-live-head\"><strong>Starting dbt</strong> running for 3.0 s</span>");
    }

    @Test
    void namesTheOperation() throws Exception {
        assertThat(view(5, "{\"t\": 4, \"kind\": \"phase\", \"name\": \"operation\", \"macro\": \"create_<i>\"}\n")
                        .section())
                .contains("<strong>Running the operation create_&lt;i&gt;</strong> running for 5.0 s");
    }

    @Test
    void tellsHowFarItIsAndWhatIsAtWork() throws Exception {
        LiveView view = view(40, """
                {"t": 4, "kind": "selected", "count": 2}
                {"t": 5, "kind": "start", "id": "model.shop.a"}
                {"t": 30, "kind": "done", "id": "model.shop.a", "status": "error"}
                {"t": 30, "kind": "start", "id": "model.shop.<b>"}
                """);
        assertThat(view.line())
                .contains("<strong>1 of 2 nodes done</strong>", "max=\"2\" value=\"1\"")
                .contains("1 failed · running for 40 s · about 1 min 50 s left by former timings");
        assertThat(view.section())
                .contains("<h2>At work: 1</h2>", "<bdi>model.shop.&lt;b&gt;</bdi></code> 10 s")
                .contains("<h2>Failed so far: 1</h2>", "<bdi>model.shop.a</bdi>");
    }

    @Test
    void showsTheFirstOfManyNodes() throws Exception {
        StringBuilder events = new StringBuilder("{\"t\": 1, \"kind\": \"selected\", \"count\": 90}\n");
        for (int i = 0; i < 40; i++) {
            events.append("{\"t\": 2, \"kind\": \"start\", \"id\": \"model.shop.m" + i + "\"}\n");
        }
        assertThat(view(9, events.toString()).section()).contains("and 28 more").doesNotContain("left by former");
    }

    @Test
    void tellsHowFarTheClustersAreThatItWaitsFor() throws Exception {
        ClusterWait wait = new ClusterWait(
                List.of(
                        new Cluster("serving_dbt_deploy", "ready", 12, 12, 0, 30, null),
                        new Cluster("<b>", "failing", 1, 3, 9, -1, "no_replicas<i>"),
                        new Cluster("unknown", null, 0, 0, 0, -1, null)),
                3_000);
        LiveView view = new LiveView(RunProgress.NONE, 95, wait);
        assertThat(view.line())
                .contains("<strong>1 of 3 clusters ready</strong>", "max=\"15\" value=\"13\"")
                .contains("running for 1 min 35 s · gives up in 50 min");
        assertThat(view.section())
                .contains("<h2>Clusters</h2>", "<bdi>serving_dbt_deploy</bdi>", "12 of 12 objects hydrated</li>")
                .contains(
                        "<bdi>&lt;b&gt;</bdi>",
                        ">failing</span> (no_replicas&lt;i&gt;) · 1 of 3 objects hydrated · 9.0 s behind");
    }
}
