package io.jenkins.plugins.dbtslim.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.dbt.DbtVenv;
import io.jenkins.plugins.dbtslim.dbt.result.DataDifference;
import io.jenkins.plugins.dbtslim.dbt.result.DbtOutcome;
import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;
import io.jenkins.plugins.dbtslim.demo.SlimCommand.Result;
import io.jenkins.plugins.dbtslim.report.file.SlimReportFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packed command with a real dbt: how it ends when nothing changed, something fails, or the input is bad. */
class BuildIT {
    @TempDir
    Path folder;

    private Path project;
    private Path kept;
    private SlimCommand command;
    private String venv;

    @BeforeEach
    void makeProject() throws Exception {
        project = folder.resolve("a project");
        kept = folder.resolve("kept");
        venv = DbtVenv.obtain(Path.of("src/demo/requirements.txt"), System.out::println)
                .toString();
        write("dbt_project.yml", """
                name: small
                version: '1.0.0'
                profile: small
                flags: {send_anonymous_usage_stats: false}
                """);
        write(
                "profiles.yml",
                "small: {outputs: {dev: {type: duckdb, path: '" + folder + "/small.duckdb'}}, target: dev}");
        write("models/one.sql", "select 1 as id");
        write("models/two.sql", "select id from {{ ref('one') }}");
        command = new SlimCommand(folder.resolve("build.log"));
    }

    @Test
    @Timeout(300)
    void tellsNothingToDoFailureAndMissingMacro() throws Exception {
        Result full = build();
        assertThat(full.status()).as(full.output()).isZero();
        assertThat(full.output()).contains("selected 2 (2 success); kept in " + kept);

        Path state = Files.createDirectory(folder.resolve("state"));
        Files.copy(kept.resolve("manifest.json"), state.resolve("manifest.json"));
        Result unchanged = build("--state", state.toString());
        assertThat(unchanged.status()).as(unchanged.output()).isZero();
        assertThat(DbtOutcome.read(kept).status()).isEqualTo(RunStatus.NOTHING_TO_DO);

        write("models/one.sql", "select * from nowhere");
        Result failed = build("--state", state.resolve("manifest.json").toString());
        assertThat(failed.status()).as(failed.output()).isEqualTo(1);
        assertThat(failed.output()).contains("had failures; selected 2 (1 error, 1 skipped)");

        Result noMacro = build("--operation", "create_environment");
        assertThat(noMacro.status()).as(noMacro.output()).isEqualTo(2);
        assertThat(lastLine(noMacro)).startsWith("dbt-slim build: The project has no macro create_environment");
    }

    /** What is told is so where the project or the environment would have it otherwise. */
    @Test
    @Timeout(300)
    void tellsTheTruthOfARunWhateverIsSet() throws Exception {
        assertThat(build().status()).isZero();
        Path state = Files.createDirectory(folder.resolve("state"));
        Path production = state.resolve("production.json"); // a name that dbt does not look for
        Files.copy(kept.resolve("manifest.json"), production);
        Result unchanged = build("--state", production.toString(), "--warn-error");
        assertThat(unchanged.status()).as(unchanged.output()).isZero();
        assertThat(DbtOutcome.read(kept).status()).isEqualTo(RunStatus.NOTHING_TO_DO);

        write("models/two.sql", "select id + 1 as id from {{ ref('one') }}");
        Result change =
                build("--state", production.toString(), "--mode", "pullRequest", "--ci-tag", "pr_9", "--target", "dev");
        assertThat(change.status()).as(change.output()).isEqualTo(2);
        assertThat(lastLine(change))
                .contains("would write into production: model.small.two (", "; or allow writesProduction.");

        write("dbt_project.yml", """
                name: small
                version: '1.0.0'
                profile: small
                flags: {send_anonymous_usage_stats: false, write_json: false}
                """);
        command.with("DBT_STATE", kept.resolve("state").toString()); // where the state of before was put to stay
        Result built = build();
        assertThat(built.status()).as(built.output()).isZero();
        assertThat(built.output()).contains("selected 1 (1 success)");

        Path report = folder.resolve("report.zip");
        write("models/two.sql", "select * from {{ ref('nowhere') }}");
        Result broken = build("--report", report.toString());
        assertThat(broken.status()).as(broken.output()).isEqualTo(2);
        try (SlimReportFile file = SlimReportFile.open(report)) {
            assertThat(file.head().outcome()).isEqualTo(RunStatus.ERROR);
            assertThat(file.head().run().messages().get(0)).contains("a node named 'nowhere' which was not found");
        }
    }

