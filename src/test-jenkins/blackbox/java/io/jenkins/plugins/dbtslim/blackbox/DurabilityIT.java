package io.jenkins.plugins.dbtslim.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A running slim build outlives what happens around it, and one that is aborted still gives its results. */
class DurabilityIT {
    @RegisterExtension
    final Site site = new Site();

    /** A Pipeline whose dbt takes so many seconds. */
    private Job sleeping(String name, String label, int seconds) {
        return sleeping(name, label, seconds, "");
    }

    private Job sleeping(String name, String label, int seconds, String more) {
        return site.pipeline(
                name,
                "node('" + label + "') {\n" + new SampleProject().pipeline() + site.fetchNothing()
                        + "def r\nwithEnv(['STUB_SLEEP="
                        + seconds + "'" + more + "]) { r = dbtSlimBuild(" + SampleProject.stub() + ") }\n"
                        + "echo \"status ${r.status} of ${r.selected.size()}\"\n}\n");
    }

    private static void assertWhole(Build build) {
        build.assertResult("SUCCESS").assertConsole("status success of 8");
        assertThat(build.console()).doesNotContain("\tat ");
        assertThat(build.reportPage("dbt-slim")).contains("revenue");
        assertThat(build.slimActions()).hasSize(1);
    }

    @Test
    void abortedPipelineStillHasResultsAndReport() throws Exception {
        Build build = sleeping("abort", "", 100).start().awaitLine("stub: second 2");
        assertThat(build.slimActions().get(0).get("state").asText()).isEqualTo("RUNNING");
        build.stop().await().assertResult("ABORTED");
        assertAborted(build);
    }

    @Test
    void abortedFreestyleBuildStillHasResultsAndReport() throws Exception {
        String s3 = site.s3Credentials();
        String type = "io.jenkins.plugins.dbtslim.jenkins.step.";
        String project = new SampleProject()
                .with("bin/slow", "#!/bin/sh\nSTUB_SLEEP=100 exec \"$(dirname \"$0\")/dbt\" \"$@\"\n")
                .shell()
                .replace("chmod +x bin/dbt", "chmod +x bin/dbt bin/slow");
        Build build = site.freestyle(
                        "abort-freestyle",
                        project,
                        "<" + type + "fetch.FetchStep_-FreestyleBuilder><options class=\"" + type
                                + "fetch.FetchStep\"><from>"
                                + Site.uri("never")
                                + "</from><to>.dbt-state/manifest.json</to><ifMissing>fullBuild</ifMissing>"
                                + site.s3Xml(s3) + "</options></" + type + "fetch.FetchStep_-FreestyleBuilder>",
                        "<" + type + "slimbuild.SlimBuildStep_-FreestyleBuilder><options class=\"" + type
                                + "slimbuild.SlimBuildStep\"><dbt>bin/slow</dbt></options></" + type
                                + "slimbuild.SlimBuildStep_-FreestyleBuilder>")
                .start()
                .awaitLine("stub: second 2");
        build.stop().await().assertResult("ABORTED");
        assertAborted(build);
    }

    private static void assertAborted(Build build) {
        assertThat(build.slimActions().get(0).get("state").asText())
                .as(build.console())
                .isEqualTo("ABORTED");
        assertThat(build.reportPage("dbt-slim")).contains("customers");
    }

    @Test
    void lostAgentMayComeBack() throws Exception {
        try (Agent agent = Agent.connect("agent")) {
            Build build = sleeping("agent", agent.label(), 30).start().awaitLine("stub: second 2");
            agent.crash();
            Thread.sleep(3000);
            agent.start();
            assertWhole(build.await());
        }
    }

    @Test
    void agentMayBeAwayWhenDbtEnds() throws Exception {
        try (Agent agent = Agent.connect("away")) {
            Build build = sleeping("away", agent.label(), 8).start().awaitLine("stub: second 2");
            agent.crash();
            Thread.sleep(12_000);
            agent.start();
            assertWhole(build.await());
        }
    }

    @Test
    void controllerMayBeKilledWhileDbtRuns() throws Exception {
        Restart restart = Restart.orSkip(site.jenkins());
        Build build = sleeping("killed", "", 30).start().awaitLine("stub: second 2");
        restart.now();
        assertWhole(build.await());
    }

    @Test
    void controllerMayBeKilledWhenDbtHasEnded() throws Exception {
        Restart restart = Restart.orSkip(site.jenkins());
        Build build = sleeping("ended", "", 4).start().awaitLine("stub: second 2");
        restart.now();
        assertWhole(build.await());
    }

    @Test
    void abortIsRememberedWhenTheControllerIsKilled() throws Exception {
        Restart restart = Restart.orSkip(site.jenkins());
        // dbt takes its time to cancel, so that the kill surely falls between the abort and the end of the step.
        Build build =
                sleeping("abort-killed", "", 100, ", 'STUB_LINGER=12'").start().awaitLine("stub: second 2");
        // What was told to nobody yet may be forgotten.
        build.stop().awaitLine("Sending interrupt signal");
        restart.now();
        build.await().assertResult("ABORTED");
        assertAborted(build);
    }

    /** What an administrator has to end by hand outlives the controller, and keeps its environment until it is gone. */
    @Test
    void whatCouldNotBeEndedKeepsItsEnvironmentOverARestart() throws Exception {
        Restart restart = Restart.orSkip(site.jenkins());
        Job job = site.pipeline(
                "stuck",
                "node {\n" + new SampleProject().pipeline() + site.fetchNothing() + "dbtSlimBuild("
                        + SampleProject.stub() + ", host: 'stuck.example.com', ciTag: 'gh_ci_77')\n}\n");
        Process dbt = new ProcessBuilder("sleep", "600").start();
        try {
            String process =
                    dbt.pid() + "@" + dbt.info().startInstant().orElseThrow().toEpochMilli();
            String agent = "io.jenkins.plugins.dbtslim.jenkins.agent.";
            site.script(agent + "StuckRuns.known().note(['stuck.example.com gh_ci_77'], new " + agent
                    + "AgentFolder('', '/run'), ['" + process + "'])");
            restart.now();
            job.run()
                    .assertResult("FAILURE")
                    .assertConsole("A dbt that could not be ended may still be at work in this environment"
                            + " (stuck.example.com gh_ci_77): end process " + dbt.pid());
        } finally {
            dbt.destroyForcibly().waitFor();
        }
        job.run().assertResult("SUCCESS");
    }
}
