package io.jenkins.plugins.dbtslim.dbt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.jenkins.plugins.dbtslim.io.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What production uses is not dropped as somebody's environment. */
class ProtectedNamesTest {
    @TempDir
    Path folder;

    @Test
    void whatProfilesNameIsKept() throws IOException {
        Files.writeString(folder.resolve("profiles.yml"), """
                # old: gone
                shop:
                  target: staging   # the default
                  outputs:
                    staging: &base
                      schema: "{{ env_var('CI_TAG', 'dev') }}"
                      threads: 2
                    production:
                      <<: *base
                      schema: marts
                      dbname: "warehouse" # one
                      cluster: 'quick'
                    "eu-west": {type: duckdb, schema: eu, database: atlas}
                """);
        assertThat(ProfilesFile.names(folder))
                .contains("staging", "production", "marts", "warehouse", "quick", "eu-west", "eu", "atlas")
                .doesNotContain("dev", "CI_TAG", "old", "2", "duckdb", "gh_ci_7");
        ProtectedNames names = new ProtectedNames().profiles(folder);
        names.require("gh_ci_7");
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> names.require("PRODUCTION"))
                .withMessage("The environment \"PRODUCTION\" is not dropped: profiles.yml in " + folder
                        + " has a target, schema, database or cluster of that name; environments of change requests need"
                        + " names of their own.");
    }

    @Test
    void whatProductionsManifestUsesIsKept() throws IOException {
        ProtectedNames names =
                new ProtectedNames().profiles(folder).production(List.of("Marts"), folder.resolve("manifest.json"));
        names.require("gh_ci_7");
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> names.require("marts"))
                .withMessageContaining("production's manifest")
                .withMessageContaining("uses a schema, database or cluster of that name");
    }

    /** A checkout's profiles.yml: a search that begins anew at each blank would take hours, and one too big says nothing. */
    @Test
    void aProfileOfAnySizeIsReadOnceOrRefused() throws IOException {
        for (String blank : List.of(" ", "\n", "\t")) {
            Files.writeString(folder.resolve("profiles.yml"), "a:\n" + blank.repeat(1_000_000) + "b\n");
            assertTimeoutPreemptively(Duration.ofMinutes(1), () -> assertThat(ProfilesFile.names(folder))
                    .contains("a"));
        }
        Files.writeString(folder.resolve("profiles.yml"), "a:\n" + "\n".repeat(2_000_000));
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> ProfilesFile.names(folder))
                .withMessage(folder.resolve("profiles.yml")
                        + " has more than 1 MiB, so that what it names is not known:" + " make it smaller.");
    }
}
