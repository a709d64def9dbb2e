package io.jenkins.plugins.dbtslim.jenkins.step.drop;

import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.dbtslim.dbt.DbtPlan;
import io.jenkins.plugins.dbtslim.dbt.Operation;
import io.jenkins.plugins.dbtslim.io.UserException;
import io.jenkins.plugins.dbtslim.jenkins.JenkinsFacade;
import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import io.jenkins.plugins.dbtslim.jenkins.config.DbtSlimConfiguration;
import io.jenkins.plugins.dbtslim.jenkins.credentials.SecretEnvironment;
import io.jenkins.plugins.dbtslim.jenkins.engine.DbtStepResult;
import io.jenkins.plugins.dbtslim.jenkins.engine.DbtStepWork;
import io.jenkins.plugins.dbtslim.jenkins.engine.DriverInstallation;
import io.jenkins.plugins.dbtslim.jenkins.engine.EnvironmentLocks;
import io.jenkins.plugins.dbtslim.jenkins.engine.EnvironmentRecords;
import io.jenkins.plugins.dbtslim.jenkins.engine.PreparedRun;
import io.jenkins.plugins.dbtslim.jenkins.engine.RunSettings;
import io.jenkins.plugins.dbtslim.jenkins.engine.StepKey;
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
            if (site.workspace() == null) {
                throw new AbortException("The agent is away, so dbt was not started: build again when it is back.");
            }
            RunSettings settings = RunSettings.of(
                    step,
                    step.getCiTag(),
                    false,
                    site.env(),
                    DbtSlimConfiguration.get().getHost());
            chosen = step.isStale()
                    ? DropSelection.stale(records(site.run()), settings.host(), site.log())
                    : DropSelection.one(settings);
            if (step.isDryRun() || chosen.tags().isEmpty()) {
                chosen.tags().forEach(tag -> site.log().println("Would drop the environment " + tag));
                return PreparedRun.withoutDbt(settings.secrets(step, site));
            }
            return lay(site, key, settings.withTag(chosen.tags().get(0)));
        });
    }

    private PreparedRun lay(StepSite site, StepKey key, RunSettings settings) throws IOException, InterruptedException {
        for (String tag : chosen.tags()) {
            EnvironmentLocks.take(
                    settings.withTag(tag).environment(step.getTarget(), project(site.run())),
                    key,
                    site.run().getFullDisplayName(),
                    JenkinsFacade::isBuilding);
        }
        Operation macro = Operation.parse(step.getMacro());
        DbtPlan plan = step.plan(site.workspace().getRemote())
                .operations(chosen.tags().stream().map(macro::of).toList())
                .operationsOnly()
                .build();
        SecretEnvironment secrets = settings.secrets(step, site);
        String environment = settings.environment(step.getTarget(), project(site.run()));
        return new DriverInstallation(step, site).lay("drop-" + key.step(), plan, secrets, environment, null, null);
    }

    private String project(Run<?, ?> run) {
        return step.getProject() == null ? run.getParent().getParent().getFullName() : step.getProject();
    }

    private EnvironmentRecords records(Run<?, ?> run) throws UserException {
        EnvironmentRecords records = step.getProject() == null
                ? EnvironmentRecords.of(run)
                : EnvironmentRecords.of(JenkinsFacade.itemFor(run.getParent(), step.getProject()));
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
            PreparedRun prepared, Run<?, ?> run, PrintStream log, StepKey key, Integer exitStatus, boolean aborted)
            throws IOException, InterruptedException {
        if (prepared.folder() == null) {
            return new DropResult(chosen, DropReport.NOTHING, step.isDryRun());
        }
        if (aborted) {
            prepared.endDriver(log, false);
        }
        DropReport dropped = prepared.folder()
                .find()
                .act(new CollectDropCallable(chosen.tags(), prepared.secrets().mask()));
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
