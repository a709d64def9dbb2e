package io.jenkins.plugins.dbtslim.report.data;

import io.jenkins.plugins.dbtslim.io.AgentLimits;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of nodes and tests since another run: which fail that did not fail there, which still fail, which were
 * repaired. A node that failed there and did not come to run here is in none of them.
 *
 * @param newlyFailing unique_ids, sorted, at most {@value #MAX_IDS}; likewise the others
 * @param newlyFailingCount how many there are; likewise the others
 */
public record RunComparison(
        List<String> newlyFailing,
        int newlyFailingCount,
        List<String> stillFailing,
        int stillFailingCount,
        List<String> fixed,
        int fixedCount)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Kept of each list: this is stored with the build. */
    static final int MAX_IDS = 25;

    public RunComparison {
        // Plain lists, because these are stored.
        newlyFailing = new ArrayList<>(newlyFailing);
        stillFailing = new ArrayList<>(stillFailing);
        fixed = new ArrayList<>(fixed);
    }

    /** How nodes ended, by unique_id; those that did not run are left out. */
    public static Map<String, NodeRun.Result> results(Collection<ReportNode> nodes) {
        Map<String, NodeRun.Result> results = new TreeMap<>();
        for (ReportNode node : nodes) {
            if (node.run() != null) {
                results.put(node.id(), node.run().result());
            }
        }
        return results;
    }

    /** Compares how nodes ended there and here. */
    public static RunComparison of(Map<String, NodeRun.Result> there, Map<String, NodeRun.Result> here) {
        List<String> newly = new ArrayList<>();
        List<String> still = new ArrayList<>();
        List<String> fixed = new ArrayList<>();
        new TreeMap<>(here).forEach((id, result) -> {
            boolean failedThere = there.get(id) == NodeRun.Result.FAILED;
            if (result == NodeRun.Result.FAILED) {
                (failedThere ? still : newly).add(id);
            } else if (failedThere && result != NodeRun.Result.SKIPPED) {
                fixed.add(id);
            }
        });
        return new RunComparison(first(newly), newly.size(), first(still), still.size(), first(fixed), fixed.size());
    }

    private static List<String> first(List<String> ids) {
        return ids.stream().limit(MAX_IDS).map(AgentLimits::cut).toList();
    }

    /** Whether nothing failed in either run. */
    public boolean isEmpty() {
        return newlyFailingCount + fixedCount + stillFailingCount == 0;
    }
}
