package io.jenkins.plugins.dbtslim.jenkins.step.slimbuild;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;
import io.jenkins.plugins.dbtslim.io.AgentLimits;
import io.jenkins.plugins.dbtslim.jenkins.agent.AgentAwayException;
import io.jenkins.plugins.dbtslim.jenkins.agent.AgentFolder;
import io.jenkins.plugins.dbtslim.jenkins.agent.AgentLoss;
import io.jenkins.plugins.dbtslim.jenkins.agent.DriverScript;
import io.jenkins.plugins.dbtslim.jenkins.agent.EndDriverCallable;
import io.jenkins.plugins.dbtslim.jenkins.agent.OrphanCleanupCallable;
import io.jenkins.plugins.dbtslim.jenkins.agent.RunFolder;
import io.jenkins.plugins.dbtslim.jenkins.credentials.SecretEnvironment;
import io.jenkins.plugins.dbtslim.jenkins.engine.ChangeLists;
import io.jenkins.plugins.dbtslim.jenkins.engine.CollectRunCallable;
import io.jenkins.plugins.dbtslim.jenkins.engine.CollectedRun;
import io.jenkins.plugins.dbtslim.jenkins.engine.InstallDriverCallable;
import io.jenkins.plugins.dbtslim.jenkins.engine.PreparedRun;
import io.jenkins.plugins.dbtslim.jenkins.engine.StateChoice;
import io.jenkins.plugins.dbtslim.jenkins.step.fetch.FetchStep;
import io.jenkins.plugins.dbtslim.jenkins.step.publish.PublishStep;
import io.jenkins.plugins.dbtslim.jenkins.tool.DbtSource;
import io.jenkins.plugins.dbtslim.report.file.SlimReportFile;
import io.jenkins.plugins.dbtslim.report.make.RunFacts;
import io.jenkins.plugins.dbtslim.secret.SecretMask;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The small parts of a run: scripts, what is stored or travels. */
class RunPartsTest {
    @Test
    void theShellGetsEachWordAsItIs() throws Exception {
        List<String> words = List.of("printf", "%s|", "a b", "it's", "$HOME", "ä\\n\"");
        Process process = new ProcessBuilder("sh", "-c", DriverScript.shell(words)).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(out).isEqualTo("a b|it's|$HOME|ä\\n\"|");
        assertThat(DriverScript.shell(words)).startsWith("#!/bin/sh -e\nexec ");
    }

    @Test
    void batchFilesQuoteAndDoublePercent() {
        assertThat(DriverScript.batch(List.of("C:\\Program Files\\python.exe", "50%.py")))
                .isEqualTo("@echo off\r\n\"C:\\Program Files\\python.exe\" \"50%%.py\"\r\nexit /b %ERRORLEVEL%\r\n");
    }

    static List<Object> stored() throws IOException {
        SecretEnvironment secrets = SecretEnvironment.of(Map.of("MZ_HOST", "h"), Set.of());
        SlimBuildStep step = new SlimBuildStep();
        step.setOperations(List.of("drop_environment"));
        return List.of(
                step,
                new FetchStep("s3://b/k"),
                new PublishStep("s3://b/k"),
                new PreparedRun(
                        "id",
                        new AgentFolder("", "/f"),
                        "/s",
                        List.of("mz gh_ci_7"),
                        List.of("python3"),
                        true,
                        secrets,
                        new RunFacts(List.of("a"), List.of(), null, true),
                        "main",
                        "/ws/junit.xml"),
                PreparedRun.withoutDbt(secrets),
                new OrphanCleanupCallable(),
                new InstallDriverCallable(
                        SlimBuildWork.plan(step, StateChoice.of(null, null), "/ws", null, List.of()),
                        DbtSource.ofPath(null, "/venv"),
                        List.of("MZ_PASSWORD")),
                new CollectRunCallable(
                        "/venv/bin/python",
                        "/s",
                        "/ws/junit.xml",
                        new RunFacts(List.of("a"), List.of(), null, true),
                        new SecretMask(List.of("verysecret")),
                        0,
                        false),
                new CollectRunCallable.CleanUp(),
                new EndDriverCallable(false),
                collected(ChangeLists.NONE));
    }

