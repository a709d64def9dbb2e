package io.jenkins.plugins.dbtslim.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import io.jenkins.plugins.dbtslim.manifest.Manifest;
import io.jenkins.plugins.dbtslim.manifest.ManifestException;
import io.jenkins.plugins.dbtslim.manifest.ManifestReader;
import io.jenkins.plugins.dbtslim.state.StateComparison;
import io.jenkins.plugins.dbtslim.state.StateOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged manifests give an answer or one sentence: no other exception, no endless loop, no more memory than goes with
 * their size. A failure tells its seed.
 */
class FuzzTest {
    private static final int ROUNDS = 200;
    /** Bytes that may be allocated whatever the size, and for each byte of the two files. */
    private static final long FIXED = 12 << 20;

    private static final long PER_BYTE = 8;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final Pattern VALUE = Pattern.compile(
            "(?<=[:\\[,] ?)(?:\"(?:[^\"\\\\]|\\\\.){0,200}\"|true|false|null|-?\\d+(?:\\.\\d+)?|\\{\\}|\\[\\])");
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1.5",
            "1e999",
            "NaN",
            "123456789012345678901234567890",
            "\"\"",
            "\"x\"",
            "\"\\ud800\"",
            "[]",
            "{}",
            "[null]",
            "[[]]",
            "{\"a\":null}",
            "[\"x\",1]",
            "{\"name\":[{}]}",
            "\"model.a.b\"",
            "[".repeat(50),
            "\"{{ config(\"",
            "\"" + "x".repeat(5000) + "\"",
            "\"" + "x".repeat(1 << 20) + "\"",
            "[" + "null,".repeat(50_000) + "0]",
            "{" + "\"k\":1,".repeat(50_000) + "\"\":0}");

    @TempDir
    Path folder;

    @Test
    @Timeout(120)
    void endsWithAnAnswerOrASentence() throws IOException {
        long seed = Long.getLong("fuzz.seed", System.nanoTime());
        OracleCorpus corpus = OracleCorpus.of("1.12");
        Manifest whole = corpus.manifest(corpus.cases().get(0), "current");
        byte[] original = Files.readAllBytes(whole.file());
        Path file = folder.resolve("damaged.json");
        int read = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Random random = new Random(seed + round);
            Files.write(file, round % 3 == 0 ? bytesChanged(original, random) : valuesChanged(original, random));
            long before = THREADS.getCurrentThreadAllocatedBytes();
            try {
                Manifest damaged = ManifestReader.read(file);
                read++;
                use(whole, damaged);
                use(damaged, whole);
            } catch (ManifestException e) {
                assertThat(e.getMessage()).contains(file.toString()).doesNotContain("\n");
            } catch (RuntimeException | StackOverflowError e) {
                fail("run again with -Dfuzz.seed=" + (seed + round), e);
            }
            long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
            long size = original.length + Files.size(file);
            assertThat(allocated)
                    .as("bytes allocated for %d bytes; run again with -Dfuzz.seed=%d", size, seed + round)
                    .isLessThan(FIXED + PER_BYTE * size);
        }
        assertThat(read).as("manifests that could be read, seed %d", seed).isBetween(1, ROUNDS - 1);
    }

    private static void use(Manifest state, Manifest current) throws ManifestException {
        StateComparison comparison = StateComparison.compare(state, current, StateOptions.defaults());
        for (String words :
                List.of("state:modified+", "@tag:a", "config.materialized:table", "1+path:models", "test_type:unit")) {
            try {
                Selection.select(current, StateInput.of(comparison), SelectionRequest.of(words))
                        .ids();
            } catch (SelectionException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    }

    /** A byte here, a piece there: mostly no JSON any more. */
    private static byte[] bytesChanged(byte[] original, Random random) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int at = random.nextInt(original.length);
        int length = Math.min(random.nextInt(1 << random.nextInt(16)), original.length - at);
        out.write(original, 0, at);
        switch (random.nextInt(4)) {
            case 0 -> out.write(random.nextInt(256));
            case 1 -> out.write(original, 0, length);
            case 2 -> out.writeBytes("\"\\{}[]:,\u0000é".getBytes(StandardCharsets.UTF_8));
            default -> {
                return out.toByteArray();
            }
        }
        out.write(original, at + length, original.length - at - length);
        return out.toByteArray();
    }

    /** Values of another type or size in the place of some: JSON still, but no manifest that dbt would write. */
    private static byte[] valuesChanged(byte[] original, Random random) {
        String text = new String(original, StandardCharsets.UTF_8);
        List<int[]> places = new ArrayList<>();
        Matcher matcher = VALUE.matcher(text);
        int from = random.nextInt(text.length());
        for (int i = 0; i < 1 + random.nextInt(20) && matcher.find(Math.min(text.length(), from)); i++) {
            places.add(new int[] {matcher.start(), matcher.end()});
            from = matcher.end() + random.nextInt(3000);
        }
        StringBuilder changed = new StringBuilder(text);
        for (int i = places.size() - 1; i >= 0; i--) {
            changed.replace(places.get(i)[0], places.get(i)[1], VALUES.get(random.nextInt(VALUES.size())));
        }
        return changed.toString().getBytes(StandardCharsets.UTF_8);
    }
}
