package io.jenkins.plugins.dbtslim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;
import io.jenkins.plugins.dbtslim.report.file.SlimReportFile;
import io.jenkins.plugins.dbtslim.store.FetchResult;
import io.jenkins.plugins.dbtslim.store.Provenance;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What {@code dbt-slim build} refuses before dbt is started. */
class BuildCommandTest {
    private static final String MANIFEST = """
            {"metadata": {"dbt_schema_version": "https://schemas.getdbt.com/dbt/manifest/v12.json",
                          "dbt_version": "1.11.16"}, "nodes": {}}
            """;

    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    @Test
    void aTagThatCannotNameASchema() {
        for (String tag : new String[] {"pr-42", "42", "", "a;drop", "x".repeat(64)}) {
            assertRefused("cannot be a CI tag", "--ci-tag", tag);
        }
    }

    @Test
    void aDeployDropsNothingThatTheProfileNames() throws IOException {
        file("dbt_project.yml", "{name: shop, profile: shop}");
        file("profiles.yml", "{shop: {outputs: {live: {type: postgres, schema: marts}}}}");
        for (String tag : new String[] {"live", "marts"}) {
            assertRefused(
                    "The environment \"" + tag + "\" is not dropped: profiles.yml in " + folder,
                    "--mode",
                    "deploy",
                    "--ci-tag",
                    tag,
                    "--profiles-dir",
                    folder.toString(),
                    "--keep",
                    folder.resolve("kept").toString(),
                    "--dbt",
                    ProcessHandle.current().info().command().orElseThrow());
        }
    }

    @Test
    void aStateThatIsNoManifest() throws IOException {
        assertRefused(folder.resolve("none").toString(), "--state", folder + "/none");
        assertRefused("manifest.json", "--state", folder.toString());
        assertRefused("empty", "--state", file("empty.json", ""));
        assertRefused("web page", "--state", file("proxy.json", "<!DOCTYPE html><html><body>407</body></html>"));
        assertRefused("cut off", "--state", file("cut.json", MANIFEST.substring(0, 60)));
        assertRefused("JSON", "--state", file("text.json", "hello"));
        assertRefused("v99", "--state", file("new.json", MANIFEST.replace("v12", "v99")));
    }

    /** Where the fetch found none yet, it is no error: what is asked of it falls away, and the next mistake is told. */
    @Test
    void aStateThatTheFetchFoundNone() throws IOException {
        String python = ProcessHandle.current().info().command().orElseThrow();
        String[] wrong = {"--state", folder.toString(), "--dbt", python, "--defer", "--selector", "s", "--select", "a"};
        file("provenance.json", "{\"format\": 1, \"uri\": \"s3://b/manifest.json\", \"etag\": null}");
        assertRefused("manifest.json", wrong);
        fetched(null, null);
        assertRefused("cannot be combined", wrong);
    }

    /** What lies in the state folder is production's because the fetch says so, and not because it lies there. */
    @Test
    void aStateThatTookThePlaceOfTheFetchedOne() throws IOException {
        file("manifest.json", MANIFEST);
        fetched("seen", "0".repeat(64));
        assertRefused(
                "is not what was fetched from s3://b/manifest.json",
                "--state",
                folder.toString(),
                "--dbt",
                ProcessHandle.current().info().command().orElseThrow());
    }

    private void fetched(String etag, String sha256) {
        Provenance provenance = sha256 == null
                ? null
                : new Provenance(
                        "s3://b/manifest.json",
                        etag,
                        null,
                        null,
                        sha256,
                        1,
                        12,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null);
        FetchResult result = new FetchResult(FetchResult.Outcome.FETCHED, null, provenance, etag, false);
        assertThat(FetchRecord.of(folder.resolve("manifest.json"), variables()).note("s3://b/manifest.json", result))
                .isNull();
    }

    private Map<String, String> variables() {
        Map<String, String> variables = new HashMap<>(System.getenv());
        variables.put("XDG_CACHE_HOME", folder.resolve("cache").toString());
        return variables;
    }

    @Test
    void aPythonThatIsNotThere() {
        assertRefused("There is no Python at " + folder, "--venv", folder + "/venv");
        assertRefused("There is no dbt command at " + folder, "--dbt", folder + "/dbt");
    }

    /** Such as one that has no memory left: what an earlier run kept is not what came of this one. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aPythonThatEndsAtOnce() throws IOException {
        Path python = Files.createDirectories(folder.resolve("venv/bin")).resolve("python");
        Files.writeString(python, "#!/bin/sh\nexit 137\n");
        assertThat(python.toFile().setExecutable(true)).isTrue();
        Path kept = Files.createDirectories(folder.resolve("kept"));
        for (String name : List.of("outcome.json", "manifest.json", "run_results.json", "events.jsonl")) {
            Files.writeString(kept.resolve(name), "{\"status\": \"SUCCESS\"}");
        }
        assertRefused(
                "dbt's Python ended with status 137 before it could run anything: ",
                "--venv",
                folder + "/venv",
                "--keep",
                kept.toString(),
                "--report",
                file("report.zip", "of an earlier run"));
        assertThat(kept).isEmptyDirectory();
        assertReport("dbt's Python ended with status 137 before it could run anything");
    }

    /** Also where it does not come to dbt: what an earlier run left is not there afterwards. */
    @Test
    void aRunThatDoesNotBegin() throws IOException {
        Path kept = Files.createDirectories(folder.resolve("kept"));
        Files.writeString(kept.resolve("manifest.json"), MANIFEST);
        assertRefused(
                "There is no dbt command at",
                "--dbt",
                folder + "/dbt",
                "--keep",
                kept.toString(),
                "--report",
                file("report.zip", "of an earlier run"));
        assertThat(kept).isEmptyDirectory();
        assertReport("There is no dbt command at");
    }

