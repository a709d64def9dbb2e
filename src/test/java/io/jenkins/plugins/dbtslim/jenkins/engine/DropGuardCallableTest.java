package io.jenkins.plugins.dbtslim.jenkins.engine;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jenkins.plugins.dbtslim.io.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What production's manifest or a profile is called by is not dropped, wherever dbt would look for the profile. */
class DropGuardCallableTest {
    @TempDir
    Path workspace;

    private void look(String state, String... tags) throws IOException {
        List<String> profiles = List.of(workspace.resolve("shop").toString(), workspace.toString());
        new DropGuardCallable(List.of(tags), profiles, state).invoke(workspace.toFile(), null);
    }

    private void assertRefused(String state, String tag, String why) {
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> look(state, "gh_ci_7", tag))
                .withMessageContaining("The environment \"" + tag + "\" is not dropped: " + why);
    }

    @Test
    void namesOfTheProfilesThatDbtMayFind() throws IOException {
        Files.createDirectories(workspace.resolve("shop"));
        Files.writeString(
                workspace.resolve("shop/profiles.yml"),
                "{shop: {outputs: {production: {type: postgres, schema: live}}}}");
        Files.writeString(workspace.resolve("profiles.yml"), "{shop: {outputs: {dev: {cluster: Serving}}}}");
        look(null, "gh_ci_7");
        assertRefused(null, "production", "profiles.yml in " + workspace.resolve("shop"));
        assertRefused(null, "LIVE", "profiles.yml in " + workspace.resolve("shop"));
        assertRefused(null, "serving", "profiles.yml in " + workspace);
    }

    @Test
    void namesOfProductionsManifestWhereOneIsKnown() throws IOException {
        look(workspace.resolve("none").toString(), "marts");
        Path state = Files.createDirectories(workspace.resolve(".dbt-state"));
        Files.writeString(state.resolve("manifest.json"), """
                {"metadata": {"dbt_schema_version": "https://schemas.getdbt.com/dbt/manifest/v12.json",
                "dbt_version": "1.11.0", "project_name": "p", "adapter_type": "materialize"},
                "nodes": {"model.p.m": {"unique_id": "model.p.m", "resource_type": "model", "package_name": "p",
                "name": "m", "fqn": ["p", "m"], "database": "db", "schema": "marts", "alias": "m", "raw_code": "",
                "config": {"enabled": true}, "depends_on": {"nodes": [], "macros": []}}}, "macros": {}}
                """);
        look(null, "marts");
        look(state.toString(), "gh_ci_7");
        assertRefused(state.toString(), "Marts", "production's manifest " + state);
    }
}