    static CollectedRun collected(ChangeLists changes) {
        return new CollectedRun(
                RunStatus.SUCCESS,
                null,
                "1.10",
                "/m",
                "/r",
                changes,
                new ArrayList<>(),
                new ArrayList<>(),
                false,
                1,
                null,
                true,
                true,
                null);
    }

    @ParameterizedTest
    @MethodSource("stored")
    void whatIsStoredOrTravelsIsSerializable(Object object) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        assertThat(bytes.size()).isPositive();
    }

    @Test
    void aFailureOfAnotherKindIsNoLostAgent() {
        assertThat(AgentLoss.isMeantBy(new IOException("x", new AgentAwayException("y"))))
                .isTrue();
        assertThat(AgentLoss.isMeantBy(new EOFException("a file that was cut off")))
                .isFalse();
        assertThat(AgentLoss.isMeantBy(new IllegalStateException())).isFalse();
    }

    /** A crash of the controller right after dbt started: it must not run twice. */
    @Test
    void anOrphanIsEndedAndItsLogRemoved(@TempDir Path temporary) throws Exception {
        Path folder = Files.createDirectories(temporary.resolve("dbt-slim/1/id"));
        Path task = Files.createDirectories(temporary.resolve("durable-1"));
        Path other = Files.createDirectories(temporary.resolve("durable-2"));
        String plan = folder.resolve("plan.json").toString();
        Files.writeString(task.resolve("script.sh"), DriverScript.shell(List.of("python3", "driver.py", plan)));
        Files.writeString(task.resolve("jenkins-log.txt"), "secret");
        Files.writeString(other.resolve("script.sh"), "exec something else");
        assertThat(new OrphanCleanupCallable().invoke(folder.toFile(), null)).isFalse();
        Files.createDirectories(task);
        Files.writeString(task.resolve("script.sh.copy"), DriverScript.shell(List.of("python3", "driver.py", plan)));
        Process dbt = new ProcessBuilder("sh", "-c", "sleep 5; :", plan).start();
        assertThat(new OrphanCleanupCallable().invoke(folder.toFile(), null)).isTrue();
        assertThat(dbt.waitFor(4, TimeUnit.SECONDS)).isTrue();
        assertThat(task).doesNotExist();
        assertThat(other).exists();
    }

    /** What the driver leaves of a run that ended with that error. */
    private static Path keptError(Path folder, String error) throws IOException {
        Path kept = Files.createDirectories(folder.resolve(RunFolder.KEPT));
        Files.writeString(kept.resolve("run"), String.valueOf(folder.getFileName()));
        Files.writeString(
                kept.resolve("outcome.json"),
                "{\"run\": \"" + folder.getFileName() + "\", \"status\": \"ERROR\", \"error\": \"" + error + "\"}");
        return kept;
    }

    /** What dbt wrote is left as it is, here and in the project's folders; what goes on is masked, or is not published. */
    @Test
    void aSecretInTheManifestIsToldAndNothingIsChanged(@TempDir Path folder) throws Exception {
        Path kept = keptError(folder, "no log-in with verysecret");
        String manifest = """
                {"metadata": {"dbt_schema_version": "https://schemas.getdbt.com/dbt/manifest/v12.json",
                 "dbt_version": "1.10.2", "project_name": "shop", "adapter_type": "duckdb"},
                 "nodes": {}, "sources": {}, "macros": {}, "docs": {"doc.shop.a": {"block_contents": "verysecret"}},
                 "exposures": {}, "metrics": {}, "groups": {}, "selectors": {}, "disabled": {}, "parent_map": {},
                 "child_map": {}}""";
        Files.writeString(kept.resolve("manifest.json"), manifest);
        RunFacts facts = new RunFacts(List.of(), List.of(), null, false);
        CollectedRun run = new CollectRunCallable(
                        "python3", null, null, facts, new SecretMask(List.of("verysecret")), 0, false)
                .invoke(folder.toFile(), null);
        assertThat(run.report()).isNotNull();
        assertThat(run.secretAt()).isEqualTo("/docs/doc.shop.a/block_contents");
        assertThat(run.error()).isEqualTo("no log-in with ****");
        assertThat(kept.resolve("manifest.json")).hasContent(manifest);
    }

    /** Jenkins may end dbt before the driver hears of the abort, and takes that for an error. */
    @Test
    void anErrorOfARunThatWasToldToEndIsAnAbort(@TempDir Path folder) throws IOException {
        keptError(folder, "dbt could not run the build.");
        RunFacts facts = new RunFacts(List.of(), List.of(), null, false);
        CollectedRun run = new CollectRunCallable("python3", null, null, facts, new SecretMask(List.of()), 2, true)
                .invoke(folder.toFile(), null);
        assertThat(run.status()).isEqualTo(RunStatus.ABORTED);
        assertThat(run.error()).isNull();
        try (SlimReportFile report = SlimReportFile.open(Path.of(run.report()))) {
            assertThat(report.head().outcome()).isEqualTo(RunStatus.ABORTED);
        }
    }

    /** A driver that could not be started or was killed: page and JUnit tell it, and nothing of before is left. */
    @Test
    void aRunThatLeftNothingHasAReportAllTheSame(@TempDir Path folder) throws IOException {
        Path kept = Files.createDirectories(folder.resolve(RunFolder.KEPT));
        Path junit = folder.resolve("junit.xml");
        Files.writeString(junit, "<testsuites><!-- of before --></testsuites>");
        Files.writeString(kept.resolve("report.zip"), "of before");
        Files.writeString(kept.resolve("manifest.json"), "of before");
        RunFacts facts = new RunFacts(List.of(), List.of(), null, false);
        CollectedRun run = new CollectRunCallable(
                        "python3", null, junit.toString(), facts, new SecretMask(List.of()), 127, false)
                .invoke(folder.toFile(), null);
        assertThat(run.status()).isEqualTo(RunStatus.ERROR);
        assertThat(run.ended()).isFalse();
        assertThat(kept.resolve("manifest.json")).doesNotExist();
        assertThat(Files.readString(junit)).contains("errors=\"1\"", "There is no Python on the agent");
        try (SlimReportFile report = SlimReportFile.open(Path.of(run.report()))) {
            assertThat(report.head().outcome()).isEqualTo(RunStatus.ERROR);
            assertThat(report.head().run().messages())
                    .singleElement()
                    .asString()
                    .startsWith("There is no Python");
        }
    }

    /** A driver that was killed wrote no outcome: its events tell what ran, and the manifest what there is. */
    @Test
    void aRunThatWasKilledHasTheReportOfWhatItLeft(@TempDir Path folder) throws IOException {
        Path kept = Files.createDirectories(folder.resolve(RunFolder.KEPT));
        Files.writeString(kept.resolve("run"), String.valueOf(folder.getFileName()));
        Files.writeString(kept.resolve("selected.json"), "[\"model.shop.a\", \"model.shop.b\"]");
        Files.writeString(kept.resolve("events.jsonl"), """
                {"t": 1, "kind": "start", "id": "model.shop.a"}
                {"t": 2, "kind": "done", "id": "model.shop.a", "status": "success", "seconds": 1.0}
                {"t": 2, "kind": "start", "id": "model.shop.b"}
                """);
        String node = "{\"unique_id\": \"model.shop.%1$s\", \"resource_type\": \"model\", \"name\": \"%1$s\","
                + " \"package_name\": \"shop\", \"path\": \"%1$s.sql\", \"original_file_path\": \"models/%1$s.sql\","
                + " \"fqn\": [\"shop\", \"%1$s\"], \"config\": {\"materialized\": \"view\"}, \"depends_on\": {\"nodes\": []},"
                + " \"checksum\": {\"name\": \"sha256\", \"checksum\": \"1\"}}";
        Files.writeString(kept.resolve("manifest.json"), """
                {"metadata": {"dbt_schema_version": "https://schemas.getdbt.com/dbt/manifest/v12.json",
                 "dbt_version": "1.10.2", "project_name": "shop", "adapter_type": "duckdb"},
                 "nodes": {"model.shop.a": %s, "model.shop.b": %s}, "sources": {}, "macros": {}, "docs": {},
                 "exposures": {}, "metrics": {}, "groups": {}, "selectors": {}, "disabled": {}, "parent_map": {},
                 "child_map": {}}""".formatted(node.formatted("a"), node.formatted("b")));
        RunFacts facts = new RunFacts(List.of(), List.of(), null, false);
        CollectedRun run = new CollectRunCallable("python3", null, null, facts, new SecretMask(List.of()), 137, true)
                .invoke(folder.toFile(), null);
        assertThat(run.status()).isEqualTo(RunStatus.ABORTED);
        assertThat(run.selected()).containsExactly("model.shop.a", "model.shop.b");
        try (SlimReportFile report = SlimReportFile.open(Path.of(run.report()))) {
            assertThat(report.report().nodes())
                    .extracting(each -> each.id() + " " + each.run().status())
                    .containsExactlyInAnyOrder("model.shop.a success", "model.shop.b interrupted");
        }
    }

    /** No report can be made of what a project's code wrote there: a sentence says why, and what dbt may have made is noted. */
    @Test
    void aManifestOrEventsBeyondTheLimitsEndInASentence(@TempDir Path folder) throws IOException {
        Path kept = Files.createDirectories(folder.resolve(RunFolder.KEPT));
        String run = String.valueOf(folder.getFileName());
        Files.writeString(kept.resolve("run"), run);
        Files.writeString(kept.resolve("outcome.json"), "{\"run\": \"" + run + "\", \"status\": \"SUCCESS\"}");
        Files.writeString(kept.resolve("manifest.json"), """
                {"metadata": {"dbt_schema_version": "https://schemas.getdbt.com/dbt/manifest/v12.json",
                 "dbt_version": "1.10.2", "project_name": "shop", "adapter_type": "duckdb"},
                 "nodes": {"model.shop.a": {"resource_type": "model", "x": %s}}}""".formatted("[".repeat(5_000) + "]".repeat(5_000)));
        assertEndsInASentence(folder, "values are nested more than 1000 deep");
        Files.delete(kept.resolve("manifest.json"));
        StringBuilder events = new StringBuilder();
        for (int i = 0; i <= AgentLimits.NODES; i++) {
            events.append("{\"kind\": \"start\", \"id\": \"").append(i).append("\"}\n");
        }
        Files.writeString(kept.resolve("events.jsonl"), events);
        Files.delete(kept.resolve("outcome.json"));
        assertEndsInASentence(folder, "more than 100000 nodes");
    }

    private static void assertEndsInASentence(Path folder, String words) throws IOException {
        CollectedRun run = new CollectRunCallable(
                        "python3",
                        null,
                        null,
                        new RunFacts(List.of(), List.of(), null, false),
                        new SecretMask(List.of()),
                        0,
                        false)
                .invoke(folder.toFile(), null);
        assertThat(run.status()).isEqualTo(RunStatus.ERROR);
        assertThat(run.error()).contains(words);
        assertThat(run.report()).isNotNull();
        assertThat(run.worked()).isTrue();
    }

    /** The shell's status says that there was nothing to start. */
    @Test
    void aNamedEnvironmentThatIsNotThereIsNamed(@TempDir Path folder) throws Exception {
        assertThat(ofNoPython(folder, "/nope/bin/python")).startsWith("There is no Python at /nope/bin/python: ");
        assertThat(ofNoPython(folder, "python3")).contains("or name their virtual environment with venv.");
    }

    private String ofNoPython(Path folder, String python) throws Exception {
        Files.createDirectories(folder.resolve(RunFolder.KEPT));
        RunFacts facts = new RunFacts(List.of(), List.of(), null, false);
        return new CollectRunCallable(python, null, null, facts, new SecretMask(List.of()), 127, false)
                .invoke(folder.toFile(), null)
                .error();
    }
}
