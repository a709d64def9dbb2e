package io.jenkins.plugins.dbtslim.jenkins.step.slimbuild;

import hudson.AbortException;
import io.jenkins.plugins.dbtslim.dbt.CiTag;
import io.jenkins.plugins.dbtslim.dbt.DbtException;
import io.jenkins.plugins.dbtslim.dbt.DbtPlan;
import io.jenkins.plugins.dbtslim.dbt.Preset;
import io.jenkins.plugins.dbtslim.jenkins.JenkinsFacade;
import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import io.jenkins.plugins.dbtslim.jenkins.config.DbtSlimConfiguration;
import io.jenkins.plugins.dbtslim.jenkins.credentials.SecretEnvironment;
import io.jenkins.plugins.dbtslim.jenkins.engine.DriverInstallation;
import io.jenkins.plugins.dbtslim.jenkins.engine.EnvironmentLocks;
import io.jenkins.plugins.dbtslim.jenkins.engine.EnvironmentRecords;
import io.jenkins.plugins.dbtslim.jenkins.engine.OptionChecks;
import io.jenkins.plugins.dbtslim.jenkins.engine.PreparedRun;
import io.jenkins.plugins.dbtslim.jenkins.engine.RunSettings;
import io.jenkins.plugins.dbtslim.jenkins.engine.StateChoice;
import io.jenkins.plugins.dbtslim.jenkins.engine.StepKey;
import io.jenkins.plugins.dbtslim.jenkins.engine.StepPlan;
import io.jenkins.plugins.dbtslim.jenkins.page.ActionReport;
import io.jenkins.plugins.dbtslim.jenkins.page.Reports;
import io.jenkins.plugins.dbtslim.jenkins.page.RunState;
import io.jenkins.plugins.dbtslim.jenkins.page.SlimAction;
import io.jenkins.plugins.dbtslim.jenkins.store.FetchedState;
import io.jenkins.plugins.dbtslim.report.make.RunFacts;
import java.io.IOException;
import java.util.List;

/** What Pipeline and freestyle do before dbt runs; it may be done again after a restart. */
final class SlimBuildPreparation {
    private final SlimBuildStep step;
    private final StepSite site;
    private final StepKey key;

    SlimBuildPreparation(SlimBuildStep step, StepSite site, StepKey key) {
        this.step = step;
        this.site = site;
        this.key = key;
    }

    /** Resolves options and secrets, and lays the driver out on the agent. */
    PreparedRun prepare() throws IOException, InterruptedException {
        return StepSite.withSentences(() -> {
            if (site.workspace() == null) {
                throw new AbortException("The agent is away, so dbt was not started: build again when it is back.");
            }
            OptionChecks.require(step);
            RunSettings settings = withTag(
                    RunSettings.of(step, site.env(), DbtSlimConfiguration.get().getHost()));
            StateChoice state = StateChoice.of(step.getState(), FetchedState.ofPath(site.run(), step.getState()));
            if (state.isFullBuild()) {
                site.log().println("Building everything, because there was no manifest at " + state.missingAt());
            }
            DbtPlan plan = StepPlan.of(step, state, site.workspace().getRemote(), settings.ciTag());
            SecretEnvironment secrets = settings.secrets(step, site);
            String environment = settings.environment(
                    step.effectiveTarget(), site.run().getParent().getParent().getFullName());
            if (environment != null) {
                EnvironmentLocks.take(environment, key, site.run().getFullDisplayName(), JenkinsFacade::isBuilding);
            }
            DriverInstallation layout = new DriverInstallation(step, site);
            note(settings, plan);
            SlimAction action = Reports.attach(site.run(), step.getId(), key.toString());
            try {
                return layout.lay(action.getId(), plan, secrets, environment, facts(), step.getJunit());
            } catch (DbtException e) {
                action.end(RunState.ERROR, e.getMessage(), null, ActionReport.NOTHING);
                throw e;
            }
        });
    }

    /** In the modes, an environment belongs to the run: to be made, or to be dropped after the merge. */
    private RunSettings withTag(RunSettings settings) throws IOException, InterruptedException {
        if (step.preset() == null || settings.ciTag() != null) {
            return settings;
        }
        if (step.preset() == Preset.PULL_REQUEST) {
            throw new IllegalArgumentException(Messages.SlimBuildPreparation_noTag());
        }
        String change = site.workspace().child(step.getProjectDir()).act(new MergedChangeCallable());
        if (change == null) {
            site.log().println(Messages.SlimBuildPreparation_noMergedChange());
            return settings;
        }
        return settings.withTag(CiTag.ofChange(change));
    }

    /** Notes that the environment is there, for the day on which its job is gone. */
    private void note(RunSettings settings, DbtPlan plan) throws IOException {
        boolean drops = plan.operations().stream().anyMatch(o -> o.macro().endsWith("drop_environment"));
        if (settings.ciTag() != null && !drops) {
            EnvironmentRecords records = EnvironmentRecords.of(site.run());
            if (records != null) {
                records.note(settings.host(), settings.ciTag(), site.run());
            }
        }
    }

    private RunFacts facts() {
        return new RunFacts(
                        List.of(step.getSelector() == null ? step.getSelect() : "selector:" + step.getSelector()),
                        step.getExclude() == null ? List.of() : List.of(step.getExclude()),
                        step.effectiveTarget(),
                        step.defers(),
                        site.env().get("GIT_COMMIT"))
                .selectedWith(
                        null,
                        step.getExtraArgs() != null && !step.getExtraArgs().isEmpty());
    }
}
