package io.jenkins.plugins.dbtslim.report.picture;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.report.data.ReportNode;
import io.jenkins.plugins.dbtslim.report.data.SlimReport;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/**
 * The chain of nodes that decided how long the run took: from the node that ended last, back to the one that it waited
 * for longest, and so on. In {@code dbt build} a node waits for its parents and for the tests of its parents.
 */
final class CriticalPath {
    private static final Comparator<ReportNode> BY_END = Comparator.comparingLong(
                    (ReportNode node) -> node.run().endedMillis())
            .thenComparing(ReportNode::id);

    private CriticalPath() {}

    /** The chain, first node first; empty if nothing was timed. */
    static List<ReportNode> of(SlimReport report) {
        Map<String, NavigableMap<Long, ReportNode>> tests = new HashMap<>();
        ReportNode last = null;
        for (ReportNode node : report.nodes()) {
            if (!timed(node)) {
                continue;
            }
            last = last == null || BY_END.compare(node, last) > 0 ? node : last;
            if (node.isTest()) {
                node.dependsOn().forEach(id -> tests.computeIfAbsent(id, key -> new TreeMap<>())
                        .merge(node.run().endedMillis(), node, BinaryOperator.maxBy(BY_END)));
            }
        }
        List<ReportNode> chain = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        while (last != null && seen.add(last.id())) {
            chain.add(last);
            last = before(last, report, tests);
        }
        Collections.reverse(chain);
        return chain;
    }

    private static boolean timed(ReportNode node) {
        return node != null && node.run() != null && node.run().startedMillis() != 0;
    }

    /** What the node waited for longest, or null. */
    @CheckForNull
    private static ReportNode before(
            ReportNode node, SlimReport report, Map<String, NavigableMap<Long, ReportNode>> tests) {
        long start = node.run().startedMillis() + 50;
        List<ReportNode> candidates = new ArrayList<>();
        for (String id : node.dependsOn()) {
            candidates.add(report.node(id));
            Map.Entry<Long, ReportNode> lastTest = node.isTest() || !tests.containsKey(id)
                    ? null
                    : tests.get(id).floorEntry(start);
            candidates.add(lastTest == null ? null : lastTest.getValue());
        }
        return candidates.stream()
                .filter(CriticalPath::timed)
                .filter(each -> each.run().endedMillis() <= start)
                .max(BY_END)
                .orElse(null);
    }
}
