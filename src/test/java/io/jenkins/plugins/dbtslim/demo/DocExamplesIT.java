package io.jenkins.plugins.dbtslim.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.jenkins.plugins.dbtslim.dbt.DbtVenv;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The shell examples of the documentation, run as they stand: a first deploy, a second one, and the doctor. */
class DocExamplesIT {
    private static final Path EXAMPLES = Path.of("src/docs/examples").toAbsolutePath();

    @TempDir
    Path folder;

    private Path project;
    private String path;

    @BeforeEach
    void makeProject() throws Exception {
        assumeThat(File.separatorChar).as("a shell").isEqualTo('/');
        project = Files.createDirectories(folder.resolve("project/models")).getParent();
        Path venv = DbtVenv.obtain(Path.of("src/demo/requirements.txt"), System.out::println);
        path = venv.resolve("bin")
                + File.pathSeparator
                + Path.of(System.getProperty("java.home"), "bin")
                + File.pathSeparator
                + Path.of("target").toAbsolutePath()
                + File.pathSeparator
                + System.getenv("PATH");
        write("dbt_project.yml", "{name: shop, version: '1.0.0', profile: shop}");
        write("profiles.yml", "shop: {outputs: {production: {type: duckdb, path: shop.duckdb}}, target: production}");
        write("models/one.sql", "select 1 as id");
        write("models/two.sql", "select id from {{ ref('one') }}");
        write("models/three.sql", "select 3 as id");
    }

    @Test
    @Timeout(300)
    void deployTwiceThenLook() throws Exception {
        assertThat(run("slim-build.sh")).contains("everything will be built", "selected 3 (3 success)");
        write("models/one.sql", "select 2 as id");
        assertThat(run("slim-build.sh")).contains("selected 2 (2 success)");
        assertThat(project.resolve("report.html")).content().contains("model.shop.one", "not rebuilt");
        assertThat(run("doctor.sh")).containsPattern("store +ok").containsPattern("state +ok");
    }

    /** The packed command, whose libraries may have something to say of their own. */
    @Test
    @Timeout(60)
    void anErrorIsOneSentenceAndNoMore() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of("target/dbt-slim").toAbsolutePath().toString(),
                        "fetch",
                        "--from=s3://bucket/m.json",
                        "--to=state",
                        "--endpoint=http://127.0.0.1:1",
                        "--attempts=1")
                .directory(project.toFile())
                .redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of("AWS_ACCESS_KEY_ID", "A", "AWS_SECRET_ACCESS_KEY", "B", "AWS_REGION", "eu-west-1"));
        Process process = builder.start();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines())
                .filteredOn(line -> !line.startsWith("Fetching "))
                .containsExactly(
                        "Using AWS_ACCESS_KEY_ID of the environment",
                        "dbt-slim fetch: GET s3://bucket/m.json at 127.0.0.1:1: connection refused; gave up after 1 attempt.");
        assertThat(process.waitFor()).isEqualTo(2);
    }

    private String run(String example) throws IOException, InterruptedException {
        Path log = folder.resolve("log");
        ProcessBuilder builder = new ProcessBuilder(
                        "sh", EXAMPLES.resolve(example).toString())
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(Map.of("PATH", path, "MANIFEST", "file:" + folder + "/store/manifest.json"));
        int status = builder.start().waitFor();
        String output = Files.readString(log);
        assertThat(status).as(output).isZero();
        return output;
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(project.resolve(name), text);
    }
}
