package io.jenkins.plugins.dbtslim.jenkins.step.slimbuild;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.dbtslim.change.BehindProduction;
import io.jenkins.plugins.dbtslim.change.ChangeTags;
import io.jenkins.plugins.dbtslim.change.RunOrigin;
import io.jenkins.plugins.dbtslim.dbt.DbtCommand;
import io.jenkins.plugins.dbtslim.dbt.DbtPlan;
import io.jenkins.plugins.dbtslim.dbt.Guard;
import io.jenkins.plugins.dbtslim.dbt.InheritedOptions;
import io.jenkins.plugins.dbtslim.dbt.Mode;
import io.jenkins.plugins.dbtslim.dbt.Operation;
import io.jenkins.plugins.dbtslim.io.UserException;
import io.jenkins.plugins.dbtslim.io.VisibleText;
import io.jenkins.plugins.dbtslim.jenkins.AgentPaths;
import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import io.jenkins.plugins.dbtslim.jenkins.WorkspaceAgent;
import io.jenkins.plugins.dbtslim.jenkins.agent.AgentLoss;
import io.jenkins.plugins.dbtslim.jenkins.agent.KeptRun;
import io.jenkins.plugins.dbtslim.jenkins.agent.KeptRuns;
import io.jenkins.plugins.dbtslim.jenkins.config.DbtSlimConfiguration;
import io.jenkins.plugins.dbtslim.jenkins.credentials.SecretEnvironment;
import io.jenkins.plugins.dbtslim.jenkins.engine.BehindProductionCallable;
import io.jenkins.plugins.dbtslim.jenkins.engine.BuiltCommitCallable;
import io.jenkins.plugins.dbtslim.jenkins.engine.DbtStepResult;
import io.jenkins.plugins.dbtslim.jenkins.engine.DbtStepWork;
import io.jenkins.plugins.dbtslim.jenkins.engine.DriverInstallation;
import io.jenkins.plugins.dbtslim.jenkins.engine.DropGuardCallable;
import io.jenkins.plugins.dbtslim.jenkins.engine.EnvironmentLocks;
import io.jenkins.plugins.dbtslim.jenkins.engine.EnvironmentRecords;
import io.jenkins.plugins.dbtslim.jenkins.engine.FinishedRun;
import io.jenkins.plugins.dbtslim.jenkins.engine.PreparedRun;
import io.jenkins.plugins.dbtslim.jenkins.engine.RunSettings;
import io.jenkins.plugins.dbtslim.jenkins.engine.StateChoice;
import io.jenkins.plugins.dbtslim.jenkins.engine.StepKey;
import io.jenkins.plugins.dbtslim.jenkins.page.ActionPublication;
import io.jenkins.plugins.dbtslim.jenkins.page.Checks;
import io.jenkins.plugins.dbtslim.jenkins.page.Reports;
import io.jenkins.plugins.dbtslim.jenkins.page.SlimAction;
import io.jenkins.plugins.dbtslim.jenkins.step.publish.ManifestPublishing;
import io.jenkins.plugins.dbtslim.jenkins.step.publish.RunPublishing;
import io.jenkins.plugins.dbtslim.report.make.RunFacts;
import io.jenkins.plugins.dbtslim.run.ModeRules;
import io.jenkins.plugins.dbtslim.store.AgentCallable;
import io.jenkins.plugins.dbtslim.truth.PendingNode;
import io.jenkins.plugins.dbtslim.truth.ProductionManifest;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What a slim build does around its run of dbt, in Pipeline and freestyle alike; each part may be done again after a restart. */
final class SlimBuildWork implements DbtStepWork {
    private static final long serialVersionUID = 1L;
    private final SlimBuildStep step;
    /** The change request in whose own environment it builds, or null; found while preparing. */
    private volatile String change;
    /** How what is true of the run is published, or null; noted while preparing. */
    private volatile RunPublishing publishing;

    SlimBuildWork(SlimBuildStep step) {
        this.step = step;
    }

