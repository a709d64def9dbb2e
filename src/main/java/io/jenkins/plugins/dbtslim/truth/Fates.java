package io.jenkins.plugins.dbtslim.truth;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.dbt.result.RunRecord;
import io.jenkins.plugins.dbtslim.dbt.result.RunResult;
import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;
import io.jenkins.plugins.dbtslim.manifest.Manifest;
import io.jenkins.plugins.dbtslim.manifest.Resource;
import io.jenkins.plugins.dbtslim.manifest.Section;
import io.jenkins.plugins.dbtslim.state.StateComparison;
import io.jenkins.plugins.dbtslim.state.StateSelector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decides the {@link Fate} of each node, test and function of the current manifest: the rules of what is in production.
 *
 * <p>Ephemeral models, sources, models of other projects and macros are nothing of ours in production but part of the code
 * of those that use them. They are published as they are now; so a user of one that changed counts as changed itself, or
 * that it was not built would be lost.
 */
final class Fates {
    private final Manifest current;
    private final StateComparison comparison;
    private final RunRecord run;
    private final Set<String> differ = new HashSet<>();
    private final Set<String> below;

    /**
     * The rules for one run.
     *
     * @param comparison with the former manifest, or null if there is none
     */
    Fates(Manifest current, @CheckForNull StateComparison comparison, RunRecord run) {
        this.current = current;
        this.comparison = comparison;
        this.run = run;
        if (comparison != null) {
            findDiffering();
        }
        below = below();
    }

    /**
     * By unique_id, of all that could be in production, in the order of the file. dbt runs a unit test only along with its
     * model; so where the test was to run and did not, the model waits with it, or it never would.
     */
    Map<String, Fate> all() {
        Map<String, Fate> fates = new LinkedHashMap<>();
        for (Resource now : current.resources()) {
            if (counts(now.section())) {
                fates.put(now.uniqueId(), of(now));
            }
        }
        current.resources().stream()
                .filter(test -> test.section() == Section.UNIT_TESTS)
                .filter(test -> fates.get(test.uniqueId()).why() == NotBuilt.NOT_REACHED)
                .flatMap(test -> test.dependsOn().stream())
                .filter(model -> Fate.UNCHANGED.equals(fates.get(model)) && isBuildable(current.resource(model)))
                .forEach(model -> fates.put(model, Fate.pending(NotBuilt.UNTESTED)));
        return fates;
    }

    /** Whether entries of a section can be in production, or not. */
    static boolean counts(Section section) {
        return section == Section.NODES || section == Section.FUNCTIONS || section == Section.UNIT_TESTS;
    }

    private Fate of(Resource now) {
        Resource old = old(now);
        String id = now.uniqueId();
        if (isTest(now)) {
            return test(now, old);
        }
        if (!isBuildable(now)) {
            return old == null || differ.contains(id) ? Fate.DEFINITION : Fate.UNCHANGED;
        }
        if (isBuilt(id)) {
            return Fate.BUILT;
        }
        if (old == null) {
            return Fate.absent(why(id));
        }
        if (differ.contains(id) || wasBegun(id)) {
            return Fate.pending(why(id));
        }
        return wasWanted(id) && below.contains(id) ? Fate.pending(why(id)) : Fate.UNCHANGED;
    }

    private Fate test(Resource now, Resource old) {
        String id = now.uniqueId();
        String status = run.statuses().get(id);
        boolean passed = "pass".equals(status) || "warn".equals(status) || "success".equals(status);
        if (passed && run.narrowed() == null) {
            return Fate.BUILT;
        }
        return old == null || differ.contains(id) || wasWanted(id) ? Fate.absent(why(id)) : Fate.UNCHANGED;
    }

    private boolean isBuilt(String id) {
        String status = run.statuses().get(id);
        return ("success".equals(status) || "reused".equals(status)) && run.narrowed() == null;
    }

    /** Whether dbt began it and did not come to a good end, so that production may have half of it. */
    private boolean wasBegun(String id) {
        String status = run.statuses().get(id);
        return status != null && !"skipped".equals(status) && !"no-op".equals(status);
    }

    private boolean wasWanted(String id) {
        return run.statuses().containsKey(id)
                || (run.selected() != null && run.selected().contains(id));
    }

    private NotBuilt why(String id) {
        String status = run.statuses().get(id);
        if (status == null) {
            return wasWanted(id) || (run.status() == RunStatus.ABORTED && run.selected() == null)
                    ? NotBuilt.NOT_REACHED
                    : NotBuilt.NOT_SELECTED;
        }
        return switch (status) {
            case "success", "pass", "warn", "reused" -> NotBuilt.NARROWED;
            case "skipped", "no-op" -> NotBuilt.SKIPPED;
            case RunResult.INTERRUPTED -> NotBuilt.INTERRUPTED;
            case RunResult.DROPPED -> NotBuilt.DROPPED;
            default -> NotBuilt.FAILED;
        };
    }

    private Resource old(Resource now) {
        return comparison == null ? null : comparison.old(now);
    }

    static boolean isTest(Resource resource) {
        return "test".equals(resource.resourceType()) || resource.section() == Section.UNIT_TESTS;
    }

    private static boolean isEphemeral(Resource resource) {
        return "ephemeral".equals(resource.materialized());
    }

    static boolean isBuildable(Resource resource) {
        return switch (String.valueOf(resource.resourceType())) {
            case "model", "snapshot", "seed", "function" -> !isEphemeral(resource) && !resource.isOfAnotherProject();
            default -> false;
        };
    }

    private void findDiffering() {
        Set<String> inlined = new HashSet<>();
        Map<String, List<Resource>> users = new HashMap<>();
        for (Resource now : current.resources()) {
            now.dependsOn().forEach(parent -> users.computeIfAbsent(parent, id -> new ArrayList<>())
                    .add(now));
            if (comparison.matches(StateSelector.MODIFIED, now)) {
                differ.add(now.uniqueId());
            }
            if (isInlinedAndDiffers(now)) {
                inlined.add(now.uniqueId());
            }
        }
        Deque<String> queue = new ArrayDeque<>(inlined);
        while (!queue.isEmpty()) {
            for (Resource user : users.getOrDefault(queue.remove(), List.of())) {
                differ.add(user.uniqueId());
                if (isEphemeral(user) && inlined.add(user.uniqueId())) {
                    queue.add(user.uniqueId());
                }
            }
        }
    }

    private boolean isInlinedAndDiffers(Resource now) {
        if (now.section() == Section.SOURCES || now.isOfAnotherProject()) {
            return old(now) != null && comparison.matches(StateSelector.RELATION, now);
        }
        boolean wasInlined = old(now) != null && isEphemeral(old(now));
        return (isEphemeral(now) || wasInlined) && differ.contains(now.uniqueId());
    }

    /** What reads, directly or not, something that differs. */
    private Set<String> below() {
        Map<String, List<String>> users = new HashMap<>();
        for (Resource now : current.resources()) {
            now.dependsOn().forEach(parent -> users.computeIfAbsent(parent, id -> new ArrayList<>())
                    .add(now.uniqueId()));
        }
        Set<String> reached = new HashSet<>();
        Deque<String> queue = new ArrayDeque<>(differ);
        while (!queue.isEmpty()) {
            for (String user : users.getOrDefault(queue.remove(), List.of())) {
                if (reached.add(user)) {
                    queue.add(user);
                }
            }
        }
        return reached;
    }
}
