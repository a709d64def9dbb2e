package io.jenkins.plugins.dbtslim.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A job whose name has blanks and letters beyond ASCII, and so has its workspace: everything goes through. */
class PathsIT {
    private static final String TYPE = "io.jenkins.plugins.dbtslim.jenkins.step.";

    @RegisterExtension
    final Site site = new Site();

    private static String steps(String from, String publish) {
        return "dbtFetchManifest(from: '" + from + "', ifMissing: 'fullBuild')\ndef r = dbtSlimBuild("
                + SampleProject.stub().replace("bin/dbt", "été 2/bin/dbt")
                + ", projectDir: \"été 2\", junit: 'jünit 1.xml')\n"
                + "echo \"in ${env.WORKSPACE}: ${r.status} ${r.modified}\"\n" + publish;
    }

    private static String project(SampleProject project) {
        return "dir(\"été 2\") {\n" + project.pipeline() + "}\n";
    }

    @Test
    void blanksAndLettersOfOtherAlphabetsDoNoHarm() throws Exception {
        String name = "Läden für 2 é";
        String production = "file:prodükt ion/manifest.json";
        String script = "node {\n" + project(new SampleProject())
                + steps(production, "dbtPublishManifest('" + production + "')\n")
                + project(SampleProject.changed())
                + steps(production, "echo \"junit ${fileExists('jünit 1.xml')}\"\n")
                        .replace("def r", "r") + "}\n";
        Build build = site.pipeline(name, script)
                .run()
                .assertResult("SUCCESS")
                .assertConsole(
                        name + ": success",
                        "Published file:",
                        name + ": success [model.shop.customers]",
                        "junit true",
                        "Report: http")
                .assertNoStackTrace();
        assertThat(build.reportPage("dbt-slim")).contains("revenue");
        assertThat(build.reportPage("dbt-slim-2")).contains("revenue");
    }

    @Test
    void freestyleJobsDoTheSame() throws Exception {
        String name = "Läden für 3 é";
        Build build = site.freestyle(
                        name,
                        new SampleProject().shell(),
                        options("fetch.Fetch", "<from>file:prod é/m.json</from><ifMissing>fullBuild</ifMissing>"),
                        options("slimbuild.SlimBuild", "<dbt>bin/dbt</dbt>"),
                        options("publish.Publish", "<to>file:prod é/m.json</to>"))
                .run()
                .assertResult("SUCCESS")
                .assertConsole("Published file:", name + "/prod é/m.json")
                .assertNoStackTrace();
        assertThat(build.reportPage("dbt-slim")).contains("revenue");
    }

    /** An abort looks for the driver by its path. */
    @Test
    void abortFindsTheDriver() throws Exception {
        Build build = site.pipeline(
                        "Läden für 4 é",
                        "node {\n" + new SampleProject().pipeline()
                                + "dbtFetchManifest(from: 'file:none.json', ifMissing: 'fullBuild')\n"
                                + "withEnv(['STUB_SLEEP=100']) { dbtSlimBuild(" + SampleProject.stub() + ") }\n}\n")
                .start()
                .awaitLine("stub: second 2");
        build.stop().await().assertResult("ABORTED").assertConsole("stub: interrupted, writing results");
        assertThat(build.reportPage("dbt-slim")).contains("customers");
    }

    private static String options(String type, String elements) {
        return "<" + TYPE + type + "Step_-FreestyleBuilder><options>" + elements + "</options></" + TYPE + type
                + "Step_-FreestyleBuilder>";
    }
}
