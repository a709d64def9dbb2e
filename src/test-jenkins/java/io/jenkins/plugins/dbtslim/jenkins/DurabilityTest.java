package io.jenkins.plugins.dbtslim.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import hudson.Functions;
import hudson.model.Result;
import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;
import io.jenkins.plugins.dbtslim.jenkins.page.SlimAction;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.InboundAgentExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A slim build in a Pipeline outlives a restart of the controller and the loss of its agent; its results come once. */
class DurabilityTest {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @RegisterExtension
    private final InboundAgentExtension agents = new InboundAgentExtension();

    @TempDir
    Path folder;

    private SampleProject project;

    @BeforeEach
    void write() throws Exception {
        assumeFalse(Functions.isWindows(), "the stand-in for dbt is a script of a Unix shell");
        project = SampleProject.in(folder);
    }

    /** A running build whose dbt takes so many seconds. */
    private WorkflowRun start(JenkinsRule jenkins, String label, int seconds) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "job");
        job.setDefinition(new CpsFlowDefinition(
                "node('" + label + "') {\n" + project.pipeline(false) + "def r\nwithEnv(['STUB_SLEEP=" + seconds
                        + "']) { r = dbtSlimBuild(" + SampleProject.dbt() + ") }\n"
                        + "echo \"status ${r.status} of ${r.selected.size()}\"\n}\n",
                true));
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("stub: second 2", run);
        return run;
    }

    private static WorkflowRun again(JenkinsRule jenkins) {
        return jenkins.jenkins.getItemByFullName("job", WorkflowJob.class).getBuildByNumber(1);
    }

    private static void assertWhole(JenkinsRule jenkins, WorkflowRun run) throws Exception {
        jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("stub: done with 8 results", run);
        jenkins.assertLogContains("status success of 8", run);
        jenkins.assertLogNotContains("\tat ", run);
        assertThat(run.getActions(SlimAction.class)).hasSize(1);
        SlimAction action = run.getAction(SlimAction.class);
        assertThat(action.getState()).isEqualTo(RunStatus.SUCCESS);
        assertThat(report(jenkins, run)).contains("revenue");
    }

    private static String report(JenkinsRule jenkins, WorkflowRun run) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient().withJavaScriptEnabled(false);
        // A Jenkins that has just started compiles every part of its first page.
        client.getOptions().setTimeout(300_000);
        return client.goTo(run.getUrl() + "dbt-slim/").getWebResponse().getContentAsString();
    }

    @Test
    void theControllerMayBeRestartedWhileDbtRuns() throws Throwable {
        sessions.then(jenkins -> start(jenkins, "built-in", 20));
        sessions.then(jenkins -> assertWhole(jenkins, again(jenkins)));
    }

    @Test
    void theAgentMayBeLostAndComeBackWhileDbtRuns() throws Throwable {
        sessions.then(jenkins -> lose(jenkins, 12, 0));
    }

    @Test
    void dbtMayEndWhileTheAgentIsAway() throws Throwable {
        sessions.then(jenkins -> lose(jenkins, 5, 8000));
    }

    /** Kills the agent, but not dbt, and starts it again after so many milliseconds. */
    private void lose(JenkinsRule jenkins, int seconds, int away) throws Exception {
        agents.createAgent(jenkins, "agent");
        WorkflowRun run = start(jenkins, "agent", seconds);
        agents.stop(jenkins, "agent");
        Thread.sleep(away);
        assertThat(run.isBuilding()).isTrue();
        agents.start(jenkins, "agent");
        assertWhole(jenkins, run);
    }

    private static void assertShowsProgress(WorkflowRun run) throws InterruptedException {
        SlimAction action = run.getAction(SlimAction.class);
        while (action.isRunning() && action.getProgress() == null) {
            Thread.sleep(100);
        }
        assertThat(action.getProgress()).isNotNull();
    }

    /** Until then its page shows again how far it is. */
    @Test
    void anAbortAfterARestartStillGivesResultsAndReport() throws Throwable {
        sessions.then(jenkins -> start(jenkins, "built-in", 600));
        sessions.then(jenkins -> {
            WorkflowRun run = again(jenkins);
            jenkins.waitForMessage("Ready to run", run);
            assertShowsProgress(run);
            run.doStop();
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
            jenkins.assertLogContains("stub: interrupted, writing results", run);
            assertThat(run.getAction(SlimAction.class).getState()).isEqualTo(RunStatus.ABORTED);
            assertThat(report(jenkins, run)).contains("customers");
        });
    }
}
