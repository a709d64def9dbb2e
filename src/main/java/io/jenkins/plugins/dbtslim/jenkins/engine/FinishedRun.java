package io.jenkins.plugins.dbtslim.jenkins.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.FilePath;
import hudson.model.Run;
import io.jenkins.plugins.dbtslim.dbt.result.DbtOutcome;
import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;
import io.jenkins.plugins.dbtslim.io.AgentLimits;
import io.jenkins.plugins.dbtslim.io.AtomicFile;
import io.jenkins.plugins.dbtslim.io.Heartbeat;
import io.jenkins.plugins.dbtslim.io.LimitedOutput;
import io.jenkins.plugins.dbtslim.jenkins.JenkinsFacade;
import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import io.jenkins.plugins.dbtslim.jenkins.WorkspaceAgent;
import io.jenkins.plugins.dbtslim.jenkins.agent.KeptRun;
import io.jenkins.plugins.dbtslim.jenkins.agent.KeptRuns;
import io.jenkins.plugins.dbtslim.jenkins.agent.WriteFileCallable;
import io.jenkins.plugins.dbtslim.jenkins.page.ActionReport;
import io.jenkins.plugins.dbtslim.jenkins.page.PreviousSeconds;
import io.jenkins.plugins.dbtslim.jenkins.page.Reports;
import io.jenkins.plugins.dbtslim.jenkins.page.SlimAction;
import io.jenkins.plugins.dbtslim.report.data.BuiltReport;
import io.jenkins.plugins.dbtslim.report.data.ReportException;
import io.jenkins.plugins.dbtslim.report.export.JUnitReport;
import io.jenkins.plugins.dbtslim.report.file.SlimReportFile;
import io.jenkins.plugins.dbtslim.report.make.RunFacts;
import io.jenkins.plugins.dbtslim.report.make.RunReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * What the steps with a page of their own know after dbt ran.
 *
 * @param status how dbt ended
 * @param error what went wrong, in one sentence without secrets, or null
 * @param collected what came from the agent, or null where nothing did
 * @param report what is known of the report
 * @param action the step's page
 * @param url of that page
 */
