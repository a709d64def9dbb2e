package io.jenkins.plugins.dbtslim.selection;

import io.jenkins.plugins.dbtslim.manifest.Resource;
import io.jenkins.plugins.dbtslim.selection.Spec.Criterion;
import io.jenkins.plugins.dbtslim.state.StateException;
import io.jenkins.plugins.dbtslim.state.StateSelector;
import io.jenkins.plugins.dbtslim.state.StateWarning;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** The methods that look back at the state: {@code state:}, {@code result:} and {@code source_status:}. */
final class LookBack {
    private final StateInput input;
    private final Set<String> warnings;
    private final Set<String> events = new TreeSet<>();

    /** @param warnings where sentences are added that dbt warns with */
    LookBack(StateInput input, Set<String> warnings) {
        this.input = input;
        this.warnings = warnings;
    }

    /** dbt's warning events so far, sorted. */
    List<String> events() {
        return List.copyOf(events);
    }

    /** The test of one resource. */
    Predicate<Resource> predicate(Criterion criterion) throws SelectionException {
        return switch (criterion.method()) {
            case "state" -> state(criterion);
            case "result" -> result(criterion);
            default -> sourceStatus(criterion);
        };
    }

    private Predicate<Resource> state(Criterion criterion) throws SelectionException {
        if (input.comparison() == null) {
            throw new SelectionException(
                    "DbtRuntimeError",
                    "\"" + criterion.text()
                            + "\" needs a state to compare with, and there is none: fetch production's manifest first");
        }
        StateSelector selector = Methods.state(criterion);
        try {
            for (StateWarning warning : input.comparison().warnings(selector)) {
                warnings.add(warning.message() + " (" + warning.event() + ")");
                events.add(warning.event() + ":" + warning.name());
            }
        } catch (StateException e) {
            throw new SelectionException(e.dbtError(), e.getMessage());
        }
        return resource -> input.comparison().matches(selector, resource);
    }

    private Predicate<Resource> result(Criterion criterion) throws SelectionException {
        Map<String, String> statuses = input.statuses();
        if (statuses == null) {
            throw new SelectionException(
                    "DbtInternalError",
                    "\"" + criterion.text()
                            + "\" needs run_results.json in the folder of the state, and there is none: bring production's there");
        }
        return resource -> criterion.value().equals(statuses.get(resource.uniqueId()));
    }

    private Predicate<Resource> sourceStatus(Criterion criterion) throws SelectionException {
        Map<String, Optional<Instant>> before = input.loadedBefore();
        Map<String, Optional<Instant>> now = input.loadedNow();
        if (before == null || now == null) {
            throw new SelectionException(
                    "DbtInternalError",
                    "\"" + criterion.text()
                            + "\" needs sources.json in the folder of the state and beside the manifest");
        }
        if (!criterion.value().equals("fresher")) {
            return resource -> false;
        }
        return resource -> {
            Instant loaded =
                    now.getOrDefault(resource.uniqueId(), Optional.empty()).orElse(null);
            Optional<Instant> old = before.get(resource.uniqueId());
            return loaded != null && (old == null || old.isEmpty() || loaded.isAfter(old.get()));
        };
    }
}
