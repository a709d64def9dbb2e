package io.jenkins.plugins.dbtslim.standin;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.dbt.DbtOutcome;
import io.jenkins.plugins.dbtslim.demo.SlimCommand;
import io.jenkins.plugins.dbtslim.demo.SlimCommand.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The packed command with real dbt-materialize against the stand-in. */
@Timeout(300)
class SlimRunIT {
    @RegisterExtension
    final Standin materialize = Standin.materialize();

    @TempDir
    Path folder;

    @Test
    void pullRequest() throws Exception {
        SampleProject project = Standin.project(folder.resolve("project"));
        materialize.createCluster("prod_serving", 1);
        Result production = build(project, "--target", "production");
        assertThat(production.status()).as(production.output()).isZero();
        Path state = Files.createDirectories(folder.resolve("state"));
        Files.copy(
                folder.resolve("kept/manifest.json"),
                state.resolve("manifest.json"),
                StandardCopyOption.REPLACE_EXISTING);
        project.changed();
        Result slim = build(
                project,
                "--state",
                state.toString(),
                "--defer",
                "--ci-tag",
                "gh_ci_42",
                "--operation",
                "create_environment");
        assertThat(slim.status()).as(slim.output()).isZero();
        assertThat(materialize.clusters()).isEqualTo("gh_ci_42\nprod_serving");
        assertThat(materialize.schemas()).isEqualTo("gh_ci_42_marts\npublic_marts\npublic_staging");
        assertThat(slim.output())
                .contains(
                        "environment gh_ci_42: cluster created", "created sql table model gh_ci_42_marts.order_totals")
                .doesNotContain(".stg_orders");
        assertThat(DbtOutcome.read(folder.resolve("kept")).adapter()).isEqualTo("materialize");
    }

    private Result build(SampleProject project, String... more) throws Exception {
        SlimCommand command = new SlimCommand(folder.resolve("build.log"));
        materialize.environment().forEach(command::with);
        List<String> args = new ArrayList<>(List.of(
                "build",
                "--project-dir",
                project.folder().toString(),
                "--profiles-dir",
                project.folder().toString()));
        args.addAll(List.of(
                "--venv",
                Standin.venv("1.11").toString(),
                "--keep",
                folder.resolve("kept").toString()));
        args.addAll(List.of(more));
        return command.run(args.toArray(String[]::new));
    }
}