    @Override
    public PreparedRun prepare(StepSite site, StepKey key) throws IOException, InterruptedException {
        return StepSite.withSentences(() -> {
            site.requireWorkspace();
            step.check();
            BuiltCommitCallable.note(site, step.getProjectDir());
            RunSettings settings = withTag(
                    settings(step, site.env(), DbtSlimConfiguration.get().getHost()), site, key);
            ChangeTags own = RunSettings.changeTags(site.run(), site.listener());
            own.require(settings.ciTag());
            change = own.owns(settings.ciTag()) ? own.change() : null;
            StateChoice state = StateChoice.at(site, step.getState());
            if (state.isFullBuild()) {
                site.log().println("Building everything, because there was no manifest at " + state.missingAt());
            }
            tellPending(state, site);
            List<String> ignored = new InheritedOptions(site.env()).names();
            if (!ignored.isEmpty()) {
                site.log()
                        .println("Not taken from the environment: " + String.join(", ", ignored)
                                + "; say it with the options state, defer and favorState");
            }
            BehindProduction behind = BehindProductionCallable.look(step, state, step.getOnBehind(), site);
            List<String> open = EnvironmentRecords.tags(
                    site.run(), settings.host(), DbtSlimConfiguration.get().changeTagPatterns());
            DbtPlan plan = plan(step, state, site.workspace().getRemote(), settings.ciTag(), open);
            if (settings.ciTag() != null && plan.operations().stream().anyMatch(Operation::dropsEnvironment)) {
                DropGuardCallable.require(step, site, List.of(settings.ciTag()), state);
            }
            SecretEnvironment secrets = settings.secrets(step, site);
            if (step.getPublish() != null) {
                publishing = RunPublishing.begin(step.getPublish(), site, state, secrets);
            } else if (step.isReplace()) {
                ManifestPublishing.requireFetched(state.provenance(), site);
            }
            List<String> environments = settings.environment(project(site.run()));
            EnvironmentLocks.take(environments, key, site.run());
            DriverInstallation layout = new DriverInstallation(step, site);
            SlimAction action = Reports.attach(site.run(), step.getId(), key.toString());
            return layout.lay(
                    action.getId(),
                    plan,
                    secrets,
                    environments,
                    facts(site)
                            .comparedWith(state.provenance())
                            .firstRun(state.isFullBuild())
                            .behind(behind),
                    step.getJunit());
        });
    }

    private static void tellPending(StateChoice state, StepSite site) throws IOException, InterruptedException {
        if (state.isFullBuild()) {
            return;
        }
        String pending = new WorkspaceAgent(site.workspace(), site.listener())
                .act(new PendingCallable(state.file(site.workspace().getRemote())));
        if (pending != null) {
            site.log().println(VisibleText.line("Production: " + pending));
        }
    }

    private static String project(Run<?, ?> run) {
        return run.getParent().getParent().getFullName();
    }

    /** In the modes, an environment belongs to the run: to be made, or to be dropped after the merge. */
    private RunSettings withTag(RunSettings settings, StepSite site, StepKey key)
            throws IOException, InterruptedException {
        if (step.getMode() == Mode.pullRequest && settings.ciTag() == null) {
            throw new UserException(Messages.SlimBuildWork_noTag());
        }
        return step.getMode() == Mode.deploy && step.getOperations().isEmpty()
                ? MergedEnvironment.of(step, settings, site, key)
                : settings;
    }

    /** Notes that the environment may be there, for the day on which the change request's job is gone. */
    private void note(PreparedRun prepared, Run<?, ?> run) throws IOException {
        Map<String, String> variables = prepared.secrets().plain();
        EnvironmentRecords records = EnvironmentRecords.of(run);
        if (change != null && records != null) {
            records.note(variables.get("MZ_HOST"), variables.get("CI_TAG"), change, run);
        }
    }

    private RunFacts facts(StepSite site) throws UserException {
        RunFacts facts = new RunFacts(
                        List.of(step.getSelector() == null ? step.getSelect() : "selector:" + step.getSelector()),
                        step.getExclude() == null ? List.of() : List.of(step.getExclude()),
                        step.effectiveTarget(),
                        step.defers())
                .from(RunOrigin.of(site.env()))
                .selectedWith(null, step.getExtraArgs());
        return step.isReplace() ? facts.selectingOtherwise() : facts;
    }

