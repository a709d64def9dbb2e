package io.jenkins.plugins.dbtslim.jenkins.step.drop;

import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.dbtslim.dbt.DbtPlan;
import io.jenkins.plugins.dbtslim.dbt.Operation;
import io.jenkins.plugins.dbtslim.io.UserException;
import io.jenkins.plugins.dbtslim.jenkins.ReadableItems;
import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import io.jenkins.plugins.dbtslim.jenkins.config.DbtSlimConfiguration;
import io.jenkins.plugins.dbtslim.jenkins.credentials.SecretEnvironment;
import io.jenkins.plugins.dbtslim.jenkins.engine.DbtStepResult;
import io.jenkins.plugins.dbtslim.jenkins.engine.DbtStepWork;
import io.jenkins.plugins.dbtslim.jenkins.engine.DriverInstallation;
import io.jenkins.plugins.dbtslim.jenkins.engine.DropGuardCallable;
import io.jenkins.plugins.dbtslim.jenkins.engine.EnvironmentLocks;
import io.jenkins.plugins.dbtslim.jenkins.engine.EnvironmentRecords;
import io.jenkins.plugins.dbtslim.jenkins.engine.PreparedRun;
import io.jenkins.plugins.dbtslim.jenkins.engine.RunSettings;
import io.jenkins.plugins.dbtslim.jenkins.engine.StateChoice;
import io.jenkins.plugins.dbtslim.jenkins.engine.StepKey;
import io.jenkins.plugins.dbtslim.jenkins.store.FetchedState;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/** Drops environments: the macro runs once for each of them, all in one dbt process. */
final class DropWork implements DbtStepWork {
    private static final long serialVersionUID = 1L;
    private final DropStep step;
    /** What is to go; chosen while preparing, and stored with the running build. */
    private volatile DropSelection chosen = new DropSelection(null, List.of(), List.of());

    DropWork(DropStep step) {
        this.step = step;
    }

    @Override
    public PreparedRun prepare(StepSite site, StepKey key) throws IOException, InterruptedException {
        return StepSite.withSentences(() -> {
            step.check();
            site.requireWorkspace();
            RunSettings settings = RunSettings.of(
                    step,
                    step.getCiTag(),
                    false,
                    site.env(),
                    DbtSlimConfiguration.get().getHost());
            chosen = step.isStale() ? stale(site, key, settings.host()) : one(site, settings);
            StateChoice state = StateChoice.of(null, FetchedState.ofPath(site.run(), null));
            DropGuardCallable.require(step, site, chosen.tags(), state);
            if (step.isDryRun() || chosen.tags().isEmpty()) {
                chosen.tags().forEach(tag -> site.log().println("Would drop the environment " + tag));
                return PreparedRun.withoutDbt(settings.secrets(step, site));
            }
            return lay(site, key, settings.withTag(chosen.tags().get(0)));
        });
    }

    private DropSelection stale(StepSite site, StepKey key, String host) throws IOException {
        EnvironmentRecords records = records(site.run());
        List<String> patterns = DbtSlimConfiguration.get().changeTagPatterns();
        return DropSelection.stale(records.all(), entry -> records.keptBy(entry, patterns, key), host, site.log());
    }

    private static DropSelection one(StepSite site, RunSettings settings) throws IOException, InterruptedException {
        RunSettings.changeTags(site.run(), site.listener()).require(settings.ciTag());
        return DropSelection.one(settings);
    }

    private PreparedRun lay(StepSite site, StepKey key, RunSettings settings) throws IOException, InterruptedException {
        SecretEnvironment secrets = settings.secrets(step, site);
        List<String> environments = chosen.tags().stream()
                .flatMap(tag -> settings.withTag(tag).environment(project(site.run())).stream())
                .toList();
        EnvironmentLocks.take(environments, key, site.run());
        Operation macro = Operation.parse(step.getMacro());
        DbtPlan plan = step.plan(site.workspace().getRemote())
                .operations(chosen.tags().stream().map(macro::of).toList())
                .operationsOnly()
                .build();
        return new DriverInstallation(step, site).lay("drop-" + key.step(), plan, secrets, environments, null, null);
    }

    private String project(Run<?, ?> run) {
        return step.getProject() == null ? run.getParent().getParent().getFullName() : step.getProject();
    }

    private EnvironmentRecords records(Run<?, ?> run) throws UserException {
        EnvironmentRecords records = step.getProject() == null
                ? EnvironmentRecords.of(run)
                : EnvironmentRecords.of(ReadableItems.project(step.getProject(), run));
        if (records == null) {
            throw new UserException(
                    step.getProject() == null
                            ? Messages.DropWork_noProject()
                            : Messages.DropWork_unknownProject(step.getProject()));
        }
        return records;
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
        if (prepared.folder() == null) {
            return new DropResult(chosen, DropReport.NOTHING, step.isDryRun());
        }
        prepared.endDriver(log, !aborted);
        DropReport dropped = prepared.folder()
                .find()
                .act(new CollectDropCallable(chosen.tags(), prepared.secrets().mask(), exitStatus));
        EnvironmentRecords records =
                step.isStale() || step.getProject() != null ? records(run) : EnvironmentRecords.of(run);
        for (String tag : dropped.tags()) {
            log.println("Dropped the environment " + tag);
            if (records != null) {
                records.forget(chosen.host(), tag);
            }
        }
        EnvironmentLocks.release(key);
        return new DropResult(chosen, dropped, false);
    }
}
