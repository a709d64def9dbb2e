package io.jenkins.plugins.dbtslim.report.make;

import io.jenkins.plugins.dbtslim.dbt.result.RunResult;
import io.jenkins.plugins.dbtslim.manifest.Manifest;
import io.jenkins.plugins.dbtslim.report.data.SavedTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What is known of how long nodes take: what was saved by not running some, and what the next report will know. */
public final class Timings {
    private Timings() {}

    /** What the nodes and tests that did not run would have taken, by their last timings. */
    static SavedTime saved(Map<String, Double> former, List<String> notRebuilt, List<String> testsNotRun) {
        List<Double> known = Stream.concat(notRebuilt.stream(), testsNotRun.stream())
                .filter(former::containsKey)
                .map(former::get)
                .toList();
        double seconds = known.stream().mapToDouble(Double::doubleValue).sum();
        return new SavedTime(notRebuilt.size(), testsNotRun.size(), known.isEmpty() ? -1 : seconds, known.size());
    }

    /** Timings of this run over those of earlier ones, of nodes that still are in the project. */
    static Map<String, Double> last(Map<String, Double> former, Collection<RunResult> results, Manifest current) {
        Map<String, Double> seconds = new HashMap<>(former);
        seconds.keySet().removeIf(id -> current.resource(id) == null);
        for (RunResult result : results) {
            if (result.isTiming()) {
                seconds.put(result.uniqueId(), result.executionSeconds());
            }
        }
        return seconds;
    }
}
