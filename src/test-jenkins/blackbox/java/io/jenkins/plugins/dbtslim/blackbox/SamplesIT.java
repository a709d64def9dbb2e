package io.jenkins.plugins.dbtslim.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The sample Jenkinsfiles of the docs, as they are: what differs here comes by the build's environment. */
class SamplesIT {
    private static final String ID = "materialize";

    @RegisterExtension
    final Site site = new Site();

    @TempDir
    Path store;

    /** Credentials of the id that the samples name; they may be there already. */
    @BeforeEach
    void credentials() {
        site.jenkins()
                .post(
                        "/credentials/store/system/domain/_/createCredentials",
                        "application/xml",
                        Site.credentialsXml("samples", "alice", "sw0rdfish")
                                .replaceFirst("<id>[^<]*</id>", "<id>" + ID + "</id>"));
    }

    private static String sample(String name) throws IOException {
        for (String root : new String[] {"", "../..", ".."}) {
            Path file = Path.of(root, "src", "docs", "examples", name);
            if (Files.exists(file)) {
                return Files.readString(file);
            }
        }
        throw new AssertionError("no sample " + name + " from " + Path.of("").toAbsolutePath());
    }

    /** Builds the sample in a workspace that holds the project, as after a checkout. */
    private Build run(String name, SampleProject project, Map<String, String> environment) throws Exception {
        Job job = site.pipeline(
                name.replaceFirst("\\..*", ""), "node {\n" + project.pipeline() + "echo \"in=${env.WORKSPACE}=\"\n}\n");
        String workspace = job.run().assertResult("SUCCESS").console().replaceFirst("(?s).*\nin=([^=]+)=.*", "$1");
        Map<String, String> parameters = new LinkedHashMap<>(environment);
        parameters.put("PATH", workspace + "/bin:" + System.getenv("PATH"));
        parameters.put("DBT_MANIFEST", "file:" + store.resolve("manifest.json"));
        parameters.put("MZ_HOST", "localhost");
        site.jenkins()
                .post(job.path() + "/config.xml", "application/xml", config(sample(name), parameters))
                .good();
        String query = parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        site.jenkins().post(job.path() + "/buildWithParameters?" + query);
        Build build = new Build(job, 2);
        Waiting.until(
                build.path() + " starts",
                java.time.Duration.ofMinutes(1),
                () -> site.jenkins().get(build.path() + "/api/json").status() == 200);
        return build.await();
    }

    private static String config(String script, Map<String, String> parameters) {
        String definitions = parameters.keySet().stream()
                .map(name -> "<hudson.model.StringParameterDefinition><name>" + name
                        + "</name></hudson.model.StringParameterDefinition>")
                .collect(Collectors.joining());
        return "<flow-definition><properties><hudson.model.ParametersDefinitionProperty><parameterDefinitions>"
                + definitions
                + "</parameterDefinitions></hudson.model.ParametersDefinitionProperty></properties><definition"
                + " class=\"org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition\"><script>" + Site.xml(script)
                + "</script><sandbox>true</sandbox></definition></flow-definition>";
    }

    @Test
    void productionThenPullRequest() throws Exception {
        Build deploy = run("production.Jenkinsfile", new SampleProject(), Map.of("BRANCH_NAME", "main"))
                .assertResult("SUCCESS")
                .assertConsole("Building everything", "Published ");
        assertThat(store.resolve("manifest.json")).exists();
        assertThat(deploy.reportPage("dbt-slim")).contains("customers");
        Build request = run(
                        "pull-request.Jenkinsfile",
                        SampleProject.changed(),
                        Map.of("CHANGE_ID", "7", "BRANCH_NAME", "PR-7"))
                .assertResult("SUCCESS")
                .assertConsole("Against production: 0 new, 1 modified, 0 removed");
        assertThat(request.reportPage("dbt-slim")).contains("customers", "revenue");
        run("test-history.Jenkinsfile", SampleProject.changed(), Map.of())
                .assertResult("SUCCESS")
                .assertConsole("Recording test results");
    }

    /** That it drops what is stale is shown elsewhere; here it is read, and leaves its work to the timer. */
    @Test
    void cleanUpIsReadAndWaitsForItsTimer() throws Exception {
        run("clean-up.Jenkinsfile", new SampleProject(), Map.of("BRANCH_NAME", "main"))
                .assertResult("SUCCESS")
                .assertConsole("Stage \"Clean up\" skipped due to when conditional");
    }
}
