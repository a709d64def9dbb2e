package io.jenkins.plugins.dbtslim.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

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

    @Test
    void secondBuildOfAnEnvironmentNamesTheFirst() throws Exception {
        String script = "node {\n" + new SampleProject().pipeline() + site.fetchNothing()
                + "withEnv(['STUB_SLEEP=SECONDS']) { dbtSlimBuild(" + SampleProject.stub()
                + ", ciTag: 'pr_7', host: 'HOST') }\n}\n";
        Build first = site.pipeline(
                        "environment", script.replace("SECONDS", "60").replace("HOST", "mz.example.com"))
                .start()
                .awaitLine("stub: second 1");
        site.pipeline("environment-2", script.replace("SECONDS", "0").replace("HOST", "mz.example.com"))
                .run()
                .assertResult("FAILURE")
                .assertConsole(
                        "ERROR: " + first.job().name() + " #1 is running in the same environment (mz.example.com pr_7)")
                .assertNoStackTrace();
        assertThat(first.result()).isNull();
        first.stop().await().assertResult("ABORTED");
        site.pipeline("environment-3", script.replace("SECONDS", "0").replace("HOST", "mz.example.com"))
                .run()
                .assertResult("SUCCESS");
    }
}
