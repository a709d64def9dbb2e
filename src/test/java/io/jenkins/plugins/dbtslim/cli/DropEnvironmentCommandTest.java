package io.jenkins.plugins.dbtslim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What production uses is not dropped as the environment of a pull request, however the command is called. */
class DropEnvironmentCommandTest {
    @TempDir
    Path folder;

    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(strings = {"production", "Production", "shop_live", "serving"})
    void refusesWhatTheProfileNames(String tag) throws IOException {
        Files.writeString(folder.resolve("profiles.yml"), """
                shop:
                  target: dev
                  outputs:
                    dev: {type: postgres, schema: dev}
                    production:
                      type: materialize
                      schema: shop_live
                      cluster: serving
                """);
        assertThat(run("--ci-tag", tag)).isEqualTo(2);
        assertThat(err.toString())
                .contains("The environment \"" + tag + "\" is not dropped: profiles.yml in " + folder)
                .doesNotContain("\tat ");
    }

    @Test
    void refusesWhatProductionsManifestUses() throws IOException {
        Files.writeString(folder.resolve("manifest.json"), """
                {"metadata": {"dbt_schema_version": "https://schemas.getdbt.com/dbt/manifest/v12.json",
                "dbt_version": "1.11.0", "project_name": "p", "adapter_type": "materialize"},
                "nodes": {"model.p.m": {"unique_id": "model.p.m", "resource_type": "model", "package_name": "p",
                "name": "m", "fqn": ["p", "m"], "database": "db", "schema": "marts", "alias": "m", "raw_code": "",
                "config": {"enabled": true}, "depends_on": {"nodes": [], "macros": []}}}, "macros": {}}
                """);
        assertThat(run("--ci-tag", "marts", "--state", folder.toString())).isEqualTo(2);
        assertThat(err.toString())
                .contains("The environment \"marts\" is not dropped: production's manifest " + folder);
    }

    private int run(String... options) {
        String[] words = new String[options.length + 5];
        System.arraycopy(
                new String[] {"drop-environment", "--dbt", "/none/dbt", "--profiles-dir", folder.toString()},
                0,
                words,
                0,
                5);
        System.arraycopy(options, 0, words, 5, options.length);
        return DbtSlim.run(new PrintWriter(new StringWriter(), true), new PrintWriter(err, true), words);
    }
}
