package io.jenkins.plugins.dbtslim.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.jenkins.plugins.dbtslim.manifest.Manifest;
import io.jenkins.plugins.dbtslim.manifest.ManifestPair;
import io.jenkins.plugins.dbtslim.manifest.ManifestReader;
import io.jenkins.plugins.dbtslim.selection.Selection;
import io.jenkins.plugins.dbtslim.selection.SelectionRequest;
import io.jenkins.plugins.dbtslim.selection.StateInput;
import io.jenkins.plugins.dbtslim.state.StateComparison;
import io.jenkins.plugins.dbtslim.state.StateOptions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Times, side by side in one JVM, a bare scan of the tokens of two manifests, reading and comparing them one after the
 * other, and the same with both read at once. Arguments: a folder for generated projects, rounds, and numbers of models
 * (each model brings three tests).
 */
public final class ReaderBenchmark {
    private static final JsonFactory BARE = new JsonFactory();

    private ReaderBenchmark() {}

    private interface Work {
        Object run() throws IOException;
    }

    /** Prints, for each size, medians in milliseconds and as a multiple of the bare scan, and the heap that a pair takes. */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        int rounds = Integer.parseInt(args[1]);
        System.out.printf(
                "%d processors, load %.1f, heap of at most %d MB, median of the later half of %d rounds%n",
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                Runtime.getRuntime().maxMemory() >> 20,
                rounds);
        for (int i = 2; i < args.length; i++) {
            int models = Integer.parseInt(args[i]);
            measure(
                    new BigManifest(models, 0).write(folder.resolve(models + "/state.json")),
                    new BigManifest(models, 50).write(folder.resolve(models + "/current.json")),
                    rounds);
        }
    }

    private static void measure(Path state, Path current, int rounds) throws Exception {
        Work[] works = {
            () -> scan(state) + scan(current),
            () -> compare(ManifestReader.read(state), ManifestReader.read(current)),
            () -> {
                ManifestPair pair = ManifestPair.read(state, current);
                return compare(pair.state(), pair.current());
            }
        };
        long[][] times = new long[works.length][rounds];
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < works.length; i++) {
                long start = System.nanoTime();
                works[i].run();
                times[i][round] = System.nanoTime() - start;
            }
        }
        double bare = median(times[0]);
        String[] names = {"bare token scan of both", "read and compare, one thread", "read and compare, side by side"};
        System.out.printf("%s and %s, %.1f MB%n", state, current, (Files.size(state) + Files.size(current)) / 1e6);
        for (int i = 0; i < works.length; i++) {
            System.out.printf("%-32s %8.1f ms  %.2f%n", names[i], median(times[i]), median(times[i]) / bare);
        }
        long before = used();
        Manifest old = ManifestReader.read(state);
        Manifest now = ManifestReader.read(current);
        long after = used();
        System.out.printf(
                "live heap of the pair %.1f MB, %d resources, %.0f bytes each%n",
                (after - before) / 1e6,
                old.resources().size() + now.resources().size(),
                (double) (after - before)
                        / (old.resources().size() + now.resources().size()));
    }

    private static long scan(Path file) throws IOException {
        long tokens = 0;
        try (JsonParser parser = BARE.createParser(file.toFile())) {
            while (parser.nextToken() != null) {
                tokens++;
            }
        }
        return tokens;
    }

    private static int compare(Manifest state, Manifest current) throws IOException {
        try {
            StateComparison comparison = StateComparison.compare(state, current, StateOptions.defaults());
            return Selection.select(current, StateInput.of(comparison), SelectionRequest.of("state:modified+"))
                    .ids()
                    .size();
        } catch (io.jenkins.plugins.dbtslim.selection.SelectionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Median of the second half: the first half warms up. */
    private static double median(long[] times) {
        long[] warm = Arrays.copyOfRange(times, times.length / 2, times.length);
        Arrays.sort(warm);
        return warm[warm.length / 2] / 1e6;
    }

    private static long used() throws InterruptedException {
        for (int i = 0; i < 4; i++) {
            System.gc();
            Thread.sleep(50);
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
