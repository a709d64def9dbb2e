package io.jenkins.plugins.dbtslim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two manifests in, a report out; input that is none gets one sentence. */
class CompareCommandTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path state;
    private Path manifest;

    @BeforeEach
    void write() throws IOException {
        state = Files.createDirectories(folder.resolve("state"));
        Files.writeString(state.resolve("manifest.json"), manifest("select 1"));
        manifest = Files.writeString(folder.resolve("manifest.json"), manifest("select 2"));
    }

    @Test
    void givesTheReportAsJsonAndAsAFileThatReportReads() throws IOException {
        assertThat(run("compare", "--state", state.toString(), "--manifest", manifest.toString()))
                .isZero();
        assertThat(out.toString())
                .contains("\"outcome\" : \"compared\"", "\"change\" : \"modified\"", "\"aspect\" : \"body\"")
                .contains("\"selected\" : true", "\"text\" : \"select 2\"");
        Path report = folder.resolve("slim.report");
        Path json = folder.resolve("slim.json");
        assertThat(run(
                        "compare",
                        "--state",
                        state.toString(),
                        "--manifest",
                        manifest.toString(),
                        "--select",
                        "state:new",
                        "--output",
                        json.toString(),
                        "--report",
                        report.toString()))
                .isZero();
        assertThat(Files.readString(json)).contains("\"modified\"").doesNotContain("\"selected\" : true");
        assertThat(run("report", report.toString(), "--markdown", "-")).isZero();
        assertThat(out.toString()).contains("1 node differs from production and set nothing off.");
    }

    @Test
    void jsonIsNoNameOfAFile() {
        assertThat(run("compare", "--state", state.toString(), "--manifest", manifest.toString(), "--output", "json"))
                .isZero();
        assertThat(out.toString()).startsWith("{");
        assertThat(Path.of("json")).doesNotExist();
    }

    @Test
    void aStateThatIsNoManifestIsNamed() throws IOException {
        Files.writeString(state.resolve("manifest.json"), "<html>");
        assertThat(run("compare", "--state", state.toString(), "--manifest", manifest.toString()))
                .isEqualTo(2);
        assertThat(err.toString().strip()).contains("manifest.json").doesNotContain("\n");
    }

    @Test
    void aSelectorThatIsNoneIsRefused() {
        assertThat(run(
                        "compare",
                        "--state",
                        state.toString(),
                        "--manifest",
                        manifest.toString(),
                        "--select",
                        "nonsense:x"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("nonsense");
        assertThat(out.toString()).isEmpty();
    }

    private int run(String... args) {
        return DbtSlim.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    private static String manifest(String sql) {
        return """
                {"metadata": {"dbt_schema_version": "https://schemas.getdbt.com/dbt/manifest/v12.json", "dbt_version": "1.10.2",
                  "project_name": "shop", "adapter_type": "duckdb"},
                 "nodes": {"model.shop.orders": {"unique_id": "model.shop.orders", "name": "orders", "resource_type": "model",
                  "package_name": "shop", "path": "orders.sql", "original_file_path": "models/orders.sql", "fqn": ["shop", "orders"],
                  "database": "db", "schema": "public", "alias": "orders", "raw_code": "%s", "checksum": {"name": "sha256", "checksum": "%d"},
                  "config": {"enabled": true, "materialized": "view"}, "unrendered_config": {}, "tags": [],
                  "depends_on": {"nodes": [], "macros": []}, "description": "", "columns": {}}},
                 "sources": {}, "macros": {}, "exposures": {}, "disabled": {}}
                """.formatted(sql, sql.hashCode());
    }
}
