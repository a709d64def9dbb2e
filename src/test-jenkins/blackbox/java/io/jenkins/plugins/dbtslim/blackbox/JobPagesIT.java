package io.jenkins.plugins.dbtslim.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a job and its builds show around the report: trend, progress, comparison, remote API, downloads, variables. */
class JobPagesIT {
    @RegisterExtension
    final Site site = new Site();

    @TempDir
    Path folder;

    /** A full build by the stand-in; {@code before} may set up a failure, {@code after} uses the result r. */
    private String script(String before, String options, String after) {
        site.s3Credentials();
        return "node {\n" + new SampleProject().pipeline() + "dbtFetchManifest(from: '" + Site.uri("never")
                + "', ifMissing: 'fullBuild'" + site.s3Options(Site.name("s3")) + ")\nint n = currentBuild.number\n"
                + "withEnv([" + before + "]) {\ndef r = dbtSlimBuild(" + SampleProject.stub() + options + ")\n" + after
                + "\n}\n}\n";
    }

    private String page(String path) {
        return site.jenkins().get(path).good();
    }

    @Test
    void trendStepsOverFailedAndDeletedBuilds() throws Exception {
        Job job = site.pipeline(
                "trend",
                script(
                        "n == 2 ? 'STUB_FAIL=customers' : 'NONE=1'",
                        ", onError: 'unstable', projectDir: n == 3 ? 'nowhere' : '.'",
                        "echo \"newly ${r.newlyFailing} fixed ${r.fixed}\""));
        assertThat(page(job.path() + "/")).doesNotContain("dbt-slim-trend");
        job.run().assertResult("SUCCESS").assertConsole("newly [] fixed []");
        Build failed = job.run().assertResult("UNSTABLE").assertConsole("newly [model.shop.customers] fixed []");
        job.run().assertResult("FAILURE").assertConsole("There is no dbt_project.yml");
        Build fixed = job.run().assertResult("SUCCESS").assertConsole("newly [] fixed [model.shop.customers]");
        assertThat(page(fixed.path() + "/")).contains("1 fixed");
        assertThat(page(failed.path() + "/dbt-slim/")).contains("1 newly failing", "model.shop.customers");
        assertThat(page(job.path() + "/")).contains("dbt-slim-trend-svg", "href=\"4/dbt-slim/\"");
        assertThat(page(job.path() + "/dbt-slim/")).contains("href=\"../2/dbt-slim/\"", "Could not run");
        site.jenkins().post(failed.path() + "/doDelete");
        assertThat(page(job.path() + "/dbt-slim/"))
                .contains("href=\"../1/dbt-slim/\"")
                .doesNotContain("../2/dbt-slim");
        JsonNode builds = site.jenkins().json(job.path() + "/dbt-slim/api/json").get("builds");
        assertThat(builds.findValuesAsText("number")).containsExactly("4", "3", "1");
        assertThat(builds.findValuesAsText("state")).containsExactly("SUCCESS", "ERROR", "SUCCESS");
        assertThat(builds.at("/0/numbers/counts/built").asInt()).isEqualTo(4);
    }

    @Test
    void runningBuildShowsHowFarItIs() throws Exception {
        Build build =
                site.pipeline("progress", script("'STUB_SLEEP=20'", "", "")).start();
        build.awaitLine("stub: sleeping");
        String line = build.path() + "/dbt-slim/progressLine";
        Waiting.until(
                "progress is shown", Duration.ofSeconds(15), () -> page(line).contains("0 of 8 nodes done"));
        assertThat(page(line)).contains("running for").doesNotContain("data-over", "<html");
        assertThat(page(build.path() + "/dbt-slim/")).contains("data-progress=\"progress\"", "0 of 8 nodes done");
        assertThat(page(build.path() + "/")).contains("data-progress=\"dbt-slim/progressLine\"");
        JsonNode progress =
                build.job().jenkins().json(build.path() + "/dbt-slim/api/json").get("progress");
        assertThat(progress.get("total").asInt()).isEqualTo(8);
        assertThat(progress.get("phase").asText()).isEqualTo("build");
        build.await().assertResult("SUCCESS");
        assertThat(page(line)).contains("data-over", "4 built");
        assertThat(build.job()
                        .jenkins()
                        .json(build.path() + "/dbt-slim/api/json")
                        .has("progress"))
                .isFalse();
    }

    @Test
    void reportIsThereInOtherFormats() throws Exception {
        Build build = site.pipeline(
                        "formats",
                        script(
                                "'STUB_FAIL=customers'",
                                ", reportOnly: true, junit: 'out/dbt.xml'",
                                "echo readFile('out/dbt.xml')\necho r.markdown\nsh 'env | grep DBT_SLIM_'"))
                .run()
                .assertResult("SUCCESS")
                .assertConsole(
                        "<testcase classname=\"shop.models\" name=\"customers\"",
                        "### Slim build of shop",
                        "DBT_SLIM_STATUS=failure",
                        "DBT_SLIM_FAILED=1",
                        "DBT_SLIM_SUMMARY=Failed. ");
        assertThat(build.console()).containsPattern("DBT_SLIM_REPORT_URL=http\\S+" + build.path() + "/dbt-slim/");
        String markdown = build.console().substring(build.console().indexOf("### Slim build"));
        assertThat(markdown.substring(0, markdown.indexOf("[Pipeline] sh"))).doesNotContain("Database Error");
        String downloads = build.path() + "/dbt-slim/download/";
        assertThat(site.jenkins().json(downloads + "report.json").get("project").asText())
                .isEqualTo("shop");
        assertThat(page(downloads + "junit.xml")).contains("<testsuites>", "<error message=\"Database Error");
        assertThat(page(downloads + "report.html"))
                .startsWith("<!DOCTYPE html>")
                .doesNotContain("<b>x</b>");
        assertThat(page(downloads + "summary.md")).contains("`customers`");
        for (String format : new String[] {"report.json", "report.html", "junit.xml", "summary.md", "report.zip"}) {
            assertThat(Jenkins.anonymous().get(downloads + format).status()).isNotEqualTo(200);
        }
        assertThat(downloadedByTheExample(build)).contains("\"project\" : \"shop\"");
    }

    /** The documentation's example, as it stands. */
    private String downloadedByTheExample(Build build) throws Exception {
        String[] login = site.jenkins().login().split(":", 2);
        ProcessBuilder curl = new ProcessBuilder(
                        "sh",
                        Path.of("src/docs/examples", "download-report.sh")
                                .toAbsolutePath()
                                .toString())
                .directory(folder.toFile())
                .inheritIO();
        curl.environment()
                .putAll(Map.of(
                        "JENKINS_USER",
                        login[0],
                        "JENKINS_TOKEN",
                        login[1],
                        "BUILD_URL",
                        site.jenkins().url() + build.path() + "/"));
        assertThat(curl.start().waitFor()).isZero();
        try (Stream<Path> files = Files.list(folder)) {
            return Files.readString(files.findFirst().orElseThrow());
        }
    }
}
