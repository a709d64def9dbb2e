package io.jenkins.plugins.dbtslim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code dbt-slim ls}: options as dbt's, output, exit status, and the sentence of each error. */
class LsCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    @BeforeEach
    void writeManifests() throws IOException {
        Files.createDirectories(folder.resolve("state"));
        Files.writeString(folder.resolve("state/manifest.json"), manifest("select 1", "{}"));
        Files.writeString(folder.resolve("manifest.json"), manifest("select 2", "{\"tags\":[\"x\"],\"custom\":1}"));
    }

    @Test
    void printsSortedIdsOneALine() {
        assertThat(ls("--select", "state:modified+")).isZero();
        assertThat(out.toString()).isEqualTo("model.shop.a\nmodel.shop.b\n");
        assertThat(err.toString()).isEmpty();
    }

    /** Who reads ids line by line takes none for another, and a terminal does nothing but show them. */
    @Test
    void whatSteersTerminalsIsShownByItsCode() throws IOException {
        String evil = "model.shop.x\\u001b]0;owned\\u0007\\u009b2J\\nmodel.shop.b\\u202e";
        Files.writeString(
                folder.resolve("manifest.json"), manifest("select 1", "{}").replace("model.shop.c", evil));
        assertThat(ls("--select", "state:modified")).isZero();
        assertThat(out.toString())
                .isEqualTo("model.shop.x[U+001B]]0;owned[U+0007][U+009B]2J[U+000A]model.shop.b[U+202E]\n");
        out.getBuffer().setLength(0);
        assertThat(ls("--select", "state:modified", "--output", "json")).isZero();
        assertThat(out.toString())
                .contains("\"model.shop.x\\u001B]0;owned\\u0007\\u009b2J\\nmodel.shop.b\\u202e\"")
                .hasLineCount(1);
    }

    @Test
    void severalWordsAndSeveralOptionsAreUnited() {
        assertThat(ls("--select", "a", "c", "--select", "b", "--exclude", "a")).isZero();
        assertThat(out.toString()).isEqualTo("model.shop.b\nmodel.shop.c\n");
    }

    @Test
    void saysThroughWhatEachWasSelected() {
        assertThat(ls("--select", "state:modified+", "--output", "json")).isZero();
        assertThat(out.toString())
                .contains("\"unique_id\":\"model.shop.b\"")
                .contains("\"selected_through\":[\"model.shop.a\",\"model.shop.b\"]");
    }

    @Test
    void takesAFileAsState() {
        assertThat(DbtSlim.run(
                        new PrintWriter(out),
                        new PrintWriter(err),
                        "ls",
                        "--state",
                        folder.resolve("state/manifest.json").toString(),
                        "--manifest",
                        folder.resolve("manifest.json").toString(),
                        "--select",
                        "state:new"))
                .isZero();
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("state:new").contains("matches nothing");
    }

    @Test
    void looksAtResultsAndFreshnessBesideTheManifests() throws IOException {
        Files.writeString(
                folder.resolve("state/run_results.json"),
                "{\"results\":[{\"unique_id\":\"model.shop.c\",\"status\":\"error\"}]}");
        String sources = "{\"results\":[{\"unique_id\":\"model.shop.b\",\"max_loaded_at\":\"2026-01-0%dT00:00:00Z\"}]}";
        Files.writeString(folder.resolve("state/sources.json"), sources.formatted(1));
        Files.writeString(folder.resolve("sources.json"), sources.formatted(2));

        assertThat(ls("--select", "result:error source_status:fresher")).isZero();
        assertThat(out.toString()).isEqualTo("model.shop.b\nmodel.shop.c\n");
    }

    @Test
    void aSelectorStandsAloneAsToDbt() throws IOException {
        Path manifest = folder.resolve("manifest.json");
        Files.writeString(
                manifest,
                Files.readString(manifest)
                        .replaceFirst("\\{", "{\"selectors\":{\"s\":{\"name\":\"s\",\"definition\":\"fqn:c\"}},"));

        assertThat(ls("--selector", "s", "--select", "a", "--exclude", "c")).isZero();
        assertThat(out.toString()).isEqualTo("model.shop.c\n");
        assertThat(err.toString())
                .isEqualTo("warning: beside --selector, dbt ignores --select and --exclude" + System.lineSeparator());
    }

    @Test
    void refusesWithOneSentenceAndStatusTwo() {
        refused("is no method of selection", "--select", "foo:bar");
        refused("is no state", "--select", "state:foo");
        refused("exclude each other", "--select", "@a+");
        refused("is not relative to the folder of the project", "--select", "@" + folder.resolve("manifest.json"));
        refused("needs run_results.json", "--select", "result:error");
        refused("needs sources.json", "--select", "source_status:fresher");
        refused("there is no selector \"nope\"", "--selector", "nope");
        refused("is no resource type", "--resource-type", "nonsense");
        refused("is no mode of indirect selection", "--indirect-selection", "nonsense");
        refused("there is no selector \"nope\" in the manifest; it has none", "--selector", "nope");
        refused("--flag state_modified_compare_all decides nothing here", "--flag", "state_modified_compare_all=true");
        refused("--dbt-version is a version of dbt such as 1.11, and not \"latest\".", "--dbt-version", "latest");
        refused("is true or false, not maybe", "--flag", "some_flag=maybe");
        refused("--output is ids or json", "--output", "text");
    }

    /** Older than all whose rules are known is not newer. */
    @Test
    void anOldDbtIsCalledOld() {
        assertThat(ls("--dbt-version", "0.21.1", "--select", "state:modified")).isZero();
        assertThat(err.toString()).contains("dbt 0.21.1 is older than 1.8, whose rules are used");
    }

    private void refused(String sentence, String... options) {
        err.getBuffer().setLength(0);
        assertThat(ls(options)).isEqualTo(2);
        assertThat(err.toString()).contains(sentence).hasLineCount(1).doesNotContain("Exception");
    }

    private int ls(String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                "ls",
                "--state",
                folder.resolve("state").toString(),
                "--manifest",
                folder.resolve("manifest.json").toString()));
        arguments.addAll(List.of(options));
        return DbtSlim.run(new PrintWriter(out), new PrintWriter(err), arguments.toArray(String[]::new));
    }

    /** Three models: b depends on a, c stands alone. */
    private static String manifest(String code, String config) {
        return "{\"metadata\":{\"dbt_schema_version\":\"https://schemas.getdbt.com/dbt/manifest/v12.json\","
                + "\"dbt_version\":\"1.11.16\",\"project_name\":\"shop\"},\"nodes\":{"
                + model("a", code, config, "") + "," + model("b", "select 3", "{}", "\"model.shop.a\"") + ","
                + model("c", "select 4", "{}", "") + "}}";
    }

    private static String model(String name, String code, String config, String parents) {
        return ("\"model.shop.%s\":{\"resource_type\":\"model\",\"name\":\"%s\",\"fqn\":[\"shop\",\"%s\"],"
                        + "\"package_name\":\"shop\",\"original_file_path\":\"models/%s.sql\",\"raw_code\":\"%s\","
                        + "\"unrendered_config\":%s,\"config\":{},\"depends_on\":{\"macros\":[],\"nodes\":[%s]}}")
                .formatted(name, name, name, name, code, config, parents);
    }
}
