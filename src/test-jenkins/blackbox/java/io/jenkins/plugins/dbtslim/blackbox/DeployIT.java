package io.jenkins.plugins.dbtslim.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a deploy publishes is what it built, whatever came of it; and every run has a report of its own and no other's. */
class DeployIT {
    private static final String TYPE = "io.jenkins.plugins.dbtslim.jenkins.step.";
    private static final String JUNIT = "readFile('junit.xml')";

    /** Of the first test that needed one: production is the same for all of them. */
    private static byte[] built;

    @RegisterExtension
    final Site site = new Site();

    @TempDir
    Path store;

    private String uri() {
        return "file:" + manifest();
    }

    private Path manifest() {
        return store.resolve("manifest.json");
    }

    private String fetch() {
        return "dbtFetchManifest(from: '" + uri() + "', ifMissing: 'fullBuild')\n";
    }

    /** The stand-in, which publishes what it built. */
    private String deploy(String options) {
        return "dbtSlimBuild(" + SampleProject.stub() + ", publish: [to: '" + uri() + "']" + options + ")\n";
    }

    private Job node(String name, String script) {
        return site.pipeline(name, "node {\n" + script + "}\n");
    }

    private Build deploy(String name, SampleProject project, String environment) throws Exception {
        return node(
                        name,
                        project.pipeline() + fetch() + "withEnv([" + environment + "]) {\n"
                                + deploy(", junit: 'junit.xml'") + "}\n")
                .run();
    }

    private void production() throws Exception {
        if (built == null) {
            deploy("production", new SampleProject(), "")
                    .assertResult("SUCCESS")
                    .assertConsole("Building everything", "Published " + uri())
                    .assertNoStackTrace();
            built = Files.readAllBytes(manifest());
        } else {
            Files.write(manifest(), built);
        }
    }

    private static JsonNode publication(Build build, String id) {
        return build.job().jenkins().json(build.path() + "/" + id + "/api/json").get("publication");
    }

    /** customers is built anew and revenue fails; then the commit is taken back. */
    @Test
    void aHalfFailedDeployThatIsTakenBackIsRepaired() throws Exception {
        production();

        Build half = deploy("half", SampleProject.changed(), "'STUB_FAIL=revenue'");
        half.assertResult("FAILURE")
                .assertConsole("failed: model.shop.revenue", "model.shop.revenue (failed)", "Published " + uri())
                .assertNoStackTrace();
        assertThat(publication(half, "dbt-slim").get("published").asBoolean()).isTrue();
        assertThat(half.reportPage("dbt-slim")).contains("left to the next run: 2", "model.shop.revenue (failed)");
        assertThat(site.jenkins().get(half.path() + "/").good()).contains("left to the next run: 2");

        Build back = deploy("back", new SampleProject(), "");
        back.assertResult("SUCCESS")
                .assertConsole(
                        "Production: still pending since build 1: model.shop.revenue (failed)",
                        "modified: model.shop.customers",
                        "Published " + uri());
        assertThat(back.reportPage("dbt-slim")).contains("still pending since build 1: model.shop.revenue (failed)");
        assertThat(publication(back, "dbt-slim").get("pending").asInt()).isZero();

        deploy("again", new SampleProject(), "").assertResult("SUCCESS").assertConsole("had nothing to do");
    }

    @Test
    void reportOnlyPublishesWhatIsTrueToo() throws Exception {
        production();
        node(
                        "only",
                        SampleProject.changed().pipeline() + fetch() + "withEnv(['STUB_FAIL=revenue']) {\ndef r = "
                                + deploy(", reportOnly: true")
                                + "echo \"status ${r.status} published ${r.published.published} pending"
                                + " ${r.published.pending*.id} absent ${r.published.absent*.id}\"\n}\n")
                .run()
                .assertResult("SUCCESS")
                .assertConsole("status failure published true pending [model.shop.revenue] absent"
                        + " [test.shop.not_null_revenue]");
    }

    @Test
    void anAbortedDeployPublishesWhatItBuilt() throws Exception {
        production();
        Build build = node(
                        "aborted",
                        SampleProject.changed().pipeline() + fetch() + "withEnv(['STUB_SLEEP=100']) {\n" + deploy("")
                                + "}\n")
                .start()
                .awaitLine("stub: second 2");
        build.stop()
                .await()
                .assertResult("ABORTED")
                .assertConsole("test.shop.not_null_revenue (skipped)", "Published " + uri())
                .assertNoStackTrace();
        assertThat(build.reportPage("dbt-slim")).contains("left to the next run");
    }

