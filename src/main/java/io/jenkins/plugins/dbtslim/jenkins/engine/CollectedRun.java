package io.jenkins.plugins.dbtslim.jenkins.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.dbt.result.DeploymentState;
import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;
import io.jenkins.plugins.dbtslim.io.AgentLimits;
import java.io.Serializable;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * What came of a run, brought from the agent: bounded, while manifests stay there.
 *
 * @param status how dbt ended
 * @param error what went wrong, in one sentence, or null
 * @param dbtVersion or null when dbt was not reached
 * @param manifest path of the kept manifest on the agent, or null
 * @param report path of the report on the agent, or null
 * @param changes against production
 * @param selected unique_ids that dbt selected, at most {@link AgentLimits#IDS}
 * @param failed names of what failed, at most {@link AgentLimits#IDS}
 * @param onlyTestsFailed whether everything was built and only tests failed
 * @param seconds the whole run took
 * @param secretAt where the kept manifest holds a secret, see SecretScan, or null
 * @param ended whether dbt's driver came to its end, and was not killed
 * @param worked whether dbt may have made something in the database
 * @param deployment how far a blue/green deployment is, or null where there is none
 */
@Restricted(NoExternalUse.class)
public record CollectedRun(
        RunStatus status,
        @CheckForNull String error,
        @CheckForNull String dbtVersion,
        @CheckForNull String manifest,
        @CheckForNull String report,
        ChangeLists changes,
        List<String> selected,
        List<String> failed,
        boolean onlyTestsFailed,
        double seconds,
        @CheckForNull String secretAt,
        boolean ended,
        boolean worked,
        @CheckForNull DeploymentState deployment)
        implements Serializable {
    private static final long serialVersionUID = 3L;
}
