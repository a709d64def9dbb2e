package io.jenkins.plugins.dbtslim.jenkins.step.slimbuild;

import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.dbtslim.dbt.CiTag;
import io.jenkins.plugins.dbtslim.dbt.DbtException;
import io.jenkins.plugins.dbtslim.dbt.DbtPlan;
import io.jenkins.plugins.dbtslim.dbt.Guard;
import io.jenkins.plugins.dbtslim.dbt.Operation;
import io.jenkins.plugins.dbtslim.dbt.Preset;
import io.jenkins.plugins.dbtslim.io.UserException;
import io.jenkins.plugins.dbtslim.jenkins.AgentPaths;
import io.jenkins.plugins.dbtslim.jenkins.JenkinsFacade;
import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import io.jenkins.plugins.dbtslim.jenkins.config.DbtSlimConfiguration;
import io.jenkins.plugins.dbtslim.jenkins.credentials.SecretEnvironment;
import io.jenkins.plugins.dbtslim.jenkins.engine.DbtStepResult;
import io.jenkins.plugins.dbtslim.jenkins.engine.DbtStepWork;
import io.jenkins.plugins.dbtslim.jenkins.engine.DriverInstallation;
import io.jenkins.plugins.dbtslim.jenkins.engine.EnvironmentLocks;
import io.jenkins.plugins.dbtslim.jenkins.engine.EnvironmentRecords;
import io.jenkins.plugins.dbtslim.jenkins.engine.FinishedRun;
import io.jenkins.plugins.dbtslim.jenkins.engine.PreparedRun;
import io.jenkins.plugins.dbtslim.jenkins.engine.RunSettings;
import io.jenkins.plugins.dbtslim.jenkins.engine.StateChoice;
import io.jenkins.plugins.dbtslim.jenkins.engine.StepKey;
import io.jenkins.plugins.dbtslim.jenkins.page.ActionReport;
import io.jenkins.plugins.dbtslim.jenkins.page.Checks;
import io.jenkins.plugins.dbtslim.jenkins.page.Reports;
import io.jenkins.plugins.dbtslim.jenkins.page.RunState;
import io.jenkins.plugins.dbtslim.jenkins.page.SlimAction;
import io.jenkins.plugins.dbtslim.report.make.RunFacts;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a slim build does around its run of dbt, in Pipeline and freestyle alike; each part may be done again after a restart. */
final class SlimBuildWork implements DbtStepWork {
    private static final long serialVersionUID = 1L;
    private final SlimBuildStep step;

    SlimBuildWork(SlimBuildStep step) {
        this.step = step;
    }

    @Override
    public PreparedRun prepare(StepSite site, StepKey key) throws IOException, InterruptedException {
        return StepSite.withSentences(() -> {
            if (site.workspace() == null) {
                throw new AbortException("The agent is away, so dbt was not started: build again when it is back.");
            }
            step.check();
            RunSettings settings = withTag(
                    settings(step, site.env(), DbtSlimConfiguration.get().getHost()), site);
            StateChoice state = StateChoice.at(site, step.getState());
            if (state.isFullBuild()) {
                site.log().println("Building everything, because there was no manifest at " + state.missingAt());
            }
            DbtPlan plan = plan(step, state, site.workspace().getRemote(), settings.ciTag());
            SecretEnvironment secrets = settings.secrets(step, site);
            String environment = settings.environment(
                    step.effectiveTarget(), site.run().getParent().getParent().getFullName());
            if (environment != null) {
                EnvironmentLocks.take(environment, key, site.run().getFullDisplayName(), JenkinsFacade::isBuilding);
            }
            DriverInstallation layout = new DriverInstallation(step, site);
            note(settings, plan, site.run());
            SlimAction action = Reports.attach(site.run(), step.getId(), key.toString());
            try {
                return layout.lay(
                        action.getId(),
                        plan,
                        secrets,
                        environment,
                        facts(site).comparedWith(state.provenance()).firstRun(state.isFullBuild()),
                        step.getJunit());
            } catch (DbtException e) {
                action.end(RunState.ERROR, e.getMessage(), null, null, ActionReport.NOTHING);
                throw e;
            }
        });
    }

