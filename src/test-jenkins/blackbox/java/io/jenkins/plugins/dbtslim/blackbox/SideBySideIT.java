package io.jenkins.plugins.dbtslim.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Slim builds that run at the same time, in one build and in two. */
class SideBySideIT {
    @RegisterExtension
    final Site site = new Site();

    /** Each cell of a matrix has its page, its copy of the manifest and its report. */
    @Test
    void cellsOfAMatrixHavePagesOfTheirOwn() throws Exception {
        Build build = site.pipeline(
                        "matrix",
                        "pipeline { agent any\nstages { stage('All') { matrix { axes { axis { name 'PART'\nvalues 'shop', 'bakery'"
                                + " } }\nstages { stage('Build') { steps { dir(PART) {\n"
                                + new SampleProject().pipeline() + site.fetchNothing()
                                + "script {\ndef r = dbtSlimBuild(dbt: \"${env.WORKSPACE}/${PART}/bin/dbt\", id: PART)\n"
                                + "echo \"${PART}: ${r.selected.size()} ${r.manifest.contains(PART)} ${fileExists(r.manifest)} ${r.url}\" }\n"
                                + "} } } } } } } }")
                .run()
                .assertResult("SUCCESS")
                .assertConsole("shop: 8 true true http", "bakery: 8 true true http");
        assertThat(build.slimActions()).hasSize(2);
        assertThat(build.reportPage("shop")).contains("revenue");
        assertThat(build.reportPage("bakery")).contains("revenue");
    }

    /** A build in an environment of the tests, whose dbt takes so many seconds. */
    private Job inEnvironment(String name, String tag, int seconds) {
        return site.pipeline(
                name,
                "node {\n" + new SampleProject().pipeline() + site.fetchNothing() + "withEnv(['STUB_SLEEP=" + seconds
                        + "']) { dbtSlimBuild(" + SampleProject.stub()
                        + ", ciTag: '" + tag + "', host: 'mz.example.com') }\n}\n");
    }

    private void assertRefused(String name, String tag, Build first) throws InterruptedException {
        inEnvironment(name, tag, 0)
                .run()
                .assertResult("FAILURE")
                .assertConsole("ERROR: " + first.job().name()
                        + " #1 is running in the same environment (mz.example.com " + tag + ")")
                .assertNoStackTrace();
        assertThat(first.result()).isNull();
    }

    @Test
    void secondBuildOfAnEnvironmentNamesTheFirst() throws Exception {
        Build first = inEnvironment("environment", "pr_7", 60).start().awaitLine("stub: second 1");
        assertRefused("environment-2", "pr_7", first);
        first.stop().await().assertResult("ABORTED");
        inEnvironment("environment-3", "pr_7", 0).run().assertResult("SUCCESS");
    }

    /** Who is at work where is the controller's memory only. */
    @Test
    void anEnvironmentStaysTakenWhenTheControllerIsKilled() throws Exception {
        Restart restart = Restart.orSkip(site.jenkins());
        Build first = inEnvironment("environment-killed", "pr_8", 600).start().awaitLine("stub: second 2");
        restart.now();
        Waiting.until("the step goes on", Duration.ofMinutes(4), () -> site.jenkins()
                .json(first.path() + "/dbt-slim/api/json")
                .hasNonNull("progress"));
        assertRefused("environment-killed-2", "pr_8", first);
        first.stop().await().assertResult("ABORTED");
        inEnvironment("environment-killed-3", "pr_8", 0).run().assertResult("SUCCESS");
    }
}
