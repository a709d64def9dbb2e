package io.jenkins.plugins.dbtslim.jenkins.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.Secret;
import io.jenkins.plugins.dbtslim.dbt.DbtDriver;
import io.jenkins.plugins.dbtslim.dbt.DbtPlan;
import io.jenkins.plugins.dbtslim.dbt.result.DbtOutcome;
import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;
import io.jenkins.plugins.dbtslim.jenkins.FakeContainer;
import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import io.jenkins.plugins.dbtslim.jenkins.TestBuild;
import io.jenkins.plugins.dbtslim.jenkins.agent.RunFolder;
import io.jenkins.plugins.dbtslim.jenkins.credentials.SecretEnvironment;
import io.jenkins.plugins.dbtslim.jenkins.step.doctor.DoctorStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run of dbt is laid out by the agent, works in the container, and is read by the agent: what every step that runs dbt does. */
class RunInContainerIT {
    private static final String SECRET = "s3cr3t of the step";

    @TempDir
    private Path folder;

    /** As a step lays its run out and reads it. */
    private static final class Work implements DbtStepWork {
        private static final long serialVersionUID = 1L;
        private final transient FakeContainer container;
        private final String venv;
        private transient DbtOutcome outcome;
        private transient Path run;

        Work(FakeContainer container, String venv) {
            this.container = container;
            this.venv = venv;
        }

        @Override
        public PreparedRun prepare(StepSite site, StepKey key) throws IOException, InterruptedException {
            SecretEnvironment secrets = SecretEnvironment.of(Map.of(), Set.of());
            secrets.put("DBT_ENV_SECRET_TOKEN", Secret.fromString(SECRET));
            DoctorStep options = new DoctorStep();
            options.setVenv(venv);
            String project = container.workspace().toString();
            return new DriverInstallation(options, site)
                    .lay("run", DbtPlan.builder(project).profilesDir(project).build(), secrets, List.of(), null, null);
        }

        @Override
        public DbtStepResult collect(
                PreparedRun prepared,
                Run<?, ?> build,
                TaskListener listener,
                StepKey key,
                Integer exitStatus,
                boolean aborted)
                throws IOException {
            run = Path.of(prepared.folder().path());
            outcome = DbtDriver.outcome(run, run.resolve(RunFolder.KEPT), exitStatus);
            return new DbtStepResult() {
                @Override
                public void conclude(org.jenkinsci.plugins.workflow.steps.StepContext context) {}

                @Override
                public void conclude(StepSite site) {}
            };
        }
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = FakeContainer.VENV)
    void allOfItWorksInTheContainer(String venv) throws Exception {
        FakeContainer container = new FakeContainer(folder)
                .write("dbt_project.yml", "{name: small, profile: small, flags: {send_anonymous_usage_stats: false}}")
                .write("models/one.sql", "select '{{ env_var('IN_CONTAINER') }} {{ env_var('HOME') }}' as place")
                .write(
                        "macros/say.sql",
                        "{% macro say() %}{{ log(env_var('DBT_ENV_SECRET_TOKEN'), info=true) }}{% endmacro %}")
                .write(
                        "profiles.yml",
                        "small: {target: dev, outputs: {dev: {type: duckdb, path: \"{{ env_var('IN_CONTAINER') }}.db\"}}}");
        TestBuild build = new TestBuild(folder.resolve("build"));
        Work work = new Work(container, venv);

        FreestyleRun.perform(work, container.site(build, Map.of()));

        assertThat(work.outcome.status()).as(build.log()).isEqualTo(RunStatus.SUCCESS);
        assertThat(Files.readString(container.workspace().resolve("target/compiled/small/models/one.sql")))
                .isEqualTo("select 'c0ffee /home/nobody' as place");
        assertThat(work.run).startsWith(Path.of(container.workspace() + "@tmp", "dbt-slim"));
        assertThat(work.outcome.manifest()).startsWith(work.run).exists();
        assertThat(container.log())
                .contains("DBT_ENV_SECRET_TOKEN", "DBT_LOG_PATH")
                .filteredOn(line -> line.startsWith("started "))
                .hasSize(1);
        assertThat(build.log()).contains("PASS").doesNotContain(SECRET);
    }

    /** It can read what the agent laid out, and write nothing there. */
    @Test
    void anotherUserIsToldWhatToDo() throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root") || System.getenv("CI") != null);
        FakeContainer container = new FakeContainer(folder)
                .write("dbt_project.yml", "{name: small, profile: small}")
                .ofAnotherUser();
        TestBuild build = new TestBuild(folder.resolve("build"));
        Work work = new Work(container, null);
        assertThatThrownBy(() -> FreestyleRun.perform(work, container.site(build, Map.of())))
                .hasMessageContaining("before it could run anything: the lines above say why");
        assertThat(build.log())
                .contains(
                        "dbt-slim: Cannot write into " + container.workspace() + "@tmp/dbt-slim/",
                        "it belongs to user " + Files.getAttribute(container.workspace(), "unix:uid")
                                + ", and dbt runs as user 65534: let the container run as the agent's user")
                .doesNotContain("Traceback");
    }
}