    /** In the modes, an environment belongs to the run: to be made, or to be dropped after the merge. */
    private RunSettings withTag(RunSettings settings, StepSite site) throws IOException, InterruptedException {
        if (step.preset() == null || settings.ciTag() != null) {
            return settings;
        }
        if (step.preset() == Preset.PULL_REQUEST) {
            throw new UserException(Messages.SlimBuildWork_noTag());
        }
        String change = site.workspace().child(step.getProjectDir()).act(new MergedChangeCallable());
        if (change == null) {
            site.log().println(Messages.SlimBuildWork_noMergedChange());
            return settings;
        }
        return settings.withTag(CiTag.ofChange(change));
    }

    /** Notes that the environment is there, for the day on which its job is gone. */
    private static void note(RunSettings settings, DbtPlan plan, Run<?, ?> run) throws IOException {
        boolean drops = plan.operations().stream().anyMatch(o -> o.macro().endsWith("drop_environment"));
        if (settings.ciTag() != null && !drops) {
            EnvironmentRecords records = EnvironmentRecords.of(run);
            if (records != null) {
                records.note(settings.host(), settings.ciTag(), run);
            }
        }
    }

    private RunFacts facts(StepSite site) throws UserException {
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

    /** Host and tag, of which the guard {@code ciTag} allows any. */
    static RunSettings settings(SlimBuildStep step, Map<String, String> environment, String defaultHost)
            throws UserException {
        boolean anyTag = Guard.parse(step.getAllow()).contains(Guard.CI_TAG);
        return RunSettings.of(step, step.getCiTag(), anyTag, environment, defaultHost);
    }

    /**
     * What dbt is to run.
     *
     * @param ciTag of the environment, or null
     */
    static DbtPlan plan(SlimBuildStep step, StateChoice state, String workspace, String ciTag) throws UserException {
        DbtPlan.Builder plan = step.plan(workspace)
                .target(step.effectiveTarget())
                .operations(operations(step, ciTag))
                .fullRefresh(step.isFullRefresh())
                .failFast(step.isFailFast())
                .allow(Guard.parse(step.getAllow()))
                .exclude(criteria(step.getExclude()))
                .selector(step.getSelector())
                .firstRun(state.isFullBuild());
        if (step.getSelector() == null) {
            plan.select(criteria(step.getSelect()));
        }
        if (!state.isFullBuild()) {
            plan.state(AgentPaths.child(workspace, state.path()))
                    .defer(step.defers())
                    .favorState(step.isFavorState());
        }
        return plan.build();
    }

    private static List<Operation> operations(SlimBuildStep step, String ciTag) throws UserException {
        if (step.getOperations().isEmpty() && step.preset() != null) {
            return step.preset().operations(ciTag);
        }
        List<Operation> operations = new ArrayList<>();
        for (String text : step.getOperations()) {
            operations.add(Operation.parse(text));
        }
        return operations;
    }

    private static List<String> criteria(String text) {
        return text == null ? List.of() : List.of(text);
    }

    @Override
    public DbtStepResult collect(
            PreparedRun prepared, Run<?, ?> run, PrintStream log, StepKey key, Integer exitStatus, boolean aborted)
            throws IOException, InterruptedException {
        FinishedRun gathered = FinishedRun.of(prepared, run, log, key, exitStatus, aborted);
        if (step.preset() == Preset.DEPLOY && gathered.status().isOk()) {
            forget(run, prepared.secrets().plain());
        }
        EnvironmentLocks.release(key);
        SlimBuildResult result = new SlimBuildResult(step, gathered);
        result.tell(log, prepared.state() != null);
        if (!step.isSkipPublishingChecks()) {
            Checks.publish(
                    run,
                    step.getChecksName(),
                    gathered.action(),
                    gathered.brought().markdown(),
                    gathered.url());
        }
        return result;
    }

    /** The environment of the merged pull request is gone. */
    private static void forget(Run<?, ?> run, Map<String, String> variables) throws IOException {
        EnvironmentRecords records = EnvironmentRecords.of(run);
        String tag = variables.get("CI_TAG");
        if (tag != null && records != null) {
            records.forget(variables.get("MZ_HOST"), tag);
        }
    }
}
