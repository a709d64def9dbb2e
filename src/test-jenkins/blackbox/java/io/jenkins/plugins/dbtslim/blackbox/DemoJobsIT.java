package io.jenkins.plugins.dbtslim.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.dbtslim.demo.DemoHome;
import io.jenkins.plugins.dbtslim.store.S3Server;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The jobs of the demo Jenkins, clicked in their order. Needs a real dbt with DuckDB on a node of this machine: {@code
 * -Ddbt.venv=DIR}.
 */
class DemoJobsIT {
    @RegisterExtension
    final Site site = new Site();

    @TempDir
    Path demo;

    private final Map<String, Job> jobs = new HashMap<>();

    @Test
    void deployPullRequestMergeCleanUp() throws Exception {
        assumeTrue(SampleProject.venv() != null, "say where a dbt with DuckDB is: -Ddbt.venv=DIR");
        DemoHome home = new DemoHome(Map.of(
                "sources", Path.of("src/demo").toAbsolutePath().toString(),
                "demo", demo.toString(),
                "venv", SampleProject.venv(),
                "manifest", Site.uri("demo-jobs"),
                "endpoint", Site.endpoint(),
                "access-key", S3Server.ACCESS_KEY,
                "secret-key", S3Server.SECRET_KEY));
        site.jenkins()
                .post("/configuration-as-code/apply", "application/yaml", without(home.configuration(), "jenkins"))
                .good();
        for (Map.Entry<String, String> job : home.jobs().entrySet()) {
            jobs.put(job.getKey(), site.job("demo-" + job.getKey(), job.getValue()));
        }

        assertThat(run("doctor")).containsPattern("adapter +ok").containsPattern("store +warning +reached");
        assertThat(run("deploy")).contains("everything will be built", "Published s3://");
        assertThat(run("pull-request")).contains("2 modified", "environment pr_42 is there");
        assertThat(jobs.get("pull-request")
                        .jenkins()
                        .get(jobs.get("pull-request").path() + "/1/dbt-slim/")
                        .good())
                .contains("repeat_customers");
        assertThat(run("freestyle")).contains("Published s3://");
        assertThat(run("clean-up")).contains("environment pr_42 is gone", "Dropped the environment pr_42");
        assertThat(run("doctor")).containsPattern("store, reading +ok");
    }

    private String run(String name) throws Exception {
        return jobs.get(name).run().assertResult("SUCCESS").console();
    }

    /** A block at the left edge is left out: what concerns the whole Jenkins. */
    private static String without(String yaml, String key) {
        return yaml.replaceFirst("(?m)^" + key + ":\\n(?:[ ].*\\n)+", "");
    }
}