    /** dbt knows it by its path alone; what production has of it is noted in the manifest. */
    @Test
    @Timeout(300)
    void comparesABigSeedByItsContent() throws Exception {
        String rows = "0123456789\n".repeat(100_000);
        write("seeds/big.csv", "id\n" + rows);
        write("models/two.sql", "select id from {{ ref('big') }}");
        Path state = Files.createDirectory(folder.resolve("state"));
        assertThat(build().status()).isZero();
        Files.copy(kept.resolve("manifest.json"), state.resolve("manifest.json"));
        Result same = build("--state", state.toString(), "--warn-error");
        assertThat(same.status()).as(same.output()).isZero();
        assertThat(DbtOutcome.read(kept).status()).isEqualTo(RunStatus.NOTHING_TO_DO);

        write("seeds/big.csv", "id\n" + rows + "1\n");
        Path report = folder.resolve("report.zip");
        Result changed = build("--state", state.toString(), "--report", report.toString());
        assertThat(changed.status()).as(changed.output()).isZero();
        assertThat(DbtOutcome.read(kept).selected()).containsExactly("model.small.two", "seed.small.big");
        assertThat(Files.readString(kept.resolve("manifest.json"))).contains("\"name\": \"path\"");
        Result told = command.run("report", report.toString(), "--markdown", "-");
        assertThat(told.output()).contains("| `big` (seed) | modified | rows |");
    }

    /** Rows from before keep the former logic: it is said, or just such models are made anew. */
    @Test
    @Timeout(300)
    void makesIncrementalModelsThatChangedAnewOnDemand() throws Exception {
        write("models/one.sql", "{{ config(materialized='ephemeral') }} select 1 as factor");
        String model = "{{ config(materialized='incremental') }} select id * factor * %d as x from {{ ref('rows') }},"
                + " {{ ref('one') }} {%% if is_incremental() %%} where id > 2 {%% endif %%}";
        write("seeds/rows.csv", "id\n1\n2\n");
        write("models/two.sql", model.formatted(1));
        write(
                "models/same.sql",
                "{{ config(materialized='incremental', unique_key='id') }} select id from {{ ref('rows') }}"
                        + " {% if is_incremental() %} where id > 2 {% endif %}");
        write("tests/no_old_rows.sql", "select 1 from {{ ref('two') }} where x < 10");
        Path state = Files.createDirectory(folder.resolve("state"));
        build();
        Files.copy(kept.resolve("manifest.json"), state.resolve("manifest.json"));
        write("models/two.sql", model.formatted(10));
        Path report = folder.resolve("report.zip");
        Result old = build("--state", state.toString(), "--select", "two same", "--report", report.toString());
        assertThat(old.status()).as(old.output()).isEqualTo(1);
        assertThat(command.run("report", report.toString(), "--markdown", "-").output())
                .contains("1 incremental model changed and was not made anew: two. Rows that are there from before");

        Result anew = build("--state", state.toString(), "--full-refresh-modified", "--report", report.toString());
        assertThat(anew.status()).as(anew.output()).isZero();
        assertThat(Files.readString(kept.resolve("manifest.json"))).doesNotContain("\"full_refresh\": true");
        assertThat(command.run("report", report.toString(), "--markdown", "-").output())
                .doesNotContain("not made anew");

        write("models/one.sql", "{{ config(materialized='ephemeral') }} select 20 as factor");
        write("tests/no_old_rows.sql", "select 1 from {{ ref('two') }} where x < 200");
        Files.copy(kept.resolve("manifest.json"), state.resolve("manifest.json"), StandardCopyOption.REPLACE_EXISTING);
        Result inlined = build("--state", state.toString(), "--full-refresh-modified");
        assertThat(inlined.status()).as(inlined.output()).isZero();
        write("models/two.sql", "{{ config(full_refresh=false) }}" + model.formatted(7));
        Result never = build("--state", state.toString(), "--full-refresh-modified", "--report", report.toString());
        assertThat(never.status()).as(never.output()).isZero();
        assertThat(command.run("report", report.toString(), "--markdown", "-").output())
                .contains("not made anew: two");
    }

