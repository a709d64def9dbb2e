package io.jenkins.plugins.dbtslim.jenkins.step.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.jenkins.FakeContainer;
import io.jenkins.plugins.dbtslim.jenkins.TestBuild;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The doctor looks in the container, where dbt would run. */
class DoctorInContainerIT {
    @TempDir
    private Path folder;

    private FakeContainer container;

    @BeforeEach
    void makeProject() throws Exception {
        container = new FakeContainer(folder)
                .write("dbt_project.yml", "{name: small, profile: small, flags: {send_anonymous_usage_stats: false}}")
                .write("models/one.sql", "select 1 as id")
                .write(
                        "profiles.yml",
                        "small: {target: dev, outputs: {dev: {type: duckdb, path: \"{{ env_var('IN_CONTAINER') }}.db\"}}}");
    }

    private Map<String, Object> look(DoctorStep step, TestBuild build) throws Exception {
        return Doctor.run(step, container.site(build, Map.of("MZ_PASSWORD", "s3cr3t of the step")));
    }

    @Test
    void whatIsThereIsFoundThere() throws Exception {
        for (String venv : new String[] {null, FakeContainer.VENV}) {
            TestBuild build = new TestBuild(folder.resolve("build"));
            DoctorStep step = new DoctorStep();
            step.setVenv(venv);
            Map<String, Object> found = look(step, build);
            assertThat(found.get("problems")).as(build.log()).asList().isEmpty();
            assertThat(build.log()).contains("duckdb").doesNotContain("s3cr3t");
        }
        assertThat(container.log()).contains("MZ_PASSWORD").anyMatch(line -> line.startsWith("started "));
    }

    @Test
    void whatIsOnTheAgentOnlyIsNot() throws Exception {
        TestBuild build = new TestBuild(folder.resolve("build"));
        DoctorStep step = new DoctorStep();
        step.setVenv("/opt/not-in-the-image");
        assertThat(look(step, build).get("problems")).asList().contains("Python");
        assertThat(build.log()).contains("There is no Python at /opt/not-in-the-image/bin/python");
    }
}