@Restricted(NoExternalUse.class)
public record FinishedRun(
        RunStatus status,
        @CheckForNull String error,
        @CheckForNull CollectedRun collected,
        ActionReport report,
        SlimAction action,
        String url) {
    /**
     * Brings results and report from the agent and notes them on the build, and is safe to be done again; fails while the
     * agent is away.
     *
     * @param exitStatus of the driver's process, or null when it is not known
     */
    public static FinishedRun of(
            PreparedRun prepared,
            Run<?, ?> run,
            PrintStream log,
            StepKey key,
            @CheckForNull Integer exitStatus,
            boolean aborted)
            throws IOException, InterruptedException {
        FilePath folder = prepared.folder().find();
        prepared.endDriver(log, !aborted);
        CollectedRun collected = collect(folder, prepared, run, log, exitStatus, aborted);
        RunStatus status = aborted ? RunStatus.ABORTED : collected.status();
        SlimAction action = Reports.attach(run, prepared.id(), key.toString());
        ActionReport report = collected.report() == null
                ? ActionReport.NOTHING
                : bring(folder.child(collected.report()), run, action.getId(), prepared.target(), log);
        action.end(status, collected.error(), collected.manifest(), collected.secretAt(), report);
        if (collected.deployment() == null || collected.manifest() != null) {
            KeptRuns.note(
                    run,
                    new KeptRun(
                            action.getId(),
                            prepared.folder(),
                            collected.manifest(),
                            prepared.state(),
                            prepared.facts().comparedWith(),
                            collected.deployment()));
        }
        run.save();
        folder.act(new CollectRunCallable.CleanUp());
        return new FinishedRun(status, collected.error(), collected, report, action, url(run, action));
    }

    /**
     * Of a run of which no more is known than why: its report says that. Null where the run has come to its end already.
     *
     * @param id as {@link Reports#attach} wants it; another one if it is no id
     * @param junit file in the workspace for results as JUnit XML, or null
     */
    public static FinishedRun without(
            StepSite site,
            String id,
            StepKey key,
            RunFacts facts,
            @CheckForNull String junit,
            String sentence,
            boolean aborted)
            throws IOException, InterruptedException {
        Run<?, ?> run = site.run();
        SlimAction action = Reports.attach(run, RunId.isOne(id) ? id : SlimAction.DEFAULT_ID, key.toString());
        if (!action.isRunning()) {
            return null;
        }
        RunStatus status = aborted ? RunStatus.ABORTED : RunStatus.ERROR;
        BuiltReport built = RunReport.of(DbtOutcome.without(status, sentence), null, facts, UnaryOperator.identity());
        ActionReport report;
        try (AtomicFile file = AtomicFile.of(Reports.file(run, action.getId()).toPath())) {
            SlimReportFile.write(file.temporary(), built);
            report = ActionReport.read(
                    file.temporary(), run, action.getId(), site.env().get("CHANGE_TARGET"));
            file.commit();
        }
        action.end(status, sentence, null, null, report);
        run.save();
        if (junit != null && site.workspace() != null) {
            ByteArrayOutputStream xml = new ByteArrayOutputStream();
            JUnitReport.write(xml, built.report());
            new WorkspaceAgent(site.workspace(), site.listener()).within(junit, "junit");
            site.workspace().act(new WriteFileCallable(junit, xml.toByteArray()));
        }
        return new FinishedRun(status, sentence, null, report, action, url(run, action));
    }

    private static String url(Run<?, ?> run, SlimAction action) {
        return JenkinsFacade.rootUrl() + run.getUrl() + action.getUrlName() + "/";
    }

    private static CollectedRun collect(
            FilePath folder, PreparedRun prepared, Run<?, ?> run, PrintStream log, Integer exitStatus, boolean aborted)
            throws IOException, InterruptedException {
        RunFacts facts = prepared.facts().after(PreviousSeconds.of(run));
        try (Heartbeat heartbeat = Heartbeat.during("Making the report", log::println)) {
            return folder.act(new CollectRunCallable(
                    prepared.command().get(0),
                    prepared.state(),
                    prepared.junit(),
                    facts,
                    prepared.secrets().mask(),
                    exitStatus,
                    aborted));
        }
    }

    /** What follows dbt failed: the page says so too. */
    public void fail(String sentence) throws IOException {
        action.end(RunStatus.ERROR, sentence, collected.manifest(), collected.secretAt(), report);
        action.getRun().save();
    }

    /** What is no report, or too big for one, is told and not kept; what dbt did is known without it. */
    static ActionReport bring(FilePath source, Run<?, ?> run, String id, String target, PrintStream log)
            throws IOException, InterruptedException {
        try (AtomicFile file = AtomicFile.of(Reports.file(run, id).toPath())) {
            Path here = file.temporary();
            try {
                copy(source, here);
                ActionReport report = ActionReport.read(here, run, id, target);
                file.commit();
                return report;
            } catch (ReportException e) {
                String sentence = e.getMessage().replace(here.toString(), source.getRemote());
                log.println("The report that was made on the agent is not kept: " + sentence);
                return ActionReport.NOTHING;
            }
        }
    }

    private static void copy(FilePath report, Path destination) throws IOException, InterruptedException {
        if (report.length() == 0) {
            // Pipes and devices have no length, and no end.
            throw new ReportException(report.getRemote() + " is no file or an empty one: look who else writes there.");
        }
        LimitedOutput out = new LimitedOutput(Files.newOutputStream(destination), AgentLimits.REPORT_BYTES);
        try (out) {
            report.copyTo(out);
        } catch (IOException e) {
            if (!out.isExceeded()) {
                throw e;
            }
        }
        if (out.isExceeded()) {
            throw new ReportException(report.getRemote() + " is larger than " + (AgentLimits.REPORT_BYTES >> 20)
                    + " MiB, which no report of dbt-slim is: look who else writes there.");
        }
    }
}