    /** Of one that another run or a folder without rights keeps out, nothing lies there, whatever lies there. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aRunThatIsKeptOutPublishesNothingOfAnother() throws IOException {
        Path python = Files.createDirectories(folder.resolve("venv/bin")).resolve("python");
        Files.writeString(python, """
                #!/bin/sh
                plan=$(dirname "$3")
                echo '{"run": "'$(basename "$plan")'", "status": "ERROR", "error": "Another run is at work."}' > "$plan/outcome.json"
                exit 2
                """);
        assertThat(python.toFile().setExecutable(true)).isTrue();
        Path kept = Files.createDirectories(folder.resolve("kept"));
        Files.writeString(
                kept.resolve("manifest.json"),
                MANIFEST.replace("{}}", "{\"model.p.a\": {\"resource_type\": \"model\", \"name\": \"a\"}}}"));
        Files.writeString(kept.resolve("run"), "another");
        Files.writeString(
                kept.resolve("events.jsonl"), "{\"kind\": \"done\", \"id\": \"model.p.a\", \"status\": \"success\"}\n");
        assertRefused(
                "Another run is at work.",
                "--venv",
                folder + "/venv",
                "--keep",
                kept.toString(),
                "--publish",
                "file:" + folder.resolve("store/manifest.json"));
        assertThat(folder.resolve("store")).doesNotExist();
        assertThat(kept.resolve("events.jsonl")).exists();
    }

    private void assertReport(String reason) throws IOException {
        try (SlimReportFile report = SlimReportFile.open(folder.resolve("report.zip"))) {
            assertThat(report.head().outcome()).isEqualTo(RunStatus.ERROR);
            assertThat(report.head().run().messages())
                    .singleElement()
                    .asString()
                    .startsWith(reason);
        }
    }

    @Test
    void optionsThatDoNotGoTogether() throws IOException {
        String state = file("manifest.json", MANIFEST);
        assertRefused("mutually exclusive", "--venv", "a", "--dbt", "b");
        assertRefused("Deferring needs a state", "--defer");
        assertRefused("cannot be combined", "--state", state, "--selector", "s", "--select", "a");
        assertRefused("is not the name of a macro", "--operation", "drop table x");
    }

    /** What a word is not for is said by its name, as it is in the steps. */
    @Test
    void furtherArgumentsThatAreOptionsOfTheCommandAreTakenForWords() {
        String java = ProcessHandle.current().info().command().orElseThrow();
        assertRefused(
                "The further arguments of dbt hold --full-refresh: use the option fullRefresh (of the command:"
                        + " --full-refresh) instead.",
                "--extra-arg=--full-refresh",
                "--dbt",
                java);
        assertRefused("The further arguments of dbt hold --exclude", "--extra-arg", "--exclude", "--dbt", java);
        assertRefused("Missing required parameter for option '--extra-arg'", "--extra-arg");
    }

    @Test
    void numbersAndWordsThatMeanNothing() {
        String java = ProcessHandle.current().info().command().orElseThrow();
        assertRefused(
                "The number of threads (threads, --threads) is above 0, and not -1", "--threads=-1", "--dbt", java);
        assertRefused("--on-behind", "--on-behind", "stop");
        assertRefused("The time limit for replacing in place", "--replace", "--replace-time-limit", "0", "--dbt", java);
        assertRefused(
                "The indirect selection (indirectSelection, --indirect-selection) is eager, cautious, buildable, empty,"
                        + " and not all.",
                "--indirect-selection",
                "all",
                "--dbt",
                java);
    }

    /** What production gets must not hang on where the report goes; so that is looked at first. */
    @Test
    void aReportThatCannotBeWritten() {
        assertRefused(folder + ": a folder lies there: name a file in it.", "--report", folder.toString());
    }

    /** Nobody is asked over a network for what is known before. */
    @Test
    void aPlaceThatCannotBePublishedTo() {
        assertRefused(
                "Not published to https://nowhere.invalid/manifest.json: an https location is read only",
                "--publish",
                "https://nowhere.invalid/manifest.json");
    }

    private void assertRefused(String words, String... options) {
        err.getBuffer().setLength(0);
        StringWriter out = new StringWriter();
        assertThat(run(out, options)).as(out.toString() + err).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("dbt-slim build: ")
                .contains(words)
                .doesNotContain("\tat ");
    }

    private int run(StringWriter out, String... options) {
        CliErrors errors = new CliErrors(() -> false);
        CommandLine root = new CommandLine(new DbtSlim());
        root.addSubcommand(new BuildCommand(variables()));
        String[] args = Stream.concat(Stream.of("build"), Stream.of(options)).toArray(String[]::new);
        return DbtSlim.readingOptions(root)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setParameterExceptionHandler(errors)
                .setExecutionExceptionHandler(errors)
                .execute(args);
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }
}
