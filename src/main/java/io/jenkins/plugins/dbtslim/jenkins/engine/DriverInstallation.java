package io.jenkins.plugins.dbtslim.jenkins.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.FilePath;
import io.jenkins.plugins.dbtslim.dbt.DbtPlan;
import io.jenkins.plugins.dbtslim.jenkins.AgentPaths;
import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import io.jenkins.plugins.dbtslim.jenkins.WorkspaceAgent;
import io.jenkins.plugins.dbtslim.jenkins.agent.AgentFolder;
import io.jenkins.plugins.dbtslim.jenkins.agent.RunFolder;
import io.jenkins.plugins.dbtslim.jenkins.credentials.SecretEnvironment;
import io.jenkins.plugins.dbtslim.jenkins.tool.DbtSource;
import io.jenkins.plugins.dbtslim.report.make.RunFacts;
import java.io.IOException;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Lays the driver of a run out on the agent: the same for every step that runs dbt. */
@Restricted(NoExternalUse.class)
public final class DriverInstallation {
    private final StepSite site;
    private final DbtSource source;

    /** Looks where dbt comes from. */
    public DriverInstallation(DbtStep step, StepSite site) throws IOException, InterruptedException {
        this.site = site;
        this.source = step.source(site);
    }

    /**
     * Lays it out.
     *
     * @param id of the run within its build
     * @param secrets what dbt gets by its environment
     * @param environments that no other build may work in meanwhile
     * @param facts what the report tells of the options, or null where there is no report
     * @param junit file in the workspace for results as JUnit XML, or null
     */
    public PreparedRun lay(
            String id,
            DbtPlan plan,
            SecretEnvironment secrets,
            List<String> environments,
            @CheckForNull RunFacts facts,
            @CheckForNull String junit)
            throws IOException, InterruptedException {
        String results =
                junit == null ? null : new WorkspaceAgent(site.workspace(), site.listener()).within(junit, "junit");
        FilePath folder = RunFolder.of(site.workspace(), site.run().getNumber(), id);
        secrets.open("DBT_LOG_PATH", AgentPaths.child(folder.getRemote(), RunFolder.LOGS));
        List<String> command = folder.act(new InstallDriverCallable(plan, source, List.copyOf(secrets.names())));
        return new PreparedRun(
                id,
                AgentFolder.of(folder),
                plan.state(),
                environments,
                command,
                site.launcher().isUnix(),
                secrets,
                facts,
                site.env().get("CHANGE_TARGET"),
                results);
    }

    /** Where dbt may find profiles.yml in the workspace, which is what it sees wherever it runs. */
    static List<String> profilesDirs(DbtStep step, StepSite site) {
        String workspace = site.workspace().getRemote();
        String named = step.getProfilesDir() != null
                ? step.getProfilesDir()
                : site.env().get("DBT_PROFILES_DIR");
        return named != null
                ? List.of(AgentPaths.child(workspace, named))
                : List.of(AgentPaths.child(workspace, step.getProjectDir()), workspace);
    }
}
