package io.jenkins.plugins.dbtslim.jenkins.build;

import io.jenkins.plugins.dbtslim.dbt.ExitStatus;
import java.io.Serializable;
import java.util.List;

/**
 * What came of a run, brought from the agent: bounded, while manifests stay there.
 *
 * @param status how dbt ended
 * @param error what went wrong, in one sentence, or null
 * @param dbtVersion or null when dbt was not reached
 * @param manifest path of the kept manifest on the agent, or null
 * @param report path of the report on the agent, or null
 * @param changes against production
 * @param selected unique_ids that dbt selected, at most {@value #MAX_IDS}
 * @param failed names of what failed, at most {@value #MAX_IDS}
 * @param onlyTestsFailed whether everything was built and only tests failed
 * @param seconds the whole run took
 * @param cleaned files that dbt left and that secrets were taken out of
 */
record Collected(
        ExitStatus status,
        String error,
        String dbtVersion,
        String manifest,
        String report,
        ChangeLists changes,
        List<String> selected,
        List<String> failed,
        boolean onlyTestsFailed,
        double seconds,
        int cleaned)
        implements Serializable {
    private static final long serialVersionUID = 1L;
    static final int MAX_IDS = 10_000;
}
