package io.jenkins.plugins.dbtslim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.dbt.result.FormerTimings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What {@code dbt-slim publish} makes of a run: what was built, and nothing else. */
class PublishCommandTest {
    @TempDir
    private Path folder;

    private Path kept;
    private Path state;
    private Path stored;
    private String output;
    private Map<String, String> variables = Map.of("BUILD_NUMBER", "42");

    @BeforeEach
    void makeRun() throws IOException {
        kept = Files.createDirectory(folder.resolve("kept"));
        state = folder.resolve("state");
        stored = folder.resolve("store/manifest.json");
    }

    @Test
    void aFailedBuildsManifestKeepsWhatWasNotBuilt() throws IOException {
        keep("v1", "success", "SUCCESS");
        assertThat(publish()).as(output).isZero();
        fetch();
        keep("v2", "error", "FAILURE");

        assertThat(publish("--state", state.toString())).as(output).isZero();

        assertThat(Files.readString(stored)).contains("v1\\n{# dbt-slim: pending since build 42 (failed) #}");
        assertThat(output)
                .contains(
                        "dbt-slim: 1 not built as the project asks for, so production's manifest keeps the former version"
                                + " and the next run finds them modified: model.p.a (failed)");
    }

    @Test
    void withoutTheFormerManifestOnlyAWholeBuildReplacesOne() throws IOException {
        keep("v1", "success", "SUCCESS");
        publish();
        keep("v2", "error", "FAILURE");
        assertThat(publish()).isEqualTo(2);
        assertThat(output).contains("Not published: not everything was built (nothing was), and only the manifest");
        keep("v2", "success", "SUCCESS");
        assertThat(publish()).as(output).isZero();
        assertThat(Files.readString(stored)).contains("v2");
    }

    @Test
    void aRunThatBuiltNothingPublishesNothing() throws IOException {
        keep("v1", "success", "SUCCESS");
        publish();
        fetch();
        byte[] before = Files.readAllBytes(stored);
        keep("v2", null, "ERROR");
        assertThat(publish("--state", state.toString())).as(output).isZero();
        assertThat(output).contains("dbt-slim: Nothing of this run is in production: dbt could not run before");
        assertThat(stored).hasBinaryContent(before);
    }

    @Test
    void aManifestOfNoRunIsRefusedUnlessItIsMeant() throws IOException {
        keep("v1", "success", "SUCCESS");
        Files.delete(kept.resolve("outcome.json"));
        Files.delete(kept.resolve("run_results.json"));
        assertThat(publish()).isEqualTo(2);
        assertThat(output).contains("was built cannot be known, because no results of a run lie beside it");
        assertThat(publish("--as-it-is")).as(output).isZero();
        assertThat(stored).hasSameBinaryContentAs(kept.resolve("manifest.json"));
    }

    /** As in Jenkins: whoever may read the store could read it. */
    @Test
    void aManifestThatHoldsASecretIsNotPublished() throws IOException {
        keep("select 'Very$ecret1'".replace('\'', '`'), "success", "SUCCESS");
        variables = Map.of("SHOP_PASSWORD", "Very$ecret1");
        for (String[] how : new String[][] {{}, {"--as-it-is"}}) {
            assertThat(publish(how)).isEqualTo(2);
            assertThat(output)
                    .contains("the manifest holds the value of a variable whose name says that it is a secret, at"
                            + " /nodes/model.p.a/raw_code,")
                    .doesNotContain("Very$ecret1");
        }
        assertThat(stored).doesNotExist();
        variables = Map.of("SHOP_PASSWORD", "another1");
        assertThat(publish()).as(output).isZero();
    }

    /** In dbt's own target folder lies what its last command left, which calls success also what it only compiled. */
    @ParameterizedTest
    @ValueSource(strings = {"compile", "generate", "show", "clone", "run-operation"})
    void resultsOfACommandThatBuildsNothingAreNoBuild(String command) throws IOException {
        keep("v1", "success", "SUCCESS");
        Files.delete(kept.resolve("outcome.json"));
        writeResults("'args':{'which':'" + command + "'}", "one");
        assertThat(publish()).isEqualTo(2);
        assertThat(output)
                .contains("was built cannot be known, because the results beside it are of the command " + command
                        + ", which builds nothing: publish the manifest that dbt-slim build kept.");
        writeResults("'args':{'which':'build'}", "one");
        assertThat(publish()).as(output).isZero();
    }

    /** What was changed and parsed after the build is not in production. */
    @Test
    void aManifestThatWasWrittenAfterTheResultsIsOfNoBuild() throws IOException {
        keep("v2", "success", "SUCCESS");
        Files.delete(kept.resolve("outcome.json"));
        Path manifest = kept.resolve("manifest.json");
        Files.writeString(
                manifest,
                Files.readString(manifest).replace("\"dbt_version\"", "\"invocation_id\":\"two\",\"dbt_version\""));
        writeResults("'args':{'which':'build'}", "one");
        assertThat(publish()).isEqualTo(2);
        assertThat(output)
                .contains(
                        "was built cannot be known, because another command of dbt wrote it than the results beside it:");
        writeResults("'args':{'which':'build'}", "two");
        assertThat(publish()).as(output).isZero();
    }

