package io.jenkins.plugins.dbtslim.jenkins.build;

import hudson.FilePath;
import hudson.model.Run;
import io.jenkins.plugins.dbtslim.dbt.ExitStatus;
import io.jenkins.plugins.dbtslim.jenkins.JenkinsFacade;
import io.jenkins.plugins.dbtslim.jenkins.checks.Checks;
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

    /** Lets dbt cancel its statements and write its results, and ends it by force if it takes too long. */
    void interrupt(PreparedRun prepared) throws IOException, InterruptedException {
        endDriver(prepared.folder().find(), true);
    }

    private void endDriver(FilePath folder, boolean signal) throws IOException, InterruptedException {
        if (folder.act(new Leftovers(signal)) > 0) {
            log.println("dbt did not end by itself after the abort and was killed");
        }
    }

    /** Collects; fails while the agent is away. */
    BuildResult collect(PreparedRun prepared, Integer exitStatus, boolean aborted)
            throws IOException, InterruptedException {
        FilePath folder = prepared.folder().find();
        if (aborted) {
            endDriver(folder, false);
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
        RunningEnvironments.release(key);
        BuildResult result = new BuildResult(step, status, error, collected, brought, url(action));
        result.tell(log);
        if (!step.isSkipPublishingChecks()) {
            Checks.publish(run, step.getChecksName(), action, brought.markdown(), url(action));
        }
        return result;
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
