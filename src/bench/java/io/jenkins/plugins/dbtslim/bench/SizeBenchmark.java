package io.jenkins.plugins.dbtslim.bench;

import io.jenkins.plugins.dbtslim.manifest.Manifest;
import io.jenkins.plugins.dbtslim.manifest.ManifestReader;
import io.jenkins.plugins.dbtslim.state.StateComparison;
import io.jenkins.plugins.dbtslim.state.StateOptions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How time and memory grow with the number of nodes, in processor time of one thread (so that other programs disturb
 * little). Arguments: a folder for generated projects, and numbers of nodes, each with {@code xLENGTH} after it if its
 * compiled code is to have that length. Run it in a small heap: what does not fit ends it.
 */
public final class SizeBenchmark {
    private static final int NODES_OF_A_MODEL = 4;
    private static final long LEAST_TIME = 3_000_000_000L;

    private SizeBenchmark() {}

    /** Prints a line for each size, and the exponent of time over nodes between the first and the last. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path folder = Path.of(args[0]);
        System.out.printf(
                "heap of at most %d MB%n%10s %10s %12s %12s %16s%n",
                Runtime.getRuntime().maxMemory() >> 20, "nodes", "MB", "ms", "heap MB", "heap bytes/node");
        double[] nodes = new double[args.length];
        double[] times = new double[args.length];
        for (int i = 1; i < args.length; i++) {
            String[] size = args[i].split("x", 2);
            int models = Integer.parseInt(size[0]) / NODES_OF_A_MODEL;
            int length = size.length > 1 ? Integer.parseInt(size[1]) : 0;
            Path state = new BigManifest(models, 0, length).write(folder.resolve(args[i] + "/state.json"));
            Path current = new BigManifest(models, 50, length).write(folder.resolve(args[i] + "/current.json"));
            nodes[i] = models * (double) NODES_OF_A_MODEL;
            times[i] = time(state, current);
            long before = used();
            Manifest old = ManifestReader.read(state);
            Manifest now = ManifestReader.read(current);
            StateComparison comparison = StateComparison.compare(old, now, StateOptions.defaults());
            long heap = used() - before;
            System.out.printf(
                    "%10.0f %10.1f %12.1f %12.1f %16.0f%n",
                    nodes[i],
                    (Files.size(state) + Files.size(current)) / 1e6,
                    times[i],
                    heap / 1e6,
                    heap / 2.0 / comparison.current().resources().size());
            Files.delete(state);
            Files.delete(current);
        }
        int last = args.length - 1;
        if (last > 1 && nodes[last] > nodes[1]) {
            System.out.printf(
                    "time grows with nodes to the power of %.2f%n",
                    Math.log(times[last] / times[1]) / Math.log(nodes[last] / nodes[1]));
        }
    }

    /** Milliseconds of processor time to read and compare a pair: the best of several, once the code is warm. */
    private static double time(Path state, Path current) throws IOException {
        long best = Long.MAX_VALUE;
        long all = 0;
        for (int i = 0; i < 3 || all < LEAST_TIME; i++) {
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            StateComparison.compare(ManifestReader.read(state), ManifestReader.read(current), StateOptions.defaults());
            long time = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
            best = Math.min(best, time);
            all += time;
        }
        return best / 1e6;
    }

    private static long used() throws InterruptedException {
        for (int i = 0; i < 4; i++) {
            System.gc();
            Thread.sleep(50);
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
