package io.jenkins.plugins.dbtslim.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The password reaches dbt, and nothing else: no log, no page, no file. */
class SecretsIT {
    private static final String PASSWORD = "sw0rdfish/of+the \"deep'sea\" & more";
    private static final String TRACE = "withEnv(['STUB_SECRETS=1', 'STUB_TRACE=1']) { dbtSlimBuild("
            + SampleProject.stub() + ", host: 'localhost', credentialsId: '";

    @RegisterExtension
    final Site site = new Site();

    @Test
    void passwordIsMaskedInEveryEncodingThatDbtMayWrite() throws Exception {
        String id = site.credentials("mz", "alice", PASSWORD);
        Build build = site.pipeline(
                        "mask",
                        "node {\n" + new SampleProject().pipeline() + site.fetchNothing() + TRACE + id + "') }\n}\n")
                .run()
                .assertResult("SUCCESS")
                .assertConsole("the password is set: True of alice", "secret>");
        assertHidden(build.console());
        assertHidden(site.jenkins()
                .get(build.path() + "/logText/progressiveText?start=0")
                .good());
        assertHidden(site.jenkins().get(build.path() + "/api/xml?depth=2").good());
        assertHidden(build.reportPage("dbt-slim"));
    }

    @Test
    void freestyleMasksAsWell() throws Exception {
        String id = site.credentials("mz", "alice", PASSWORD);
        String s3 = site.s3Credentials();
        String type = "io.jenkins.plugins.dbtslim.jenkins.step.";
        String project = new SampleProject()
                .with("bin/noisy", "#!/bin/sh\nSTUB_SECRETS=1 exec \"$(dirname \"$0\")/dbt\" \"$@\"\n")
                .shell()
                .replace("chmod +x bin/dbt", "chmod +x bin/dbt bin/noisy");
        Build build = site.freestyle(
                        "mask-freestyle",
                        project,
                        "<" + type + "fetch.FetchStep_-FreestyleBuilder><options class=\"" + type
                                + "fetch.FetchStep\"><from>"
                                + Site.uri("never")
                                + "</from><to>.dbt-state/manifest.json</to><ifMissing>fullBuild</ifMissing>"
                                + site.s3Xml(s3) + "</options></" + type + "fetch.FetchStep_-FreestyleBuilder>",
                        "<" + type + "slimbuild.SlimBuildStep_-FreestyleBuilder><options class=\"" + type
                                + "slimbuild.SlimBuildStep\"><dbt>bin/noisy</dbt>"
                                + "<host>localhost</host><credentialsId>"
                                + id
                                + "</credentialsId></options></" + type + "slimbuild.SlimBuildStep_-FreestyleBuilder>")
                .run()
                .assertResult("SUCCESS")
                .assertConsole("the password is set: True of alice");
        assertHidden(build.console());
    }

    /** What bindings set around a freestyle job's steps: keys of the store, and the log-in of Materialize. */
    @Test
    void bindingsOfAFreestyleJobReachStoreAndDbt() throws Exception {
        String type = "io.jenkins.plugins.dbtslim.jenkins.step.";
        String binding = "org.jenkinsci.plugins.credentialsbinding.impl.";
        String wrappers = "<" + binding + "SecretBuildWrapper><bindings>"
                + binding(binding, site.s3Credentials(), "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
                + binding(binding, site.credentials("mz", "alice", PASSWORD), "MZ_USER", "MZ_PASSWORD")
                + "</bindings></" + binding + "SecretBuildWrapper>";
        String project = new SampleProject()
                .with("bin/noisy", "#!/bin/sh\nSTUB_SECRETS=1 exec \"$(dirname \"$0\")/dbt\" \"$@\"\n")
                .shell()
                .replace("chmod +x bin/dbt", "chmod +x bin/dbt bin/noisy");
        String s3 = site.s3Xml("").replace("<credentialsId></credentialsId>", "");
        Build build = site.freestyleWrapped(
                        "bindings",
                        wrappers,
                        project,
                        "<" + type + "fetch.FetchStep_-FreestyleBuilder><options><from>" + Site.uri("bindings")
                                + "</from><ifMissing>fullBuild</ifMissing>" + s3 + "</options></" + type
                                + "fetch.FetchStep_-FreestyleBuilder>",
                        "<" + type
                                + "slimbuild.SlimBuildStep_-FreestyleBuilder><options><dbt>bin/noisy</dbt><host>localhost</host></options></"
                                + type + "slimbuild.SlimBuildStep_-FreestyleBuilder>",
                        "<" + type + "publish.PublishStep_-FreestyleBuilder><options><to>" + Site.uri("bindings")
                                + "</to>" + s3 + "</options></" + type + "publish.PublishStep_-FreestyleBuilder>")
                .run()
                .assertResult("SUCCESS")
                .assertConsole(
                        "AWS_ACCESS_KEY_ID of the environment", "the password is set: True of", "Published s3://");
        assertHidden(build.console());
    }

    private static String binding(String type, String id, String user, String password) {
        return "<" + type + "UsernamePasswordMultiBinding><credentialsId>" + id + "</credentialsId><usernameVariable>"
                + user + "</usernameVariable><passwordVariable>" + password + "</passwordVariable></" + type
                + "UsernamePasswordMultiBinding>";
    }

    @Test
    void noFileOfTheAgentHoldsThePassword() throws Exception {
        String id = site.credentials("mz", "alice", "sw0rdfish-of-the-sea");
        // The word is put together in the shell, so that the script's own file does not hold it.
        String search = "sh '''set +x; a=sw0rdfish; b=of-the; if grep -rl \"$a-$b\" \"$WORKSPACE\" \"$WORKSPACE@tmp\"; "
                + "then echo found it; else echo clean; fi'''\n";
        site.pipeline(
                        "files",
                        "node {\n" + new SampleProject().pipeline() + site.fetchNothing()
                                + TRACE.replace("'STUB_SECRETS=1', ", "") + id + "') }\n" + search + "}\n")
                .run()
                .assertResult("SUCCESS")
                .assertConsole("clean\n");
    }

    /** A macro can print the password into the manifest: that is then not published, and nothing of dbt's is changed. */
    @Test
    void aManifestThatHoldsThePasswordIsNotPublished() throws Exception {
        String id = site.credentials("mz", "alice", "sw0rdfish-of-the-sea");
        site.pipeline(
                        "residue",
                        "node {\n" + new SampleProject().pipeline() + site.fetchNothing()
                                + TRACE.replace("'STUB_SECRETS=1', ", "'STUB_RESIDUE=1', ") + id
                                + "') }\ndbtPublishManifest 'build:" + Site.name("residue") + "'\n}\n")
                .run()
                .assertResult("FAILURE")
                .assertConsole(
                        "Masked here and in the report: MZ_PASSWORD",
                        "the manifest holds the value of a masked variable at"
                                + " /nodes/model.shop.customers/compiled_code");
    }

    private static void assertHidden(String text) {
        String url = URLEncoder.encode(PASSWORD, StandardCharsets.UTF_8);
        assertThat(text)
                .doesNotContain("sw0rdfish")
                .doesNotContain(PASSWORD)
                .doesNotContain(url)
                .doesNotContain(url.replace("+", "%20"))
                .doesNotContain(SampleProject.base64(PASSWORD).replaceFirst("=+$", ""))
                .doesNotContain(SampleProject.base64("x" + PASSWORD).substring(4, 40));
    }
}
