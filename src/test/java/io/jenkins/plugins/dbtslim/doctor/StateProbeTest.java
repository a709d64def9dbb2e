package io.jenkins.plugins.dbtslim.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of a state: whose it is, how old, or why it is none. */
class StateProbeTest {
    private static final Instant NOW = Instant.parse("2026-03-04T00:00:00Z");

    @TempDir
    Path folder;

    @Test
    void aManifest() throws IOException {
        assertThat(look("{\"metadata\": {\"dbt_schema_version\": \"https://schemas.getdbt.com/dbt/manifest/v12.json\","
                        + " \"dbt_version\": \"1.9.1\", \"project_name\": \"shop\","
                        + " \"generated_at\": \"2026-03-01T00:00:00.5Z\"}, \"nodes\": {}}"))
                .isEqualTo(Finding.ok("state", "project shop, dbt 1.9.1, 2 days old"));
    }

    @Test
    void ageIsToldInHoursAtFirstAndLeftOutWhenNotKnown() throws IOException {
        String head = "{\"metadata\": {\"dbt_schema_version\": \"https://schemas.getdbt.com/dbt/manifest/v12.json\","
                + " \"dbt_version\": \"1.9.1\", \"project_name\": \"shop\"";
        assertThat(look(head + ", \"generated_at\": \"2026-03-03T20:00:00Z\"}, \"nodes\": {}}")
                        .found())
                .endsWith(", 4 h old");
        assertThat(look(head + ", \"generated_at\": \"once\"}, \"nodes\": {}}").found())
                .endsWith("dbt 1.9.1");
        assertThat(look(head + "}, \"nodes\": {}}").found()).endsWith("dbt 1.9.1");
    }

    @Test
    void noneNamedNoneThereAndNoManifest() throws IOException {
        assertThat(StateProbe.look(null, NOW).level()).isEqualTo(Level.SKIPPED);
        assertThat(StateProbe.look(folder.resolve("none"), NOW).level()).isEqualTo(Level.WARNING);
        assertThat(look("<html>")).satisfies(finding -> {
            assertThat(finding.level()).isEqualTo(Level.PROBLEM);
            assertThat(finding.found()).contains("web page");
        });
    }

    private Finding look(String text) throws IOException {
        return StateProbe.look(Files.writeString(folder.resolve("manifest.json"), text), NOW);
    }
}
