package io.jenkins.plugins.dbtslim.dbt.result;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How far a run has come, small enough to travel every few seconds.
 *
 * @param position bytes of the events that were read
 * @param phase {@code import}, {@code deps}, {@code parse}, {@code operation} or {@code build}; null before the first
 * @param operation the macro of the operation, or null
 * @param total nodes that are to run; -1 until dbt has chosen them
 * @param done nodes that ended, whatever came of them
 * @param failed those of them that failed
 * @param skipped those of them that dbt skipped
 * @param running seconds since the start of the run at which each node began that is at work, by unique_id; at most
 *     {@value #MAX_RUNNING}
 * @param failures unique_ids of what failed first, at most {@value #MAX_FAILURES}
 * @param lanes most nodes that were seen at work at once
 * @param seconds since the start of the run at the last event
 * @param work what is left to do
 * @param ended whether the run is over
 */
public record RunProgress(
        long position,
        String phase,
        @CheckForNull String operation,
        int total,
        int done,
        int failed,
        int skipped,
        Map<String, Double> running,
        List<String> failures,
        int lanes,
        double seconds,
        WorkLeft work,
        boolean ended)
        implements Serializable {
    private static final long serialVersionUID = 1L;
    static final int MAX_RUNNING = 200;
    static final int MAX_FAILURES = 20;

    /** Nothing is known yet. */
    public static final RunProgress NONE =
            new RunProgress(0, null, null, -1, 0, 0, 0, Map.of(), List.of(), 0, 0, WorkLeft.UNKNOWN, false);

    public RunProgress {
        // Plain collections, because these travel to and from agents.
        running = new LinkedHashMap<>(running);
        failures = new ArrayList<>(failures);
    }

    /** Share of the nodes that ended, from 0 to 1; -1 while the number of nodes is not known. */
    public double share() {
        return total <= 0 ? -1 : Math.min(1, (double) done / total);
    }

    /**
     * Seconds until the end by former timings, as of a moment of the run; -1 if too few are known.
     *
     * @param now seconds since the start of the run
     */
    public double secondsLeft(double now) {
        if (ended || total < 0 || !work.isKnown()) {
            return -1;
        }
        double spent = running.entrySet().stream()
                .mapToDouble(node -> Math.min(Math.max(0, now - node.getValue()), work.of(node.getKey())))
                .sum();
        return Math.max(0, work.seconds() - spent) / Math.max(1, lanes);
    }
}
