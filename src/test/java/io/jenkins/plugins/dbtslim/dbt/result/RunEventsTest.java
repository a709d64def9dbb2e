package io.jenkins.plugins.dbtslim.dbt.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The view of a running dbt: whole lines only, each once, whatever the file holds. */
class RunEventsTest {
    private static final String CHOSEN = """
            {"t": 0.1, "kind": "phase", "name": "import"}
            {"t": 2.0, "kind": "phase", "name": "build"}
            {"t": 3.0, "kind": "selected", "count": 4}
            {"t": 3.1, "kind": "start", "id": "model.shop.a"}
            {"t": 3.2, "kind": "start", "id": "model.shop.b"}
            """;

    @TempDir
    Path keep;

    private void append(String text) throws IOException {
        Files.writeString(keep.resolve(RunEvents.FILE), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private RunProgress read(RunProgress before) throws IOException {
        return RunEvents.read(keep, before, Map.of());
    }

    @Test
    void nothingIsKnownBeforeThereAreEvents() throws Exception {
        assertThat(read(RunProgress.NONE)).isEqualTo(RunProgress.NONE);
        assertThat(RunEvents.read(keep.resolve("missing"), RunProgress.NONE, Map.of()))
                .isEqualTo(RunProgress.NONE);
        assertThat(RunProgress.NONE.share()).isEqualTo(-1);
    }

    @Test
    void countsNodesAndKnowsWhoIsAtWork() throws Exception {
        append(CHOSEN);
        RunProgress now = read(RunProgress.NONE);
        assertThat(now.phase()).isEqualTo("build");
        assertThat(now.total()).isEqualTo(4);
        assertThat(now.done()).isZero();
        assertThat(now.running())
                .containsOnlyKeys("model.shop.a", "model.shop.b")
                .containsValue(3.1);
        append("""
                {"t": 4, "kind": "done", "id": "model.shop.a", "status": "success", "seconds": 1.0, "message": "OK"}
                {"t": 5, "kind": "done", "id": "model.shop.b", "status": "error", "seconds": 1.0, "message": "x"}
                {"t": 5, "kind": "done", "id": "test.shop.b", "status": "skipped", "seconds": 0}
                """);
        now = read(now);
        assertThat(now.done()).isEqualTo(3);
        assertThat(now.failed()).isEqualTo(1);
        assertThat(now.skipped()).isEqualTo(1);
        assertThat(now.failures()).containsExactly("model.shop.b");
        assertThat(now.running()).isEmpty();
        assertThat(now.lanes()).isEqualTo(2);
        assertThat(now.seconds()).isEqualTo(5);
        assertThat(now.share()).isEqualTo(0.75);
        assertThat(now.ended()).isFalse();
        append("{\"t\": 6, \"kind\": \"end\", \"status\": \"FAILURE\"}\n");
        assertThat(read(now).ended()).isTrue();
    }

    @Test
    void aLineThatIsNotWholeYetIsReadWhenItIs() throws Exception {
        append(CHOSEN + "{\"t\": 4, \"kind\": \"done\", \"id\": \"model.sh");
        RunProgress half = read(RunProgress.NONE);
        assertThat(half.done()).isZero();
        assertThat(half.position()).isEqualTo(CHOSEN.length());
        assertThat(read(half)).isEqualTo(half);
        append("op.a\", \"status\": \"success\"}\n");
        assertThat(read(half).done()).isEqualTo(1);
    }

    @Test
    void readingAtOnceOrInPartsGivesTheSame() throws Exception {
        String all = CHOSEN
                + "{\"t\": 4, \"kind\": \"done\", \"id\": \"model.shop.\u00fc\u4e2d\", \"status\": \"fail\"}\n"
                + "{\"t\": 9, \"kind\": \"end\"}\n";
        RunProgress parts = RunProgress.NONE;
        for (byte each : all.getBytes(StandardCharsets.UTF_8)) {
            Files.write(
                    keep.resolve(RunEvents.FILE),
                    new byte[] {each},
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
            parts = read(parts);
        }
        assertThat(parts).isEqualTo(read(RunProgress.NONE));
        assertThat(parts.failures()).containsExactly("model.shop.\u00fc\u4e2d");
    }

    @Test
    void aFileThatBeganAnewIsReadFromItsBeginning() throws Exception {
        append(CHOSEN.repeat(3));
        RunProgress before = read(RunProgress.NONE);
        Files.delete(keep.resolve(RunEvents.FILE));
        append("{\"t\": 1, \"kind\": \"phase\", \"name\": \"parse\"}\n");
        RunProgress now = read(before);
        assertThat(now.phase()).isEqualTo("parse");
        assertThat(now.total()).isEqualTo(-1);
    }

    @Test
    void passesOverWhatIsNoEvent() throws Exception {
        append("""
                not json

                [1, 2]
                {"kind": {"a": []}, "t": {}}
                {"kind": "done"}
                {"kind": "unknown"}
                {"t": "NaN", "kind": "start", "id": "model.shop.a"}
                {"t": -5, "kind": "selected", "count": -7}
                {"t": 1e999, "kind": "selected", "count": 1e300}
                \0
                {"kind": "done", "id": ""
                """);
        RunProgress now = read(RunProgress.NONE);
        assertThat(now.running()).containsExactly(Map.entry("model.shop.a", 0.0));
        assertThat(now.total()).isEqualTo(Integer.MAX_VALUE);
        assertThat(now.seconds()).isZero();
        assertThat(now.done()).isZero();
    }

    @Test
    void staysSmallWhateverTheFileHolds() throws Exception {
        String name = "x".repeat(5_000);
        StringBuilder hostile = new StringBuilder("y".repeat(9 * 1024 * 1024)).append('\n');
        for (int i = 0; i < 1_000; i++) {
            hostile.append("{\"kind\": \"start\", \"id\": \"" + i + name + "\"}\n");
            hostile.append("{\"kind\": \"done\", \"id\": \"f" + i + name + "\", \"status\": \"error\"}\n");
        }
        append(hostile.toString());
        RunProgress now = RunProgress.NONE;
        int looks = 0;
        for (RunProgress next = read(now); next.position() > now.position(); next = read(now)) {
            now = next;
            looks++;
        }
        assertThat(looks).isBetween(4, 8);
        assertThat(now.done()).isEqualTo(1_000);
        assertThat(now.running()).hasSize(RunProgress.MAX_RUNNING);
        assertThat(now.failures()).hasSize(RunProgress.MAX_FAILURES);
        assertThat(now.running().keySet()).allMatch(id -> id.length() <= 300);
    }

    @Test
    void foretellsTheEndByFormerTimings() throws Exception {
        Map<String, Double> former = Map.of("model.shop.a", 10.0, "model.shop.b", 20.0, "model.shop.c", 30.0);
        Files.writeString(
                keep.resolve(RunEvents.SELECTED),
                "[\"model.shop.a\",\"model.shop.b\",\"model.shop.c\",\"model.shop.d\"]");
        append(CHOSEN);
        RunProgress now = RunEvents.read(keep, RunProgress.NONE, former);
        // 10 + 20 + 30, and the mean of 20 for the one that is not known; two at once.
        assertThat(now.secondsLeft(3.2)).isCloseTo(80 / 2.0, within(0.1));
        assertThat(now.secondsLeft(8.2)).isCloseTo((80 - 5.1 - 5) / 2, within(0.1));
        assertThat(now.secondsLeft(1000)).isCloseTo((80 - 10 - 20) / 2.0, within(0.1));
        append("{\"t\": 13, \"kind\": \"done\", \"id\": \"model.shop.a\", \"status\": \"success\"}\n");
        now = RunEvents.read(keep, now, former);
        assertThat(now.secondsLeft(13.2)).isCloseTo((70 - 10) / 2.0, within(0.1));
        assertThat(now.secondsLeft(13.2))
                .isEqualTo(RunEvents.read(keep, RunProgress.NONE, former).secondsLeft(13.2));
    }

    @Test
    void foretellsNothingWhereTooLittleIsKnown() throws Exception {
        Files.writeString(keep.resolve(RunEvents.SELECTED), "[\"a\",\"b\",\"c\",\"d\"]");
        append(CHOSEN);
        assertThat(RunEvents.read(keep, RunProgress.NONE, Map.of("a", 1.0)).secondsLeft(4))
                .isEqualTo(-1);
        Files.writeString(keep.resolve(RunEvents.SELECTED), "{\"hostile\": [");
        assertThat(RunEvents.read(keep, RunProgress.NONE, Map.of("a", 1.0, "b", 2.0))
                        .secondsLeft(4))
                .isEqualTo(-1);
    }
}