    /** The options may be what is wrong. */
    private RunFacts factsOfFailed(StepSite site) {
        try {
            return facts(site);
        } catch (UserException e) {
            return new RunFacts(List.of(), List.of(), step.getTarget(), false)
                    .from(RunOrigin.NONE.or(site.env().get("GIT_COMMIT"), null));
        }
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
     * @param open names of the environments of open change requests
     */
    static DbtPlan plan(
            SlimBuildStep step, StateChoice state, String workspace, @CheckForNull String ciTag, List<String> open)
            throws UserException {
        DbtPlan.Builder plan = step.plan(workspace)
                .targetOf(step.getMode())
                .operations(operations(step, ciTag))
                .before(DbtCommand.before(step.getBefore(), step.isClone()))
                .after(DbtCommand.parse(step.getAfter()))
                .fullRefresh(step.isFullRefresh())
                .fullRefreshModified(step.isFullRefreshModified())
                .alsoChanged(step.getAlsoChanged())
                .keepParse(step.getKeepParse())
                .failFast(step.isFailFast())
                .compare(step.dataLimits())
                .allow(Guard.parse(step.getAllow()))
                .materialize(step.materialize().besides(open))
                .exclude(criteria(step.getExclude()))
                .selector(step.getSelector())
                .firstRun(state.isFullBuild());
        if (step.getSelector() == null) {
            plan.select(criteria(step.getSelect()));
        }
        if (!state.isFullBuild()) {
            plan.state(AgentPaths.child(workspace, state.path()))
                    .defer(step.defers())
                    .favorState(ModeRules.favorsState(
                            step.getMode(), step.defers(), step.isFavorState() ? Boolean.TRUE : null))
                    .ownEnvironment(Mode.isForChange(step.getMode(), step.defers(), ciTag, operations(step, ciTag)));
        }
        return plan.build();
    }

    private static List<Operation> operations(SlimBuildStep step, String ciTag) throws UserException {
        List<Operation> operations = new ArrayList<>();
        for (String text : step.getOperations()) {
            operations.add(Operation.parse(text));
        }
        return ModeRules.operations(step.getMode(), ciTag, operations);
    }

    private static List<String> criteria(String text) {
        return text == null ? List.of() : List.of(text);
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
        FinishedRun finished = finished(prepared, run, log, key, exitStatus, aborted);
        if (finished.collected().worked()) {
            note(prepared, run);
        }
        if (step.getMode() == Mode.deploy && finished.status().isOk()) {
            MergedEnvironment.forget(run, prepared.secrets().plain());
        }
        EnvironmentLocks.release(key);
        SlimBuildResult result = new SlimBuildResult(step, finished);
        result.tell(log);
        String unsaid = ModeRules.unpublished(
                step.getMode(),
                finished.status(),
                finished.report().numbers() == null
                        ? 0
                        : finished.report().numbers().counts().built(),
                publishing != null);
        if (unsaid != null) {
            log.println(unsaid);
        }
        if (publishing != null) {
            publish(result, finished, prepared, run, listener);
            if (aborted || exitStatus == null) {
                result.tellNotPublished(log);
            }
        }
        check(finished, result.markdown());
        return result;
    }

    /** That it cannot be published is told when all else of the run is safe. */
    private void publish(
            SlimBuildResult result, FinishedRun finished, PreparedRun prepared, Run<?, ?> run, TaskListener listener)
            throws IOException, InterruptedException {
        KeptRun kept = KeptRuns.of(run, finished.action().getId());
        try {
            result.published(publishing.publish(run, listener, kept, prepared.secrets()));
        } catch (IOException e) {
            if (AgentLoss.isMeantBy(e)) {
                throw e;
            }
            String sentence = prepared.secrets().mask().mask(Messages.SlimBuildWork_notPublished(e.getMessage()));
            SlimAction.publish(run, kept.id(), ActionPublication.failed(sentence));
            result.notPublished(sentence);
        }
    }

    private void check(FinishedRun ended, String markdown) {
        if (!step.isSkipPublishingChecks()) {
            Checks.publish(ended.action().getRun(), step.getChecksName(), ended.action(), markdown, ended.url());
        }
    }

    @Override
    public void failed(StepSite site, StepKey key, String sentence, boolean aborted)
            throws IOException, InterruptedException {
        FinishedRun ended =
                FinishedRun.without(site, step.getId(), key, factsOfFailed(site), step.getJunit(), sentence, aborted);
        if (ended == null) {
            return;
        }
        if (publishing != null) {
            SlimAction.publish(
                    site.run(),
                    ended.action().getId(),
                    ActionPublication.failed(Messages.SlimBuildWork_nothingPublished()));
            site.log().println(Messages.SlimBuildWork_nothingPublished());
        }
        check(ended, ended.report().markdown());
    }

    /** What cannot be brought from the agent may have been made nevertheless. */
    private FinishedRun finished(
            PreparedRun prepared, Run<?, ?> run, PrintStream log, StepKey key, Integer exitStatus, boolean aborted)
            throws IOException, InterruptedException {
        try {
            return FinishedRun.of(prepared, run, log, key, exitStatus, aborted);
        } catch (IOException | InterruptedException e) {
            note(prepared, run);
            throw e;
        }
    }

    /**
     * Reads on the agent what former deploys left to build.
     *
     * @param state production's manifest there
     */
    record PendingCallable(String state) implements AgentCallable<String> {
        private static final long serialVersionUID = 1L;

        /** A sentence, or null where nothing is pending; that no state is there is told by who needs it. */
        @Override
        @CheckForNull
        public String run(Consumer<String> log) throws IOException {
            Path file = Path.of(state);
            return Files.isRegularFile(file) ? PendingNode.sentence(ProductionManifest.pending(file)) : null;
        }
    }
}
