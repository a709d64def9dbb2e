package io.jenkins.plugins.dbtslim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --output json} of commands that do something: one object on standard output, and nothing else there. */
class ResultOutputTest {
    private static final String MANIFEST = """
            {"metadata": {"dbt_schema_version": "https://schemas.getdbt.com/dbt/manifest/v12.json",
                          "dbt_version": "1.11.16", "project_name": "shop \\"é\\"", "adapter_type": "duckdb"},
             "nodes": {}, "sources": {}}
            """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    @Test
    void aPublishAndAFetch() throws IOException {
        Path manifest = Files.writeString(folder.resolve("manifest.json"), MANIFEST);
        String store = "file:" + folder + "/store/manifest.json";

        JsonNode published =
                run("publish", "--as-it-is", "--manifest", manifest.toString(), "--to", store, "--output", "json");
        assertThat(published.path("uri").asText()).isEqualTo(store);
        assertThat(published.path("verified").isBoolean()).isTrue();
        assertThat(published.get("historyUri").isNull()).isTrue();

        JsonNode fetched = run("fetch", "--from", store, "--to", folder + "/state", "--output", "json");
        assertThat(fetched.path("found").asBoolean()).isTrue();
        assertThat(fetched.path("project").asText()).isEqualTo("shop \"é\"");
        assertThat(fetched.path("size").asLong()).isEqualTo(Files.size(manifest));
        assertThat(err.toString()).contains("Fetched");
    }

    @Test
    void nothingToFetch() throws IOException {
        String store = "file:" + folder + "/none/manifest.json";
        JsonNode missing =
                run("fetch", "--from", store, "--to", folder.toString(), "--if-missing", "skip", "--output", "json");
        assertThat(missing.path("found").asBoolean(true)).isFalse();
    }

    /** Scripts that read the standard output get the words that stand on standard error. */
    @Test
    void whatFailsBeforeThereIsAResult() throws IOException {
        for (String[] words : new String[][] {
            {"build", "--state", folder + "/none", "--output", "json"},
            {"publish", "--manifest", folder + "/none", "--to", "ftp://x/y", "--output", "json"}
        }) {
            out.getBuffer().setLength(0);
            err.getBuffer().setLength(0);
            assertThat(DbtSlim.run(new PrintWriter(out, true), new PrintWriter(err, true), words))
                    .isEqualTo(2);
            assertThat(out.toString().lines()).hasSize(1);
            JsonNode failed = new ObjectMapper().readTree(out.toString());
            assertThat(failed.path("status").asText()).isEqualTo("error");
            assertThat(err.toString())
                    .endsWith(
                            "dbt-slim " + words[0] + ": " + failed.path("error").asText() + "\n");
        }
    }

    private JsonNode run(String... words) throws IOException {
        out.getBuffer().setLength(0);
        assertThat(DbtSlim.run(new PrintWriter(out, true), new PrintWriter(err, true), words))
                .as(err.toString())
                .isZero();
        assertThat(out.toString().lines()).hasSize(1);
        return new ObjectMapper().readTree(out.toString());
    }
}
