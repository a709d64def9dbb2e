package io.jenkins.plugins.dbtslim.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.dbtslim.dbt.DbtVenv;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The documented files of other CI servers are YAML of their form, and their shell lines run in what such a server sets. */
@Timeout(600)
class OtherCiIT {
    private static final Path EXAMPLES = Path.of("src/docs/examples").toAbsolutePath();
    private static final String SHA = "0123456789abcdef0123456789abcdef01234567";

    @TempDir
    Path folder;

    private Path project;
    private Path venv;

    @BeforeEach
    void makeProject() throws Exception {
        venv = DbtVenv.obtain(Path.of("src/demo/requirements.txt"), System.out::println);
        project = Files.createDirectories(folder.resolve("project/models")).getParent();
        write("dbt_project.yml", "{name: shop, version: '1.0.0', profile: shop}");
        write(
                "profiles.yml",
                "shop: {target: staging, outputs: {"
                        + "staging: {type: duckdb, path: pr.duckdb}, production: {type: duckdb, path: shop.duckdb}}}");
        write("models/one.sql", "select 1 as id");
    }

    @Test
    void githubActions() throws Exception {
        JsonNode steps = yaml("github.yml").at("/jobs/slim/steps");
        Map<String, String> variables = new HashMap<>(Map.of(
                "GITHUB_ACTIONS",
                "true",
                "GITHUB_SERVER_URL",
                "https://github.com",
                "GITHUB_REPOSITORY",
                "acme/shop",
                "GITHUB_SHA",
                SHA,
                "GITHUB_REF",
                "refs/heads/main",
                "GITHUB_REF_NAME",
                "main",
                "GITHUB_STEP_SUMMARY",
                folder.resolve("summary.md").toString()));
        run(lines(steps, "push"), variables);
        assertThat(folder.resolve("summary.md")).content().contains("### Slim build of shop", "Branch main");

        write("models/two.sql", "select 2 as id");
        variables.putAll(Map.of("GITHUB_REF", "refs/pull/42/merge", "GITHUB_HEAD_REF", "feature/x"));
        run(lines(steps, "pull_request"), variables);
        assertThat(folder.resolve("summary.md"))
                .content()
                .contains("### Pull request 42: Slim build of shop", "(https://github.com/acme/shop/commit/" + SHA);
        assertThat(project.resolve("report.html")).content().contains("https://github.com/acme/shop/pull/42");
        assertThat(status(
                        "dbt-slim publish --manifest target/dbt-slim/manifest.json --to \"$MANIFEST\" --state"
                                + " .dbt-state",
                        variables))
                .as("a pull request publishes nothing")
                .isEqualTo(2);
    }

    @Test
    void gitlab() throws Exception {
        JsonNode job = yaml("gitlab.yml").path("slim");
        assertThat(job.path("rules")).hasSize(2);
        List<String> lines = Stream.of(job.path("script"), job.path("after_script"))
                .flatMap(part -> StreamSupport.stream(part.spliterator(), false))
                .map(JsonNode::asText)
                .toList();
        Map<String, String> variables = new HashMap<>(Map.of(
                "GITLAB_CI",
                "true",
                "CI_PROJECT_URL",
                "https://gitlab.com/acme/shop",
                "CI_COMMIT_SHA",
                SHA,
                "CI_COMMIT_REF_NAME",
                "main"));
        run(lines, variables);
        variables.put("CI_MERGE_REQUEST_IID", "42");
        write("models/two.sql", "select 2 as id");
        run(lines, variables);
        assertThat(project.resolve("report.html"))
                .content()
                .contains("https://gitlab.com/acme/shop/-/merge_requests/42");
        assertThat(project.resolve("report.xml")).exists();
    }

    /** What runs for an event, with the condition left out. */
    private static List<String> lines(JsonNode steps, String event) {
        return StreamSupport.stream(steps.spliterator(), false)
                .filter(step -> step.has("run"))
                .filter(step -> !step.path("if").asText().contains("event_name")
                        || step.path("if").asText().contains("'" + event + "'"))
                .map(step -> step.path("run").asText())
                .toList();
    }

    private void run(List<String> lines, Map<String, String> variables) throws IOException, InterruptedException {
        assertThat(lines).hasSizeGreaterThan(2);
        assertThat(status(String.join("\n", lines), variables))
                .as(() -> text(folder.resolve("log")))
                .isZero();
    }

    private int status(String script, Map<String, String> variables) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("sh", "-euc", script)
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        builder.environment().putAll(variables);
        builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
        builder.environment().put("MANIFEST", "file:" + folder + "/store/manifest.json");
        builder.environment()
                .put(
                        "PATH",
                        String.join(
                                File.pathSeparator,
                                venv.resolve("bin").toString(),
                                Path.of(System.getProperty("java.home"), "bin").toString(),
                                Path.of("target").toAbsolutePath().toString(),
                                System.getenv("PATH")));
        return builder.start().waitFor();
    }

    /** As Python reads YAML; the servers take an unquoted "on" for a word, not for a truth. */
    private JsonNode yaml(String example) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        venv.resolve("bin/python").toString(),
                        "-c",
                        "import json, sys, yaml; json.dump(yaml.safe_load(open(sys.argv[1])), sys.stdout, default=str)",
                        EXAMPLES.resolve(example).toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        JsonNode json = new ObjectMapper().readTree(process.getInputStream());
        assertThat(process.waitFor()).isZero();
        return json;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(project.resolve(name), text);
    }
}
