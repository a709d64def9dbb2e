package io.jenkins.plugins.dbtslim.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Examples of the documentation, run as they stand but for names: the bucket, the credentials, and where dbt and the database are. A
 * checkout is replaced by a project written into the workspace.
 */
class ExamplesIT {
    private static final String LOCATION = "s3://mz-test-dbt/manifest.json";
    private static final String CONFIGURE = "/configuration-as-code/apply";

    @RegisterExtension
    final Site site = new Site();

    private String uri;
    private String materialize;

    @BeforeEach
    void publishProduction() throws Exception {
        uri = Site.uri("examples-" + System.nanoTime());
        String s3 = site.s3Credentials();
        materialize = site.credentials("materialize", "deployer", "swordfish-1");
        String options = site.s3Options(s3) + "\n";
        String publish = new SampleProject().pipeline()
                + "dbtFetchManifest ifMissing: 'fullBuild', from: '" + uri + "'" + options
                + "dbtSlimBuild " + SampleProject.stub() + "\n"
                + "dbtPublishManifest to: '" + uri + "'" + options;
        site.pipeline("examples-production", "node {\n" + publish + "}\n").run().assertResult("SUCCESS");
    }

    @Test
    void theShortOne() throws Exception {
        pipeline("slim.Jenkinsfile")
                .assertResult("SUCCESS")
                .assertConsole("Fetched " + uri, "Published " + uri)
                .assertNoStackTrace();
    }

    @Test
    void aFreestyleJob() throws Exception {
        String xml = example("freestyle.xml")
                .replaceFirst("<\\?xml[^>]*>", "")
                .replace(LOCATION, uri)
                .replace("<credentialsId>dbt-bucket</credentialsId>", site.s3Xml(Site.name("s3")))
                .replace(
                        "<credentialsId>materialize<",
                        "<host>localhost</host><dbt>bin/dbt</dbt><credentialsId>" + materialize + "<")
                .replaceFirst(
                        "<builders>", "<builders>" + SampleProject.changed().shell());
        site.job("examples-freestyle", xml)
                .run()
                .assertResult("SUCCESS")
                .assertConsole("Fetched " + uri, "Published " + uri);
    }

    @Test
    void theConfigurationAsCode() throws Exception {
        Jenkins jenkins = site.jenkins();
        try {
            jenkins.post(CONFIGURE, "application/yaml", example("jenkins.yaml")).good();
            assertThat(jenkins.post("/configuration-as-code/export").good())
                    .contains("host: \"abc.eu-west-1.aws.materialize.cloud\"")
                    .contains("allowedEndpoints: \"https://minio.example.com:9000\"");
        } finally {
            jenkins.post(
                            CONFIGURE,
                            "application/yaml",
                            "unclassified: {dbtSlim: {host: '', allowedEndpoints: '', changeTags: ''}}")
                    .good();
        }
    }

    private Build pipeline(String name) throws Exception {
        String options = site.s3Options(Site.name("s3"));
        String script = example(name)
                .replace("from: '" + LOCATION + "'", "from: '" + uri + "'" + options)
                .replace("to: '" + LOCATION + "'", "to: '" + uri + "'" + options)
                .replace("dbtSlimBuild ", "dbtSlimBuild " + SampleProject.stub() + ", ")
                .replace("'materialize'", "'" + materialize + "'")
                .replaceFirst(
                        "steps \\{\n", "steps {\n" + SampleProject.changed().pipeline());
        assertThat(script).doesNotContain(LOCATION);
        return site.pipeline("examples-" + name, "env.MZ_HOST = 'localhost'\n" + script)
                .run();
    }

    private static String example(String name) throws IOException {
        return Files.readString(Path.of("src/docs/examples", name));
    }
}
