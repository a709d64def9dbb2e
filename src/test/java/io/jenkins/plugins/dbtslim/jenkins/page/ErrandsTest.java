package io.jenkins.plugins.dbtslim.jenkins.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.dbt.result.ClusterWait;
import io.jenkins.plugins.dbtslim.dbt.result.DeploymentState.Cluster;
import io.jenkins.plugins.dbtslim.dbt.result.RunProgress;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes to the agent to look at a running dbt, and what comes back, as it travels. */
class ErrandsTest {
    @TempDir
    Path kept;

    @SuppressWarnings("unchecked")
    private static <T> T travel(T object) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (T) in.readObject();
        }
    }

    private ProgressLook look(RunProgress before) throws Exception {
        return travel(travel(new ProgressWatcher.ProgressCallable(before)).invoke(kept.toFile(), null));
    }

    @Test
    void beforeTheDriverWritesThereIsNothing() throws Exception {
        assertThat(look(RunProgress.NONE).progress()).isEqualTo(RunProgress.NONE);
    }

    @Test
    void looksTellWhatIsNewAndHowLongItGoesOn() throws Exception {
        travel(new ProgressWatcher.TimingsCallable(Map.of("model.shop.a", 8.0, "model.shop.b", 8.0)))
                .invoke(kept.toFile(), null);
        Files.writeString(kept.resolve("selected.json"), "[\"model.shop.a\", \"model.shop.b\"]");
        Path events = kept.resolve("events.jsonl");
        Files.writeString(events, """
                {"t": 2, "kind": "selected", "count": 2}
                {"t": 3, "kind": "start", "id": "model.shop.a"}
                """);
        Files.setLastModifiedTime(events, FileTime.fromMillis(System.currentTimeMillis() - 5_000));
        ProgressLook first = look(RunProgress.NONE);
        assertThat(first.progress().running()).containsOnlyKeys("model.shop.a");
        assertThat(first.seconds()).isBetween(8.0, 60.0);
        assertThat(first.progress().secondsLeft(4)).isEqualTo(15);
        assertThat(look(first.progress()).progress()).isEqualTo(first.progress());
    }

    @Test
    void brokenTimingsForetellNothing() throws Exception {
        Files.writeString(kept.resolve("timings.json"), "{\"model.shop.a\": {\"x\": [1");
        Files.writeString(kept.resolve("selected.json"), "[\"model.shop.a\"]");
        Files.writeString(kept.resolve("events.jsonl"), "{\"t\": 2, \"kind\": \"selected\", \"count\": 1}\n");
        assertThat(look(RunProgress.NONE).progress().secondsLeft(3)).isEqualTo(-1);
    }

    @Test
    void whileADeploymentWaitsItsClustersAreSeen() throws Exception {
        Files.writeString(
                kept.resolve("events.jsonl"),
                "{\"t\": 2, \"kind\": \"phase\", \"name\": \"operation\", \"macro\": \"await\"}\n");
        Path noted = kept.resolve("deployment.json");
        Files.writeString(
                noted,
                "{\"waited\": 10.5, \"wait_limit\": 100, \"clusters\": [{\"name\": \"c\", \"status\":"
                        + " \"hydrating\", \"hydrated\": 1, \"total\": 3, \"lag\": 0}]}");
        Files.setLastModifiedTime(noted, FileTime.fromMillis(System.currentTimeMillis() - 5_000));
        ClusterWait wait = look(RunProgress.NONE).waiting();
        assertThat(wait.clusters()).containsExactly(new Cluster("c", "hydrating", 1, 3, 0, -1, null));
        assertThat(wait.left()).isBetween(30.0, 84.5);
        assertThat(wait.ready()).isZero();

        for (String broken : new String[] {"{\"waited\": ", "{\"waited\": \"x\"}", "{\"waited\": -1}", "{}"}) {
            Files.writeString(noted, broken);
            assertThat(look(RunProgress.NONE).waiting()).as(broken).isNull();
        }
        Files.delete(noted);
        assertThat(look(RunProgress.NONE).waiting()).isNull();
    }
}
