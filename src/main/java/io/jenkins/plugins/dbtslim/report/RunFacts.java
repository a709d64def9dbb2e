package io.jenkins.plugins.dbtslim.report;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a report tells of a run that neither its outcome nor its manifests know.
 *
 * @param select what the caller asked for, one entry an option; a YAML selector as {@code selector:NAME}
 * @param exclude likewise
 * @param target dbt's target, or null for the profile's own
 * @param deferred whether parents that were not built were read from production
 * @param commit of the sources, or null
 * @param indirectSelection dbt's mode, such as {@code cautious}, or null for its default
 * @param moreArguments whether dbt got other arguments too, which may narrow what it selects
 * @param formerSeconds what nodes took in earlier runs, by unique_id; may be empty
 */
public record RunFacts(
        List<String> select,
        List<String> exclude,
        String target,
        boolean deferred,
        String commit,
        String indirectSelection,
        boolean moreArguments,
        Map<String, Double> formerSeconds)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public RunFacts {
        // Plain lists and maps, because these travel to agents.
        select = new ArrayList<>(select);
        exclude = new ArrayList<>(exclude);
        formerSeconds = new HashMap<>(formerSeconds);
    }

    /** The facts of a run with dbt's own modes and no history. */
    public RunFacts(List<String> select, List<String> exclude, String target, boolean deferred, String commit) {
        this(select, exclude, target, deferred, commit, null, false, Map.of());
    }

    /** The same with what else decides which nodes dbt selects. */
    public RunFacts selectedWith(String mode, boolean otherArguments) {
        return new RunFacts(select, exclude, target, deferred, commit, mode, otherArguments, formerSeconds);
    }

    /** The same with the timings of earlier runs. */
    public RunFacts after(Map<String, Double> seconds) {
        return new RunFacts(select, exclude, target, deferred, commit, indirectSelection, moreArguments, seconds);
    }
}
