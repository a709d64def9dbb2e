package io.jenkins.plugins.dbtslim.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Jobs made by the Job DSL plugin, where it is installed: the example of the documentation, as it stands. */
class JobDslIT {
    @RegisterExtension
    final Site site = new Site();

    @Test
    void exampleMakesAJobWithItsOptions() throws Exception {
        String name = Site.name("job-dsl");
        String dsl =
                Files.readString(Path.of("src/docs/examples", "job-dsl.groovy")).replace("shop-slim-build", name);
        String script =
                "new javaposse.jobdsl.dsl.DslScriptLoader(new javaposse.jobdsl.plugin.JenkinsJobManagement(System.out, [:],"
                        + " new File('.'))).runScript(new String('" + SampleProject.base64(dsl)
                        + "'.decodeBase64(), 'UTF-8'))";
        Answer answer = site.jenkins()
                .post(
                        "/scriptText",
                        "application/x-www-form-urlencoded",
                        "script=" + URLEncoder.encode(script, StandardCharsets.UTF_8));
        assumeFalse(answer.good().contains("unable to resolve class javaposse"), "the plugin job-dsl is there");
        site.deleteJobLater(name);
        assertThat(site.jenkins().get("/job/" + name + "/config.xml").good())
                .contains(
                        "fetch.FetchStep_-FreestyleBuilder",
                        "<from>s3://mz-test-dbt/manifest.json</from>",
                        "<credentialsId>dbt-bucket</credentialsId>",
                        "<ifMissing>fullBuild</ifMissing>",
                        "slimbuild.SlimBuildStep_-FreestyleBuilder",
                        "<threads>4</threads>",
                        "<select>state:modified+</select>");
    }
}
