package io.jenkins.plugins.dbtslim.dbt.result;

import java.io.Serializable;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What nodes that have not ended will take by their former timings. A node that has none counts as the mean of the others;
 * where fewer than half have one, nothing is foretold.
 *
 * @param seconds all together, one after the other
 * @param mean of a node without a former timing; -1 if nothing is foretold
 * @param running former seconds of the nodes that are at work now, by unique_id, for as many as are known
 */
public record WorkLeft(double seconds, double mean, Map<String, Double> running) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Nothing can be foretold. */
    public static final WorkLeft UNKNOWN = new WorkLeft(0, -1, Map.of());

    public WorkLeft {
        running = new LinkedHashMap<>(running);
    }

    /**
     * Before anything ran.
     *
     * @param former seconds of former runs, by unique_id
     */
    static WorkLeft of(Collection<String> ids, Map<String, Double> former) {
        double known = 0;
        int timed = 0;
        for (String id : ids) {
            Double seconds = former.get(id);
            if (seconds != null) {
                known += seconds;
                timed++;
            }
        }
        if (timed == 0 || timed * 2 < ids.size()) {
            return UNKNOWN;
        }
        double mean = known / timed;
        return new WorkLeft(known + mean * (ids.size() - timed), mean, Map.of());
    }

    boolean isKnown() {
        return mean >= 0;
    }

    /** What a node took formerly, or the mean. */
    double of(String id) {
        return running.getOrDefault(id, Math.max(0, mean));
    }
}
