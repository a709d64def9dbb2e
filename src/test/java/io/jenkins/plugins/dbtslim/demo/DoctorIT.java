package io.jenkins.plugins.dbtslim.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.dbt.DbtVenv;
import io.jenkins.plugins.dbtslim.demo.SlimCommand.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code dbt-slim doctor} with a real dbt: what it finds in order, and what it says of what is not. */
class DoctorIT {
    @TempDir
    Path folder;

    private Path project;
    private String venv;
    private SlimCommand command;

    @BeforeEach
    void makeProject() throws Exception {
        project = folder.resolve("a project");
        venv = DbtVenv.obtain(Path.of("src/demo/requirements.txt"), System.out::println)
                .toString();
        write("dbt_project.yml", "{name: small, version: '1.0.0', profile: small}");
        write("profiles.yml", """
                small:
                  target: dev
                  outputs:
                    dev: {type: duckdb, path: '%1$s/small.duckdb'}
                    lost: {type: duckdb, path: '%1$s/none/{{ env_var("MZ_PASSWORD") }}'}
                    postgres: {type: postgres, host: localhost}
                """.formatted(folder));
        command = new SlimCommand(folder.resolve("doctor.log")).with("MZ_PASSWORD", "swordfish");
    }

    @Test
    @Timeout(120)
    void allInOrder() throws Exception {
        Result result = doctor("--from", "file:" + folder + "/manifest.json");
        assertThat(result.status()).as(result.output()).isZero();
        assertThat(result.output().lines().map(line -> line.replaceFirst("  +", " ")
                        .replaceFirst("  .*", "")))
                .contains("Python ok", "dbt ok", "adapter ok", "project ok", "profile ok", "connection ok")
                .contains("state skipped", "store warning");
        assertThat(result.output()).contains("dbt-duckdb").contains("Publish one from production");
        assertThat(Files.exists(project.resolve("logs")))
                .as("nothing is left behind")
                .isFalse();
    }

    @Test
    @Timeout(180)
    void whatIsWrongIsNamedWithoutSecrets() throws Exception {
        Result lost = doctor("--target", "lost", "--output", "json");
        assertThat(lost.status()).as(lost.output()).isEqualTo(1);
        assertThat(lost.output())
                .contains("{\"check\":\"connection\",\"level\":\"PROBLEM\",\"found\":\"IO Error: Cannot open file")
                .contains("/none/****")
                .doesNotContain("swordfish");

        Result adapter = doctor("--target", "postgres");
        assertThat(adapter.status()).isEqualTo(1);
        assertThat(adapter.output()).contains("dbt-postgres is not installed").contains("-m pip install dbt-postgres");

        Files.delete(project.resolve("dbt_project.yml"));
        Result noProject = doctor("--state", folder.toString());
        assertThat(noProject.status()).isEqualTo(1);
        assertThat(noProject.output())
                .containsPattern("project +problem +project path .*not found")
                .containsPattern("state +warning +.*manifest.json does not exist");

        Result noPython = command.run("doctor", "--venv", folder + "/none");
        assertThat(noPython.status()).isEqualTo(1);
        assertThat(noPython.output()).containsPattern("Python +problem +There is no Python at");
    }

    private Result doctor(String... options) throws Exception {
        List<String> words = new ArrayList<>(List.of(
                "doctor", "--venv", venv, "--project-dir", project.toString(), "--profiles-dir", project.toString()));
        words.addAll(List.of(options));
        return command.run(words.toArray(String[]::new));
    }

    private void write(String name, String text) throws IOException {
        Path file = project.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
