package io.jenkins.plugins.dbtslim.jenkins.build;

import hudson.AbortException;
import hudson.FilePath;
import io.jenkins.plugins.dbtslim.dbt.DbtException;
import io.jenkins.plugins.dbtslim.dbt.DbtPlan;
import io.jenkins.plugins.dbtslim.jenkins.AgentPaths;
import io.jenkins.plugins.dbtslim.jenkins.BuildSite;
import io.jenkins.plugins.dbtslim.jenkins.JenkinsFacade;
import io.jenkins.plugins.dbtslim.jenkins.config.DbtSlimConfiguration;
import io.jenkins.plugins.dbtslim.jenkins.credentials.Login;
import io.jenkins.plugins.dbtslim.jenkins.credentials.SecretEnvironment;
import io.jenkins.plugins.dbtslim.jenkins.report.Brought;
import io.jenkins.plugins.dbtslim.jenkins.report.Reports;
import io.jenkins.plugins.dbtslim.jenkins.report.RunState;
import io.jenkins.plugins.dbtslim.jenkins.report.SlimAction;
import io.jenkins.plugins.dbtslim.jenkins.store.FetchedState;
import io.jenkins.plugins.dbtslim.jenkins.tool.DbtSource;
import io.jenkins.plugins.dbtslim.report.RunFacts;
import java.io.IOException;
import java.util.List;

/** What Pipeline and freestyle do before dbt runs; it may be done again after a restart. */
final class Preparing {
    private final BuildStep step;
    private final BuildSite site;
    private final StepKey key;

    Preparing(BuildStep step, BuildSite site, StepKey key) {
        this.step = step;
        this.site = site;
        this.key = key;
    }

    /** Resolves options and secrets, and lays the driver out on the agent. */
    PreparedRun prepare() throws IOException, InterruptedException {
        return BuildSite.withSentences(() -> {
            if (site.workspace() == null) {
                throw new AbortException("The agent is away: dbt was not started.");
            }
            BuildChecks.require(step);
            RunSettings settings =
                    RunSettings.of(step, site.env(), DbtSlimConfiguration.get().getHost());
            StateChoice state = StateChoice.of(step.getState(), FetchedState.ofPath(site.run(), step.getState()));
            if (state.isFullBuild()) {
                site.log().println("Building everything, because there was no manifest at " + state.missingAt());
            }
            DbtPlan plan = Plans.of(step, state, site.workspace().getRemote());
            SecretEnvironment secrets = environment(settings);
            String environment = settings.environment(step.getTarget());
            if (environment != null) {
                RunningEnvironments.take(environment, key, site.run().getFullDisplayName(), JenkinsFacade::isBuilding);
            }
            DbtSource source = step.source(site);
            SlimAction action = Reports.attach(site.run(), step.getId(), key.toString());
            FilePath folder = RunFolder.of(site.workspace(), site.run().getNumber(), action.getId());
            secrets.open("DBT_LOG_PATH", AgentPaths.child(folder.getRemote(), RunFolder.LOGS));
            List<String> command;
            try {
                command = folder.act(new DriverFiles(
                        plan, source, List.copyOf(secrets.names()), profilesDirs(plan), settings.host() != null));
            } catch (DbtException e) {
                action.end(RunState.ERROR, e.getMessage(), null, Brought.NOTHING);
                throw e;
            }
            return new PreparedRun(
                    action.getId(),
                    AgentFolder.of(folder),
                    plan.projectDir(),
                    state.isFullBuild() ? null : plan.state(),
                    environment,
                    command,
                    site.launcher().isUnix(),
                    secrets,
                    facts(),
                    site.env().get("CHANGE_TARGET"),
                    step.getJunit() == null
                            ? null
                            : AgentPaths.child(site.workspace().getRemote(), step.getJunit()));
        });
    }

    /** Where dbt may find profiles.yml in the workspace, which is what it sees wherever it runs. */
    private List<String> profilesDirs(DbtPlan plan) {
        String workspace = site.workspace().getRemote();
        String named = step.getProfilesDir() != null
                ? step.getProfilesDir()
                : site.env().get("DBT_PROFILES_DIR");
        return named != null ? List.of(AgentPaths.child(workspace, named)) : List.of(plan.projectDir(), workspace);
    }

    private SecretEnvironment environment(RunSettings settings) throws IOException {
        SecretEnvironment secrets = SecretEnvironment.of(site.env());
        settings.variables().forEach(secrets::open);
        if (step.getCredentialsId() != null) {
            Login login = Login.find(step.getCredentialsId(), site.run());
            secrets.open("MZ_USER", login.user());
            secrets.put("MZ_PASSWORD", login.password());
            site.log()
                    .println(
                            "MZ_USER and MZ_PASSWORD are those of the credentials \"" + step.getCredentialsId() + "\"");
        }
        secrets.tell(site.log());
        return secrets;
    }

    private RunFacts facts() {
        return new RunFacts(
                        List.of(step.getSelector() == null ? step.getSelect() : "selector:" + step.getSelector()),
                        step.getExclude() == null ? List.of() : List.of(step.getExclude()),
                        step.getTarget(),
                        step.isDefer(),
                        site.env().get("GIT_COMMIT"))
                .selectedWith(
                        null,
                        step.getExtraArgs() != null && !step.getExtraArgs().isEmpty());
    }
}
