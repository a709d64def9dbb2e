package io.jenkins.plugins.dbtslim.selection;

import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;

/** What was selected, and why. */
public final class SelectionResult {
    private final NavigableSet<String> ids;
    private final List<String> warnings;
    private final List<String> events;
    private final Paths paths;

    SelectionResult(NavigableSet<String> ids, List<String> warnings, List<String> events, Paths paths) {
        this.ids = Collections.unmodifiableNavigableSet(ids);
        this.warnings = List.copyOf(warnings);
        this.events = List.copyOf(events);
        this.paths = paths;
    }

    /** The selected unique_ids. */
    public NavigableSet<String> ids() {
        return ids;
    }

    /** What dbt warns about, and what is uncertain; one sentence each. */
    public List<String> warnings() {
        return warnings;
    }

    /** dbt's warning events of the comparison, as {@code Name:resource}. */
    public List<String> events() {
        return events;
    }

    /**
     * Why a resource is selected: a shortest path along the graph from one that a criterion names (first) to it (last).
     * A resource that is named itself gives a path of one; one that is not selected, an empty path.
     */
    public List<String> path(String uniqueId) {
        return ids.contains(uniqueId) ? paths.to(uniqueId) : List.of();
    }
}