    @Test
    void aDeployIsPublishedAfterARestartOfTheController() throws Exception {
        Restart restart = Restart.orSkip(site.jenkins());
        production();
        Build build = node(
                        "restarted",
                        SampleProject.changed().pipeline() + fetch()
                                + "withEnv(['STUB_SLEEP=30', 'STUB_FAIL=revenue']) {\n" + deploy("") + "}\n")
                .start()
                .awaitLine("stub: second 2");
        restart.now();
        build.await()
                .assertResult("FAILURE")
                .assertConsole("model.shop.revenue (failed)", "Published " + uri())
                .assertNoStackTrace();
        assertThat(publication(build, "dbt-slim").get("published").asBoolean()).isTrue();
    }

    @Test
    void aFreestyleDeployDoesTheSame() throws Exception {
        production();
        Build build = site.freestyle(
                        "freestyle",
                        SampleProject.changed()
                                .with(
                                        "bin/failing",
                                        "#!/bin/sh\nSTUB_FAIL=revenue exec \"$(dirname \"$0\")/dbt\" \"$@\"\n")
                                .shell()
                                .replace("chmod +x bin/dbt", "chmod +x bin/dbt bin/failing"),
                        "<" + TYPE + "fetch.FetchStep_-FreestyleBuilder><options><from>" + uri() + "</from>"
                                + "</options></" + TYPE + "fetch.FetchStep_-FreestyleBuilder>",
                        "<" + TYPE
                                + "slimbuild.SlimBuildStep_-FreestyleBuilder><options><dbt>bin/failing</dbt><publish/></options></"
                                + TYPE + "slimbuild.SlimBuildStep_-FreestyleBuilder>")
                .run()
                .assertResult("FAILURE")
                .assertConsole("model.shop.revenue (failed)", "Published " + uri())
                .assertNoStackTrace();
        assertThat(build.reportPage("dbt-slim")).contains("left to the next run: 2");
    }

    @Test
    void whatCouldNotBePublishedIsToldBeforeDbtBegins() throws Exception {
        production();
        String project = SampleProject.changed().pipeline();
        node("without-fetch", project + "sh 'rm -rf .dbt-state'\n" + deploy(""))
                .run()
                .assertResult("FAILURE")
                .assertConsole("ERROR: " + uri() + " holds production's manifest, and this run is compared with")
                .assertNoStackTrace();
        Build change = node("change", "withEnv(['CHANGE_ID=7']) {\n" + project + fetch() + deploy("") + "}\n")
                .run()
                .assertResult("FAILURE")
                .assertConsole("this build is for the change request 7");
        assertThat(change.console()).doesNotContain("stub: done");
    }

    @Test
    void aPoisonedCheckoutIsNotBelieved() throws Exception {
        production();
        String poison = "sh \"sed -i \\\"s/'Ada'/'Eve'/\\\" .dbt-state/manifest.json\"\n";
        Build replaced = node("replaced", SampleProject.changed().pipeline() + fetch() + poison + deploy(""))
                .run()
                .assertResult("FAILURE")
                .assertConsole("is not what this build fetched from " + uri())
                .assertNoStackTrace();
        assertThat(replaced.console()).doesNotContain("stub: done", "Published ");
        assertThat(replaced.reportPage("dbt-slim")).contains("Could not run", "is not what this build fetched");

        Build report = node(
                        "brought",
                        SampleProject.changed().pipeline() + fetch()
                                + "sh 'cp -r .dbt-state brought'\n" + poison.replace(".dbt-state", "brought")
                                + deploy(", state: 'brought'"))
                .run()
                .assertResult("FAILURE")
                .assertConsole("which no dbtFetchManifest of this build brought from there");
        assertThat(report.console()).doesNotContain("stub: done", "Published ");
    }

