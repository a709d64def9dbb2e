package io.jenkins.plugins.dbtslim.truth;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.dbt.result.RunResult;
import io.jenkins.plugins.dbtslim.io.FirstNames;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a manifest that is true of production says, and does not say.
 *
 * @param nothing why there is nothing to publish, in one sentence; null where a manifest was written
 * @param built nodes that stand in it as this run built them, in the order of the project
 * @param unchanged those that stand in it because nothing about them changed
 * @param pending nodes that stand in it by their former entry and a mark, sorted by id
 * @param absent nodes and tests of the project that do not stand in it: new ones that were not built, tests that did
 *     not pass; sorted by id
 * @param removed unique_ids of the former manifest that the project no longer has, sorted
 * @param commit of the project's checkout that the run built, or null
 */
public record ProductionSummary(
        @CheckForNull String nothing,
        List<String> built,
        int unchanged,
        List<PendingNode> pending,
        List<PendingNode> absent,
        List<String> removed,
        @CheckForNull String commit)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public ProductionSummary {
        // Plain lists, because these travel from agents.
        built = new ArrayList<>(built);
        pending = new ArrayList<>(pending);
        absent = new ArrayList<>(absent);
        removed = new ArrayList<>(removed);
    }

    /** Nothing was written. */
    static ProductionSummary nothing(String why) {
        return new ProductionSummary(why, List.of(), 0, List.of(), List.of(), List.of(), null);
    }

    /** For scripts: whether there was something to publish, and what is left to build, with why and since when. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("published", isPublishable());
        map.put("nothing", nothing);
        map.put("pending", maps(pending));
        map.put("absent", maps(absent));
        map.put("removed", new ArrayList<>(removed));
        return map;
    }

    private static List<Map<String, Object>> maps(List<PendingNode> nodes) {
        return new ArrayList<>(nodes.stream().map(PendingNode::toMap).toList());
    }

    /** Whether a manifest was written, which is to be published. */
    public boolean isPublishable() {
        return nothing == null;
    }

    /** Whether production has everything that the project asks for. */
    public boolean isWhole() {
        return nothing == null && pending.isEmpty() && absent.isEmpty();
    }

    /**
     * Lines for a log, without a prefix: what is left to build, and what is gone; none where there is nothing to say.
     */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (nothing != null) {
            lines.add(nothing);
        }
        add(
                lines,
                pending,
                "not built as the project asks for, so production's manifest keeps the former version and the"
                        + " next run finds them modified: ");
        List<PendingNode> tests =
                absent.stream().filter(node -> RunResult.isTest(node.id())).toList();
        List<PendingNode> nodes =
                absent.stream().filter(node -> !RunResult.isTest(node.id())).toList();
        add(lines, nodes, "new and not built, so production's manifest does not have them: ");
        add(lines, tests, "tests that did not pass, so production's manifest leaves them to the next run: ");
        if (!removed.isEmpty()) {
            lines.add(removed.size() + " removed from the project, and so from production's manifest: "
                    + FirstNames.of(removed));
        }
        return lines;
    }

    /** For a run that is not published: what it changed in production all the same. */
    public String builtSentence() {
        return built.isEmpty() ? "This run built nothing." : "This run built " + FirstNames.of(built) + ".";
    }

    private static void add(List<String> lines, List<PendingNode> nodes, String what) {
        if (!nodes.isEmpty()) {
            lines.add(nodes.size() + " " + what
                    + FirstNames.of(nodes.stream().map(PendingNode::toString).toList()));
        }
    }

    /** How many are pending or absent, by why. */
    public Map<String, Long> reasons() {
        Map<String, Long> reasons = new TreeMap<>();
        pending.forEach(node -> reasons.merge(node.why(), 1L, Long::sum));
        absent.forEach(node -> reasons.merge(node.why(), 1L, Long::sum));
        return reasons;
    }
}
