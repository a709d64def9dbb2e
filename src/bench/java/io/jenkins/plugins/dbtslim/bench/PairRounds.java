package io.jenkins.plugins.dbtslim.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * What {@link ReaderBenchmark} measures, in turns: on a machine whose speed wanders, only times taken side by side have
 * a ratio. Arguments: a folder with state.json and current.json, and the number of turns, of which a third warms up.
 */
public final class PairRounds {
    private PairRounds() {}

    /** Prints least and median time of each, as times of the bare scan. */
    public static void main(String[] args) throws Exception {
        ReaderBenchmark pair = new ReaderBenchmark();
        pair.folder = args[0];
        pair.files();
        int turns = Integer.parseInt(args[1]);
        int warm = turns / 3;
        Map<String, Callable<?>> measured = new LinkedHashMap<>();
        measured.put("bareScan", pair::bareScan);
        measured.put("oneThread", pair::oneThread);
        measured.put("sideBySide", pair::sideBySide);
        Map<String, double[]> times = new LinkedHashMap<>();
        for (int turn = 0; turn < turns; turn++) {
            for (Map.Entry<String, Callable<?>> entry : measured.entrySet()) {
                long start = System.nanoTime();
                entry.getValue().call();
                double time = (System.nanoTime() - start) / 1e6;
                if (turn >= warm) {
                    times.computeIfAbsent(entry.getKey(), name -> new double[turns - warm])[turn - warm] = time;
                }
            }
        }
        times.values().forEach(Arrays::sort);
        double[] bare = times.get("bareScan");
        System.out.printf("The same in turns, %s%n", Path.of(args[0]).getFileName());
        times.forEach((name, sorted) -> System.out.printf(
                "  %-44s least %7.1f ms  %5.2f   median %7.1f ms  %5.2f%n",
                name, sorted[0], sorted[0] / bare[0], median(sorted), median(sorted) / median(bare)));
    }

    private static double median(double[] sorted) {
        return sorted[sorted.length / 2];
    }
}
