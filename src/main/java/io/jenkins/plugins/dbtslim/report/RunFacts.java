package io.jenkins.plugins.dbtslim.report;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What the report tells of a run that dbt's files do not: as it was asked for.
 *
 * @param select selectors, one entry an option; likewise exclude
 * @param target dbt target, or null for the profile's own
 * @param deferred whether parents that were not built were read from production
 * @param commit of the sources, or null
 */
public record RunFacts(List<String> select, List<String> exclude, String target, boolean deferred, String commit)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public RunFacts {
        // Plain lists, because these travel to agents.
        select = new ArrayList<>(select);
        exclude = new ArrayList<>(exclude);
    }
}