    private void writeResults(String arguments, String invocation) throws IOException {
        write(
                "run_results.json",
                "{'metadata':{'dbt_schema_version':'https://schemas.getdbt.com/dbt/run-results/v6.json','invocation_id':'"
                        + invocation + "'},'results':[{'unique_id':'model.p.a','status':'success'}]," + arguments
                        + "}");
    }

    /** For the time saved, result:error+ and source_status:fresher+ on an agent that has nothing of before. */
    @Test
    void whatTheRunKnowsTravelsWithItsManifest() throws IOException {
        keep("v1", "success", "SUCCESS");
        write(
                "run_results.json",
                "{'metadata':{'dbt_schema_version':'https://schemas.getdbt.com/dbt/run-results/v6.json',"
                        + "'dbt_version':'1.11.16'},'results':[{'unique_id':'model.p.a','status':'success','execution_time':2.5,"
                        + "'message':'secret','compiled_code':'secret','timing':[{'name':'execute','started_at':"
                        + "'2026-01-01T00:00:00Z'}]}]}");
        write("sources.json", "{'results':[]}");
        assertThat(publish()).as(output).isZero();
        assertThat(stored.resolveSibling("manifest.run_results.json.gz")).exists();

        fetch("--also", "timings,results");
        assertThat(state.resolve("run_results.json"))
                .content()
                .contains("model.p.a")
                .doesNotContain("secret");
        assertThat(FormerTimings.read(state)).containsOnly(Map.entry("model.p.a", 2.5));
        assertThat(state.resolve("sources.json")).as("nobody wanted it").doesNotExist();

        write("partial_parse-staging.msgpack", "a parse");
        assertThat(publish("--state", state.toString())).as(output).isZero();
        assertThat(stored.resolveSibling("manifest.partial_parse-staging.msgpack.gz"))
                .exists();
        fetch("--also", "parse:staging");
        assertThat(state.resolve("partial_parse-staging.msgpack")).content().isEqualTo("a parse");
        Files.delete(kept.resolve("partial_parse-staging.msgpack"));

        // The next run builds something else: what it does not know stays known.
        write(
                "run_results.json",
                "{'metadata':{'dbt_schema_version':'https://schemas.getdbt.com/dbt/run-results/v6.json'},"
                        + "'results':[]}");
        Files.delete(kept.resolve("sources.json"));
        assertThat(publish("--state", state.toString())).as(output).isZero();
        fetch("--also=timings", "--also=sources");
        assertThat(FormerTimings.read(state)).containsKey("model.p.a");
        assertThat(state.resolve("sources.json")).content().contains("results");

        Files.delete(stored.resolveSibling("manifest.sources.json.gz"));
        fetch("--also", "sources");
        assertThat(output).contains("There is no file:", "manifest.sources.json.gz: a later publication brings it.");
        assertThat(state.resolve("sources.json")).as("of an earlier fetch").doesNotExist();

        assertThat(publish("--as-it-is")).as(output).isZero();
        assertThat(Files.readAllBytes(stored.resolveSibling("manifest.run_results.json.gz")))
                .as("a file that is vouched for brings nothing along")
                .isNotEmpty();
        assertThat(run(
                        new FetchCommand(Map.of()),
                        "--from",
                        "file:" + stored,
                        "--to",
                        state.toString(),
                        "--also",
                        "all"))
                .isEqualTo(2);
        assertThat(output)
                .contains(
                        "--also names what travels with a manifest: timings, results, sources, parse:<target>; \"all\" does not.");
    }

    private void keep(String code, String result, String status) throws IOException {
        write(
                "manifest.json",
                "{'metadata':{'dbt_schema_version':'https://schemas.getdbt.com/dbt/manifest/v12.json','dbt_version':"
                        + "'1.11.16','project_name':'p','adapter_type':'duckdb'},'nodes':{'model.p.a':{'unique_id':"
                        + "'model.p.a','resource_type':'model','name':'a','raw_code':'" + code + "'}},'macros':{}}");
        write("outcome.json", "{'status':'" + status + "','selected':['model.p.a']}");
        write(
                "run_results.json",
                "{'metadata':{'dbt_schema_version':'https://schemas.getdbt.com/dbt/run-results/v6.json'},'results':["
                        + (result == null ? "" : "{'unique_id':'model.p.a','status':'" + result + "'}") + "]}");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(kept.resolve(name), text.replace('\'', '"'));
    }

    private void fetch(String... more) {
        List<String> words = new ArrayList<>(List.of("--from", "file:" + stored, "--to", state.toString()));
        words.addAll(List.of(more));
        assertThat(run(new FetchCommand(Map.of()), words.toArray(String[]::new)))
                .as(output)
                .isZero();
    }

    private int publish(String... more) {
        List<String> words = new ArrayList<>(
                List.of("--manifest", kept.resolve("manifest.json").toString(), "--to", "file:" + stored));
        words.addAll(List.of(more));
        return run(new PublishCommand(variables), words.toArray(String[]::new));
    }

    private int run(Object command, String... words) {
        StringWriter text = new StringWriter();
        CliErrors errors = new CliErrors(() -> false);
        int status = new CommandLine(command)
                .setOut(new PrintWriter(text))
                .setErr(new PrintWriter(text))
                .setParameterExceptionHandler(errors)
                .setExecutionExceptionHandler(errors)
                .execute(words);
        output = text.toString();
        return status;
    }
}
