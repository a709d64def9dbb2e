package io.jenkins.plugins.dbtslim.dbt;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.dbt.result.DbtOutcome;
import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;
import io.jenkins.plugins.dbtslim.truth.RunCompanions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A deploy's parse goes to builds in other checkouts, and to nobody for whom it is not. */
@Timeout(600)
class WarmStartIT {
    private static final String GOES_ON = "dbt goes on from the parse that came with the manifest";
    private static final String FULL = "Starting full parse";

    @TempDir
    Path folder;

    private Path state;

    @BeforeEach
    void deploy() throws Exception {
        DriverRun deploy = project("deploy");
        DbtOutcome outcome = deploy.run(deploy.plan().keepParse(List.of("dev", "ci")));
        assertThat(outcome.status()).as(deploy.output()).isEqualTo(RunStatus.SUCCESS);
        state = Files.createDirectories(folder.resolve("state"));
        Files.copy(deploy.kept().resolve("manifest.json"), state.resolve("manifest.json"));
        RunCompanions.write(deploy.kept(), null, state.resolve("manifest.json"));
        assertThat(state.resolve("partial_parse-dev.msgpack")).exists();
        assertThat(state.resolve("partial_parse-ci.msgpack")).exists();
    }

    private DriverRun project(String name) throws IOException {
        DriverRun dbt = new DriverRun(folder.resolve(name))
                .with("DBT_SLIM_SECRET_KEY", "a key of the test")
                .with("REGION", "a value that is not short");
        String outputs = "{type: duckdb, path: '" + folder + "/one.duckdb'}";
        dbt.write("profiles.yml", "small: {target: dev, outputs: {dev: " + outputs + ", ci: " + outputs + "}}");
        dbt.write("models/a.sql", "select '{{ env_var('REGION') }}' as id");
        dbt.write("models/b.sql", "select * from {{ ref('a') }}");
        dbt.write("models/s.yml", "models: [{name: b, columns: [{name: id, data_tests: [not_null]}]}]");
        dbt.write("seeds/rows.csv", "id\n" + "1\n".repeat(1 << 20));
        return dbt;
    }

    private DbtPlan.Builder slim(DriverRun dbt) {
        return dbt.plan().state(state.toString()).select(List.of("state:modified+"));
    }

    @Test
    void anotherCheckoutGoesOnFromIt() throws Exception {
        DriverRun other = project("other");
        other.write("models/b.sql", "select 2 as id from {{ ref('a') }}");
        DbtOutcome built = other.run(slim(other));
        assertThat(other.output()).contains(GOES_ON).doesNotContain(FULL);
        assertThat(built.selected())
                .as(other.output())
                .hasSize(2)
                .allMatch(id -> id.equals("model.small.b") || id.startsWith("test.small.not_null_b"));
        assertThat(built.manifest())
                .content()
                .as("folders of the other checkout")
                .doesNotContain(folder.resolve("deploy").toString());

        DriverRun pull = project("pull");
        pull.write("models/s.yml", "models: [{name: b, columns: [{name: id, data_tests: [unique]}]}]");
        built = pull.run(slim(pull).target("ci"));
        assertThat(pull.output()).contains(GOES_ON).doesNotContain(FULL);
        assertThat(built.selected()).singleElement().asString().startsWith("test.small.unique_b");
    }

    @Test
    void itHoldsNoValueOfTheEnvironment() throws Exception {
        assertThat(new String(
                        Files.readAllBytes(state.resolve("partial_parse-dev.msgpack")), StandardCharsets.ISO_8859_1))
                .contains("REGION")
                .doesNotContain("a value that is not short");
        DriverRun other = project("other").with("REGION", "elsewhere");
        DbtOutcome built = other.run(slim(other).select(List.of("a")));
        assertThat(other.output()).contains(GOES_ON).doesNotContain(FULL);
        assertThat(built.status()).isEqualTo(RunStatus.SUCCESS);
        assertThat(folder.resolve("other/project/target/run/small/models/a.sql"))
                .content()
                .contains("elsewhere");
    }

    @Test
    void whatIsForeignOrBrokenCostsNothing() throws Exception {
        DriverRun other = project("other").with("DBT_SLIM_SECRET_KEY", "somebody else's");
        assertThat(other.run(slim(other)).status()).as(other.output()).isEqualTo(RunStatus.NOTHING_TO_DO);
        assertThat(other.output())
                .contains("is of another project, dbt, adapter or key")
                .doesNotContain(GOES_ON);

        Path parse = state.resolve("partial_parse-dev.msgpack");
        byte[] bytes = Files.readAllBytes(parse);
        bytes[bytes.length - 10] ^= 1;
        Files.write(parse, bytes);
        DriverRun second = project("second");
        assertThat(second.run(slim(second)).status()).as(second.output()).isEqualTo(RunStatus.NOTHING_TO_DO);
        assertThat(second.output()).doesNotContain(GOES_ON);

        Files.write(parse, Arrays.copyOf(bytes, 3));
        DriverRun third = project("third");
        assertThat(third.run(slim(third)).status()).as(third.output()).isEqualTo(RunStatus.NOTHING_TO_DO);
    }

    @Test
    void withoutAKeyNothingIsKept() throws Exception {
        DriverRun other = project("other").with("DBT_SLIM_SECRET_KEY", "");
        assertThat(other.run(other.plan().keepParse(List.of("dev"))).status()).isEqualTo(RunStatus.SUCCESS);
        assertThat(other.output()).contains("set DBT_SLIM_SECRET_KEY to the same secret");
        assertThat(other.kept().resolve("partial_parse-dev.msgpack")).doesNotExist();
    }
}