    /** In one workspace, whose earlier build left results and a report. */
    @Test
    void aProjectThatDoesNotCompileHasAReportThatSaysSo() throws Exception {
        SampleProject broken = new SampleProject()
                .with("models/customers.sql", "select * from {{ ref('nowhere') }}")
                .with("bin/dbt", """
                        #!/bin/sh
                        [ "$1" = --version ] && echo stub && exit 0
                        echo "Compilation Error in model customers: depends on a node named nowhere"
                        exit 2
                        """);
        Build build = node(
                        "compile",
                        new SampleProject().pipeline() + fetch() + deploy(", junit: 'junit.xml', id: 'good'")
                                + fetch()
                                + broken.pipeline()
                                + "try { dbtSlimBuild(" + SampleProject.dbt() + ", publish: [to: '" + uri()
                                + "'], junit: 'junit.xml', id: 'bad') } finally { echo \"junit: ${" + JUNIT + "}\" }\n")
                .run()
                .assertResult("FAILURE")
                .assertConsole("Nothing of this run is in production", "<error", "ERROR: ")
                .assertNoStackTrace();
        assertThat(build.console().replaceAll("(?s).*junit: ", "")).doesNotContain("not_null_customers");
        assertThat(build.reportPage("bad"))
                .contains("Could not run", SampleProject.venv() == null ? "could not run the build" : "nowhere")
                .doesNotContain("Succeeded", "No node differs");
        assertThat(build.reportPage("good")).contains("Succeeded");
        assertThat(publication(build, "bad").get("published").asBoolean()).isFalse();
    }

    @Test
    void aRunThatNeverCameToDbtHasAReportThatSaysSo() throws Exception {
        String nobody = ", credentialsId: 'nobody', junit: 'junit.xml'";
        Build build = node(
                        "nobody",
                        new SampleProject().pipeline() + "writeFile file: 'junit.xml', text: '<testsuites/>'\n"
                                + fetch() + "try { dbtSlimBuild(" + SampleProject.stub() + nobody
                                + ") } finally { echo \"junit: ${" + JUNIT + "}\" }\n")
                .run()
                .assertResult("FAILURE")
                .assertConsole("nobody", "<error")
                .assertNoStackTrace();
        assertThat(build.slimActions().get(0).get("state").asText()).isEqualTo("ERROR");
        assertThat(build.slimActions().get(0).get("message").asText()).contains("nobody");
        assertThat(build.reportPage("dbt-slim")).contains("Could not run", "nobody");

        Build missing = node("missing", new SampleProject().pipeline() + fetch() + "dbtSlimBuild(dbt: 'no/such/dbt')\n")
                .run()
                .assertResult("FAILURE")
                .assertNoStackTrace();
        assertThat(missing.reportPage("dbt-slim")).contains("Could not run");
    }

    @Test
    void twoRunsInOneFolderDoNotMixTheirResults() throws Exception {
        production();
        Build build = node(
                        "parallel",
                        SampleProject.changed().pipeline() + fetch()
                                + "parallel first: { withEnv(['STUB_SLEEP=30', 'STUB_FAIL=revenue']) {\n"
                                + deploy(", id: 'first', reportOnly: true")
                                + "} }, second: {\nsleep 12\ncatchError {\n" + deploy(", id: 'second'") + "} }\n")
                .run()
                .assertResult("FAILURE")
                .assertNoStackTrace();
        assertThat(build.reportPage("first")).contains("revenue", "left to the next run: 2");
        assertThat(build.reportPage("second")).contains("Could not run").doesNotContain("Published to");
        assertThat(publication(build, "first").get("published").asBoolean()).isTrue();
        assertThat(publication(build, "second").get("published").asBoolean()).isFalse();
    }

    /** It left no results: what it had begun counts as not built, and the next deploy does it. */
    @Test
    void aDbtThatIsKilledLeavesProductionAsItWas() throws Exception {
        production();
        SampleProject killed = SampleProject.changed().with("bin/dbt", """
                #!/bin/sh
                [ "$1" = --version ] && echo stub && exit 0
                echo "killed now"
                kill -9 $$
                """);
        Build build = deploy("killed", killed, "");
        build.assertResult("FAILURE").assertConsole("killed now", "ERROR: ").assertNoStackTrace();
        assertThat(build.reportPage("dbt-slim")).doesNotContain("Succeeded", "No node differs");
        assertThat(Files.readAllBytes(manifest())).isEqualTo(built);

        deploy("after-kill", SampleProject.changed(), "")
                .assertResult("SUCCESS")
                .assertConsole("modified: model.shop.customers", "Published " + uri());
    }
}
