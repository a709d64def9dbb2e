package io.jenkins.plugins.dbtslim.jenkins.build;

import hudson.FilePath;
import hudson.model.Run;
import io.jenkins.plugins.dbtslim.dbt.ExitStatus;
import io.jenkins.plugins.dbtslim.dbt.Preset;
import io.jenkins.plugins.dbtslim.jenkins.JenkinsFacade;
import io.jenkins.plugins.dbtslim.jenkins.checks.Checks;
import io.jenkins.plugins.dbtslim.jenkins.dbt.EnvironmentRecords;
import io.jenkins.plugins.dbtslim.jenkins.report.Brought;
import io.jenkins.plugins.dbtslim.jenkins.report.FormerSeconds;
import io.jenkins.plugins.dbtslim.jenkins.report.Reports;
import io.jenkins.plugins.dbtslim.jenkins.report.RunState;
import io.jenkins.plugins.dbtslim.jenkins.report.SlimAction;
import io.jenkins.plugins.dbtslim.report.RunFacts;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * What Pipeline and freestyle do after dbt ran: bring results and report, and note them on the build. It needs no more than
 * the stored {@link PreparedRun}, and is safe to be done again.
 */
final class Collecting {
    private final BuildStep step;
    private final Run<?, ?> run;
    private final PrintStream log;
    private final StepKey key;

    Collecting(BuildStep step, Run<?, ?> run, PrintStream log, StepKey key) {
        this.step = step;
        this.run = run;
        this.log = log;
        this.key = key;
    }

    /** Collects; fails while the agent is away. */
    BuildResult collect(PreparedRun prepared, Integer exitStatus, boolean aborted)
            throws IOException, InterruptedException {
        FilePath folder = prepared.folder().find();
        if (aborted) {
            prepared.endDriver(log, false);
        }
        RunFacts facts = prepared.facts().after(FormerSeconds.of(run));
        Collected collected = folder.act(new CollectRun(
                prepared.projectDir(),
                prepared.state(),
                prepared.junit(),
                facts,
                prepared.secrets().mask(),
                exitStatus));
        if (collected.cleaned() > 0) {
            log.println("Secrets were taken out of " + collected.cleaned() + " files that dbt left");
        }
        ExitStatus status = aborted ? ExitStatus.ABORTED : collected.status();
        SlimAction action = Reports.attach(run, step.getId(), key.toString());
        Brought brought = collected.report() == null
                ? Brought.NOTHING
                : bring(folder.child(collected.report()), action.getId(), prepared.target());
        String error = prepared.secrets().mask().mask(collected.error());
        action.end(RunState.of(status), error, collected.manifest(), brought);
        run.save();
        folder.act(new CollectRun.CleanUp());
        if (step.preset() == Preset.DEPLOY && status.isOk()) {
            forget(prepared.secrets().plain());
        }
        RunningEnvironments.release(key);
        BuildResult result = new BuildResult(step, status, error, collected, brought, url(action));
        result.tell(log);
        if (!step.isSkipPublishingChecks()) {
            Checks.publish(run, step.getChecksName(), action, brought.markdown(), url(action));
        }
        return result;
    }

    /** The environment of the merged pull request is gone. */
    private void forget(Map<String, String> variables) throws IOException {
        EnvironmentRecords records = EnvironmentRecords.of(run);
        String tag = variables.get("CI_TAG");
        if (tag != null && records != null) {
            records.forget(variables.get("MZ_HOST"), tag);
        }
    }

    private Brought bring(FilePath report, String id, String target) throws IOException, InterruptedException {
        File file = Reports.file(run, id);
        Path part = new File(file.getPath() + ".part").toPath();
        Files.createDirectories(part.getParent());
        report.copyTo(new FilePath(part.toFile()));
        Brought brought = Brought.read(part, run, id, target);
        Files.move(part, file.toPath(), StandardCopyOption.REPLACE_EXISTING);
        return brought;
    }

    private String url(SlimAction action) {
        return JenkinsFacade.rootUrl() + run.getUrl() + action.getUrlName() + "/";
    }
}
