package io.jenkins.plugins.dbtslim.jenkins.build;

import hudson.FilePath;
import hudson.model.Run;
import io.jenkins.plugins.dbtslim.dbt.DbtPlan;
import io.jenkins.plugins.dbtslim.dbt.ExitStatus;
import io.jenkins.plugins.dbtslim.dbt.SecretMask;
import io.jenkins.plugins.dbtslim.jenkins.BuildSite;
import io.jenkins.plugins.dbtslim.jenkins.JenkinsFacade;
import io.jenkins.plugins.dbtslim.jenkins.config.DbtSlimConfiguration;
import io.jenkins.plugins.dbtslim.jenkins.credentials.Login;
import io.jenkins.plugins.dbtslim.jenkins.credentials.SecretEnvironment;
import io.jenkins.plugins.dbtslim.jenkins.report.Numbers;
import io.jenkins.plugins.dbtslim.jenkins.report.Reports;
import io.jenkins.plugins.dbtslim.jenkins.report.RunState;
import io.jenkins.plugins.dbtslim.jenkins.report.SlimAction;
import io.jenkins.plugins.dbtslim.jenkins.store.FetchedState;
import io.jenkins.plugins.dbtslim.report.RunFacts;
import io.jenkins.plugins.dbtslim.report.SlimReportFile;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** What Pipeline and freestyle do before and after dbt runs; both may be done again after a restart. */
final class BuildRun {
    private final BuildStep step;
    private final BuildSite site;
    private final String key;

    /**
     * Does nothing yet.
     *
     * @param key of the running step, the same after a restart of the controller
     */
    BuildRun(BuildStep step, BuildSite site, String key) {
        this.step = step;
        this.site = site;
        this.key = key;
    }

    /** Resolves options and secrets, and lays the driver out on the agent. */
    PreparedRun prepare() throws IOException, InterruptedException {
        return BuildSite.withSentences(() -> {
            BuildChecks.require(step);
            RunSettings settings =
                    RunSettings.of(step, site.env(), DbtSlimConfiguration.get().getHost());
            StateChoice state = state();
            if (state.isFullBuild()) {
                site.log().println("Building everything, because there was no manifest at " + state.missingAt());
            }
            String workspace = site.workspace().getRemote();
            DbtPlan plan = Plans.of(step, state, workspace);
            SecretEnvironment secrets = environment(settings);
            takeEnvironment(settings);
            SlimAction action = Reports.attach(site.run(), step.getId(), key);
            FilePath folder = RunFolder.of(site.workspace(), site.run().getNumber(), action.getId());
            List<String> command = folder.act(new DriverFiles(plan, step.getDbt(), venv(), SecretMask.VARIABLES));
            return new PreparedRun(
                    action.getId(),
                    folder.getRemote(),
                    state.isFullBuild() ? null : plan.state(),
                    command,
                    site.launcher().isUnix(),
                    secrets);
        });
    }

    private StateChoice state() {
        return StateChoice.of(step.getState(), FetchedState.ofPath(site.run(), step.getState()));
    }

    private String venv() {
        return step.getVenv() == null ? null : Plans.child(site.workspace().getRemote(), step.getVenv());
    }

    private SecretEnvironment environment(RunSettings settings) throws IOException {
        SecretEnvironment secrets = new SecretEnvironment(settings.variables());
        if (step.getCredentialsId() != null) {
            Login login = Login.find(step.getCredentialsId(), site.run());
            secrets.open("MZ_USER", login.user());
            secrets.put("MZ_PASSWORD", login.password());
            site.log()
                    .println("MZ_USER and MZ_PASSWORD are those of the credentials \"" + step.getCredentialsId()
                            + "\"; MZ_PASSWORD is masked here");
        }
        return secrets;
    }

    private void takeEnvironment(RunSettings settings) {
        if (settings.ciTag() != null) {
            String environment = (settings.host() == null ? "" : settings.host() + " ")
                    + (step.getTarget() == null ? "" : step.getTarget() + " ")
                    + settings.ciTag();
            RunningEnvironments.take(environment, key, site.run().getFullDisplayName());
        }
    }

    /** Lets dbt cancel its statements and write its results, and ends it by force if it takes too long. */
    void interrupt(PreparedRun prepared) throws IOException, InterruptedException {
        endDriver(prepared, true);
    }

    private void endDriver(PreparedRun prepared, boolean signal) throws IOException, InterruptedException {
        if (site.workspace().child(prepared.folder()).act(new Leftovers(signal)) > 0) {
            site.log().println("dbt did not end by itself after the abort and was killed");
        }
    }

    /** Brings results and report, and notes them on the build; safe to be done again. */
    BuildResult collect(PreparedRun prepared, Integer exitStatus, boolean aborted)
            throws IOException, InterruptedException {
        FilePath folder = site.workspace().child(prepared.folder());
        if (aborted) {
            endDriver(prepared, false);
        }
        Collected collected = folder.act(
                new CollectRun(prepared.state(), facts(), prepared.secrets().mask(), exitStatus));
        ExitStatus status = aborted ? ExitStatus.ABORTED : collected.status();
        Run<?, ?> run = site.run();
        SlimAction action = Reports.attach(run, step.getId(), key);
        Numbers numbers = collected.report() == null ? null : bring(collected.report(), run, action.getId());
        String error = prepared.secrets().mask().mask(collected.error());
        action.end(RunState.of(status), error, collected.manifest(), numbers);
        run.save();
        folder.act(new CollectRun.CleanUp());
        RunningEnvironments.release(key);
        BuildResult result = new BuildResult(step, status, error, collected, numbers, url(action));
        result.tell(site.log());
        return result;
    }

    private RunFacts facts() {
        return new RunFacts(
                List.of(step.getSelector() == null ? step.getSelect() : "selector:" + step.getSelector()),
                step.getExclude() == null ? List.of() : List.of(step.getExclude()),
                step.getTarget(),
                step.isDefer(),
                site.env().get("GIT_COMMIT"));
    }

    private Numbers bring(String report, Run<?, ?> run, String id) throws IOException, InterruptedException {
        File file = Reports.file(run, id);
        Path part = new File(file.getPath() + ".part").toPath();
        Files.createDirectories(part.getParent());
        site.workspace().child(report).copyTo(new FilePath(part.toFile()));
        Numbers numbers;
        try (SlimReportFile read = SlimReportFile.open(part)) {
            numbers = new Numbers(read.report());
        }
        Files.move(part, file.toPath(), StandardCopyOption.REPLACE_EXISTING);
        return numbers;
    }

    private String url(SlimAction action) {
        return JenkinsFacade.rootUrl() + site.run().getUrl() + action.getUrlName() + "/";
    }
}
