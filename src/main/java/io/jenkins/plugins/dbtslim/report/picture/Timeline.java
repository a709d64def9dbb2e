package io.jenkins.plugins.dbtslim.report.picture;

import static java.util.stream.Collectors.partitioningBy;

import io.jenkins.plugins.dbtslim.report.data.DisplayText;
import io.jenkins.plugins.dbtslim.report.data.ReportNode;
import io.jenkins.plugins.dbtslim.report.data.SlimReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Who ran when on which thread, as data.
 *
 * @param millis from the first start to the last end
 * @param lanes threads of dbt
 * @param ran timed nodes, of which at most {@value #BARS} have a bar: those that failed or are critical, then the
 *     longest
 * @param bars in the order of their starts
 * @param critical the chain of nodes that decided how long the run took, first node first
 * @param slowest the longest first
 */
public record Timeline(long millis, int lanes, int ran, List<Bar> bars, List<Step> critical, List<Step> slowest) {
    static final Timeline EMPTY = new Timeline(0, 0, 0, List.of(), List.of(), List.of());
    private static final int BARS = 300;
    private static final int SLOWEST = 5;

    /**
     * One node in the picture.
     *
     * @param lane number of its thread, from 0
     * @param startMillis after the first start
     */
    public record Bar(
            String name, String status, double seconds, int lane, long startMillis, boolean test, boolean critical) {}

    /**
     * One node of a list.
     *
     * @param number of the node in the report
     */
    public record Step(int number, String id, String name, double seconds) {}

    private static final Comparator<ReportNode> LONGEST = Comparator.comparingDouble(
                    (ReportNode node) -> -node.run().seconds())
            .thenComparing(ReportNode::id);

    public static Timeline of(SlimReport report) {
        Map<String, Integer> numbers = new HashMap<>();
        List<ReportNode> ran = new ArrayList<>();
        for (ReportNode node : report.nodes()) {
            numbers.put(node.id(), numbers.size());
            if (node.run() != null && node.run().startedMillis() != 0) {
                ran.add(node);
            }
        }
        if (ran.isEmpty()) {
            return EMPTY;
        }
        ran.sort(LONGEST);
        long start =
                ran.stream().mapToLong(node -> node.run().startedMillis()).min().getAsLong();
        long end =
                ran.stream().mapToLong(node -> node.run().endedMillis()).max().getAsLong();
        Map<String, Integer> lanes = lanes(ran);
        List<ReportNode> chain = CriticalPath.of(report);
        Set<String> critical = new HashSet<>(chain.stream().map(ReportNode::id).toList());
        Map<Boolean, List<ReportNode>> matters =
                ran.stream().collect(partitioningBy(node -> node.failed() || critical.contains(node.id())));
        List<Bar> bars = Stream.concat(matters.get(true).stream(), matters.get(false).stream())
                .limit(BARS)
                .sorted(Comparator.comparingLong((ReportNode node) -> node.run().startedMillis())
                        .thenComparing(ReportNode::id))
                .map(node -> new Bar(
                        DisplayText.cut(node.name(), DisplayText.SHOWN),
                        node.run().status(),
                        node.run().seconds(),
                        lanes.get(lane(node)),
                        node.run().startedMillis() - start,
                        node.isTest(),
                        critical.contains(node.id())))
                .toList();
        return new Timeline(
                Math.max(1, end - start),
                lanes.size(),
                ran.size(),
                bars,
                steps(chain, numbers),
                steps(ran.stream().filter(node -> !node.isTest()).limit(SLOWEST).toList(), numbers));
    }

    private static List<Step> steps(List<ReportNode> nodes, Map<String, Integer> numbers) {
        return nodes.stream()
                .map(node -> new Step(
                        numbers.get(node.id()),
                        node.id(),
                        node.name(),
                        node.run().seconds()))
                .toList();
    }

    /** Threads in the order of their names' numbers. */
    private static Map<String, Integer> lanes(List<ReportNode> ran) {
        List<String> names =
                new ArrayList<>(new HashSet<>(ran.stream().map(Timeline::lane).toList()));
        names.sort(Comparator.comparingInt(Timeline::threadNumber).thenComparing(Comparator.naturalOrder()));
        Map<String, Integer> lanes = new HashMap<>();
        names.forEach(name -> lanes.put(name, lanes.size()));
        return lanes;
    }

    private static String lane(ReportNode node) {
        return node.run().thread() == null ? "" : node.run().thread();
    }

    private static int threadNumber(String name) {
        String digits = name.replaceAll("\\D", "");
        return digits.isEmpty() || digits.length() > 8 ? 0 : Integer.parseInt(digits);
    }
}
