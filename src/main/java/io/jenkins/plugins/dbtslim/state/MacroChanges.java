package io.jenkins.plugins.dbtslim.state;

import io.jenkins.plugins.dbtslim.manifest.Macro;
import io.jenkins.plugins.dbtslim.manifest.Manifest;
import io.jenkins.plugins.dbtslim.manifest.Resource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Which macros changed and which resources call one of them, directly or through other macros. */
final class MacroChanges {
    private final Rules rules;
    private final Map<String, Macro> macros;
    private final Set<String> changed;
    private final Set<String> reaching;
    private Map<String, List<String>> callers;

    MacroChanges(Manifest state, Manifest current, Rules rules) {
        this.rules = rules;
        macros = current.macros();
        changed = rules.fusion() ? textChanged(state, current) : changed(state, current);
        reaching = reaching(changed);
    }

    Rules rules() {
        return rules;
    }

    /** Whether the resource reaches a macro that changed, was added or is gone. */
    boolean affect(Resource resource) {
        if (!changed.isEmpty()) {
            for (String macro : resource.dependsOnMacros()) {
                if (reaching.contains(macro)) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * A resource on which dbt fails, since it depends on a macro that does not exist (a generic test that is gone but still
     * asked for, say) and dbt comes across that before any changed macro.
     */
    Optional<Resource> failing(Collection<Resource> resources) {
        boolean missing = macros.values().stream().anyMatch(macro -> hasMissing(macro.dependsOn()))
                || resources.stream().anyMatch(resource -> hasMissing(resource.dependsOnMacros()));
        if (changed.isEmpty() || rules.fusion() || !missing) {
            return Optional.empty();
        }
        return resources.stream().filter(this::missesBeforeChanged).findFirst();
    }

    private static boolean hasMissing(List<String> called) {
        return called.stream().anyMatch(Objects::isNull);
    }

    /** Walks depth first in the order of the file, as dbt does. */
    private boolean missesBeforeChanged(Resource resource) {
        Set<String> visited = new HashSet<>();
        Deque<Iterator<String>> calls = new ArrayDeque<>();
        calls.push(resource.dependsOnMacros().iterator());
        while (!calls.isEmpty()) {
            if (!calls.peek().hasNext()) {
                calls.pop();
                continue;
            }
            String called = calls.peek().next();
            if (called == null) {
                return true;
            }
            if (changed.contains(called)) {
                return false;
            }
            if (visited.add(called) && macros.containsKey(called)) {
                calls.push(macros.get(called).dependsOn().iterator());
            }
        }
        return false;
    }

    /** unique_ids of the macros that changed, were added or are gone. */
    Set<String> changed() {
        return Collections.unmodifiableSet(changed);
    }

    /** These macros and all that call one of them: a resource that depends on any of them reaches one. */
    Set<String> reaching(Collection<String> targets) {
        return rules.fusion() ? new HashSet<>(targets) : callers(targets);
    }

    /** Those of them that the resource reaches. */
    Set<String> changed(Resource resource) {
        Set<String> seen = new HashSet<>(resource.dependsOnMacros());
        seen.remove(null);
        Deque<String> queue = new ArrayDeque<>(seen);
        while (!queue.isEmpty()) {
            Macro macro = macros.get(queue.remove());
            for (String called : macro == null ? List.<String>of() : macro.dependsOn()) {
                if (called != null && seen.add(called)) {
                    queue.add(called);
                }
            }
        }
        seen.retainAll(changed);
        return seen;
    }

    /** For each macro that the resource calls first-hand and that leads to a changed one: the calls from it to there. */
    List<List<String>> paths(Resource resource) {
        List<List<String>> paths = new ArrayList<>();
        for (String macro : resource.dependsOnMacros()) {
            if (reaching.contains(macro)) {
                paths.add(path(macro));
            }
        }
        return paths;
    }

    /** Breadth first, so it is a shortest one. */
    private List<String> path(String from) {
        Map<String, String> caller = new HashMap<>();
        Deque<String> queue = new ArrayDeque<>(List.of(from));
        caller.put(from, null);
        while (!queue.isEmpty()) {
            String at = queue.remove();
            if (changed.contains(at)) {
                List<String> path = new ArrayList<>();
                for (String step = at; step != null; step = caller.get(step)) {
                    path.add(step);
                }
                Collections.reverse(path);
                return path;
            }
            Macro macro = macros.get(at);
            for (String called : macro == null ? List.<String>of() : macro.dependsOn()) {
                if (called != null && !caller.containsKey(called)) {
                    caller.put(called, at);
                    queue.add(called);
                }
            }
        }
        return List.of(from);
    }

    private static Set<String> changed(Manifest state, Manifest current) {
        Set<String> changed = new HashSet<>();
        current.macros().forEach((id, macro) -> {
            Macro old = state.macros().get(id);
            if (old == null || !old.body().equals(macro.body())) {
                changed.add(id);
            }
        });
        for (String id : state.macros().keySet()) {
            if (!current.macros().containsKey(id)) {
                changed.add(id);
            }
        }
        return changed;
    }

    /** As dbt 2 does: text without white space at its ends, and only macros that both sides have. */
    private static Set<String> textChanged(Manifest state, Manifest current) {
        Set<String> changed = new HashSet<>();
        current.macros().forEach((id, macro) -> {
            Macro old = state.macros().get(id);
            if (old != null && !old.trimmedBody().equals(macro.trimmedBody())) {
                changed.add(id);
            }
        });
        return changed;
    }

    private Set<String> callers(Collection<String> targets) {
        if (callers == null) {
            callers = new HashMap<>();
            macros.values().forEach(macro -> macro.dependsOn()
                    .forEach(called -> callers.computeIfAbsent(called, c -> new ArrayList<>())
                            .add(macro.uniqueId())));
        }
        Set<String> reached = new HashSet<>(targets);
        Deque<String> queue = new ArrayDeque<>(targets);
        while (!queue.isEmpty()) {
            for (String caller : callers.getOrDefault(queue.remove(), List.of())) {
                if (reached.add(caller)) {
                    queue.add(caller);
                }
            }
        }
        return reached;
    }
}
