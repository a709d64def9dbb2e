package io.jenkins.plugins.dbtslim.report.data;

import java.util.List;

/**
 * What a run that deferred read of nodes that it did not build, by the SQL that dbt compiled.
 *
 * @param production unique_ids of those that were read from production's relations, sorted
 * @param own unique_ids of those that an earlier build had left in the run's own environment, sorted
 */
public record DeferredReads(List<String> production, List<String> own) {
    public static final DeferredReads NONE = new DeferredReads(List.of(), List.of());

    public DeferredReads {
        production = List.copyOf(production);
        own = List.copyOf(own);
    }
}