    @Test
    @Timeout(60)
    void refusesBadInputInOneSentence() throws Exception {
        Path target = Files.createDirectories(project.resolve("target"));
        Files.writeString(
                target.resolve("manifest.json"),
                "{\"metadata\": {\"dbt_schema_version\": \"https://schemas.getdbt.com/dbt/manifest/v12.json\","
                        + " \"dbt_version\": \"1.11.16\"}, \"nodes\": {}}");
        assertRefused(build("--state", target.toString()), "is dbt's own target directory");
        Files.delete(project.resolve("dbt_project.yml"));
        assertRefused(build(), "There is no dbt_project.yml in " + project);
    }

    private static void assertRefused(Result result, String words) {
        assertThat(result.status()).as(result.output()).isEqualTo(2);
        assertThat(lastLine(result)).startsWith("dbt-slim build: ").contains(words);
        assertThat(result.output()).doesNotContain("Traceback", "\tat ");
    }

    /** Rows are counted by the database, come into the report, and nobody is kept from the result of the build. */
    @Test
    @Timeout(300)
    void comparesTheDataWithProductions() throws Exception {
        write("profiles.yml", """
                small: {target: dev, outputs: {
                  dev: {type: duckdb, path: '%1$s/small.duckdb', schema: prod},
                  pr: {type: duckdb, path: '%1$s/small.duckdb', schema: pr_7}}}
                """.formatted(folder));
        write(
                "models/one.sql",
                "{{ config(materialized='table') }} select i as id, i * 1.5 as amount from range(100) t(i)");
        write("models/schema.yml", "models: [{name: one, columns: [{name: id, data_tests: [unique, not_null]}]}]");
        Result full = build("--compare-data");
        assertThat(full.status()).as(full.output()).isZero();
        Path state = Files.createDirectory(folder.resolve("state"));
        Files.copy(kept.resolve("manifest.json"), state.resolve("manifest.json"));
        write(
                "models/one.sql",
                "{{ config(materialized='table') }} select i as id, if(i < 12, 7, i * 1.5) as amount, 'x' as note"
                        + " from range(5, 108) t(i)");
        Path report = folder.resolve("report.zip");
        Result built = build(
                "--target",
                "pr",
                "--defer",
                "--state",
                state.toString(),
                "--compare-data",
                "--compare-samples",
                "--report",
                report.toString());
        assertThat(built.status()).as(built.output()).isZero();
        assertThat(built.output())
                .contains("dbt-slim: one: +8 −5 ~7 of 100 rows")
                .doesNotContain("Traceback");
        try (SlimReportFile read = SlimReportFile.open(report)) {
            DataDifference data = read.report().node("model.small.one").data();
            assertThat(data.columns()).containsExactly(Map.entry("amount", 7L));
            assertThat(data.columnsAdded()).containsExactly("note");
            assertThat(read.texts("model.small.one").samples())
                    .hasSize(7)
                    .contains(new DataDifference.Sample(
                            List.of("5"), List.of(new DataDifference.Value("amount", "7.5", "7.0"))));
            assertThat(read.head().run().parts()).containsKeys("building", "comparing");
        }
        write("models/one.sql", "select 1 as id, 2 as amount union all select 1, 2");
        Result same = build("--target", "pr", "--defer", "--state", state.toString(), "--compare-data");
        assertThat(same.status()).as("a test fails, and its model is compared").isEqualTo(1);
        assertThat(same.output()).contains("dbt-slim: one: +2 −100 of 100 rows");
    }

    private Result build(String... more) throws IOException, InterruptedException {
        List<String> args = new ArrayList<>(List.of("build", "--project-dir", project.toString()));
        args.addAll(List.of("--profiles-dir", project.toString(), "--venv", venv, "--keep", kept.toString()));
        args.addAll(List.of(more));
        return command.run(args.toArray(String[]::new));
    }

    private static String lastLine(Result result) {
        return result.output().strip().lines().reduce("", (a, b) -> b);
    }

    private void write(String name, String text) throws IOException {
        Path file = project.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
