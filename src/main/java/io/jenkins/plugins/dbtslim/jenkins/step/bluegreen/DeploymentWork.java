package io.jenkins.plugins.dbtslim.jenkins.step.bluegreen;

import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.dbtslim.change.BehindProduction;
import io.jenkins.plugins.dbtslim.change.RunOrigin;
import io.jenkins.plugins.dbtslim.dbt.DbtPlan;
import io.jenkins.plugins.dbtslim.dbt.DeploymentOrder;
import io.jenkins.plugins.dbtslim.dbt.result.DeploymentState;
import io.jenkins.plugins.dbtslim.io.Artifacts;
import io.jenkins.plugins.dbtslim.jenkins.AgentPaths;
import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import io.jenkins.plugins.dbtslim.jenkins.config.DbtSlimConfiguration;
import io.jenkins.plugins.dbtslim.jenkins.credentials.SecretEnvironment;
import io.jenkins.plugins.dbtslim.jenkins.engine.BehindProductionCallable;
import io.jenkins.plugins.dbtslim.jenkins.engine.BuiltCommitCallable;
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
import io.jenkins.plugins.dbtslim.jenkins.page.Reports;
import io.jenkins.plugins.dbtslim.jenkins.store.FetchedState;
import io.jenkins.plugins.dbtslim.report.make.RunFacts;
import io.jenkins.plugins.dbtslim.run.OnBehind;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/** A step of a blue/green deployment around its run of dbt; CI_TAG plays no part in it, the driver takes it away. */
final class DeploymentWork implements DbtStepWork {
    private static final long serialVersionUID = 1L;
    private static final List<String> EXCLUDED =
            List.of("config.materialized:source", "config.materialized:source_table", "config.materialized:sink");
    private final BlueGreenStep step;
    private transient DeployedManifest manifest;

    DeploymentWork(BlueGreenStep step) {
        this.step = step;
    }

    @Override
    public PreparedRun prepare(StepSite site, StepKey key) throws IOException, InterruptedException {
        return StepSite.withSentences(() -> {
            step.check();
            site.requireWorkspace();
            BuiltCommitCallable.note(site, step.getProjectDir());
            manifest = DeployedManifest.of(step.publishing(site.run()), site);
            DeploymentOrder order = step.order(site.run(), manifest);
            RunSettings settings = RunSettings.of(
                            step,
                            null,
                            true,
                            site.env(),
                            DbtSlimConfiguration.get().getHost())
                    .withTag(null);
            StateChoice state = state(order, site);
            BehindProduction behind = BehindProductionCallable.look(step, state, OnBehind.warn, site);
            DbtPlan plan = step.plan(site.workspace().getRemote())
                    .alsoChanged(step.alsoChanged())
                    .deployment(order.besides(EnvironmentRecords.tags(
                            site.run(),
                            settings.host(),
                            DbtSlimConfiguration.get().changeTagPatterns())))
                    .state(
                            state.isFullBuild()
                                    ? null
                                    : AgentPaths.child(site.workspace().getRemote(), state.path()))
                    .build();
            SecretEnvironment secrets = settings.secrets(step, site);
            List<String> environments =
                    settings.deployment(site.run().getParent().getParent().getFullName());
            EnvironmentLocks.take(environments, key, site.run());
            DriverInstallation layout = new DriverInstallation(step, site);
            String runId =
                    Reports.attach(site.run(), step.getId(), key.toString()).getId();
            return layout.lay(
                    runId,
                    plan,
                    secrets,
                    environments,
                    facts(site).comparedWith(state.provenance()).behind(behind),
                    null);
        });
    }

    /** Production's manifest where this build fetched one: the report then tells what changes. */
    private static StateChoice state(DeploymentOrder order, StepSite site) throws IOException, InterruptedException {
        FetchedState.Entry fetched = FetchedState.ofPath(site, null);
        boolean compares = order.action() == DeploymentOrder.Action.PREPARE
                && fetched != null
                && fetched.path().endsWith(Artifacts.MANIFEST);
        return compares ? StateChoice.at(site, null) : StateChoice.NONE;
    }

    @Override
    public void failed(StepSite site, StepKey key, String sentence, boolean aborted)
            throws IOException, InterruptedException {
        FinishedRun.without(site, step.getId(), key, facts(site), null, sentence, aborted);
    }

    private RunFacts facts(StepSite site) {
        return new RunFacts(List.of(), EXCLUDED, step.getTarget(), false)
                .from(RunOrigin.of(site.env()))
                .selectedWith(null, step.getExtraArgs())
                .selectingOtherwise();
    }

    @Override
    public DbtStepResult collect(
            PreparedRun prepared,
            Run<?, ?> run,
            TaskListener listener,
            StepKey key,
            Integer exitStatus,
            boolean aborted)
            throws IOException, InterruptedException {
        PrintStream log = listener.getLogger();
        FinishedRun finished = FinishedRun.of(prepared, run, log, key, exitStatus, aborted);
        EnvironmentLocks.release(key);
        DeploymentState state = finished.collected().deployment();
        if (state != null && state.prepares() && state.token() != null) {
            PreparedToken.note(run, state.token(), step.publishing(run));
        }
        DeploymentResult result = new DeploymentResult(step, manifest, finished, state);
        if (aborted && finished.error() != null) {
            log.println(result.sentence());
        }
        result.tell(log);
        return result;
    }
}
