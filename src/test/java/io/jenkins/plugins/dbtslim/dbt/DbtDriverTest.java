package io.jenkins.plugins.dbtslim.dbt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.dbtslim.dbt.result.DbtException;
import io.jenkins.plugins.dbtslim.dbt.result.DbtOutcome;
import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is laid out for the driver, and what it leaves. */
class DbtDriverTest {
    @TempDir
    Path folder;

    @Test
    void laysOutProgramAndPlan() throws IOException {
        DbtPlan plan = DbtPlan.builder("my \"proj\"\\dir")
                .state("st")
                .select(List.of("state:modified+"))
                .operations(List.of(new Operation("create_environment", "{a: 'é'}", true)))
                .build();
        DbtDriver driver = DbtDriver.install(
                folder, plan, DbtEnvironment.executable("/opt/dbt"), folder.resolve("keep"), List.of("MZ_PASSWORD"));

        String program = folder.resolve("dbt_slim.pyz").toString();
        String planFile = folder.resolve("plan.json").toString();
        assertThat(driver.command()).hasSize(4).endsWith(program, "run", planFile);
        assertThat(driver.doctorCommand()).hasSize(4).endsWith(program, "doctor", planFile);
        JsonNode json = new ObjectMapper().readTree(folder.resolve("plan.json").toFile());
        assertThat(json.path("run").asText()).isEqualTo(folder.getFileName().toString());
        assertThat(json.path("project_dir").asText()).isEqualTo("my \"proj\"\\dir");
        assertThat(json.path("dbt").asText()).isEqualTo("/opt/dbt");
        assertThat(json.path("venv").asBoolean()).isFalse();
        assertThat(json.at("/operations/0/args").asText()).isEqualTo("{a: 'é'}");
        assertThat(json.at("/operations/0/optional").asBoolean()).isTrue();
        assertThat(json.path("selection")).extracting(JsonNode::asText).contains("--select", "state:modified+");
        assertThat(json.at("/secret_variables/0").asText()).isEqualTo("MZ_PASSWORD");
    }

    @Test
    void theProgramIsThePackageAndNothingElse() throws IOException {
        Path sources = Path.of("src/main/python");
        DbtDriver.install(folder, DbtPlan.builder(".").build(), DbtEnvironment.onPath(), folder, List.of());
        List<String> names = new ArrayList<>(List.of("__main__.py"));
        try (Stream<Path> files = Files.walk(sources)) {
            files.filter(file -> file.toString().endsWith(".py"))
                    .forEach(file ->
                            names.add(sources.relativize(file).toString().replace('\\', '/')));
        }
        try (ZipFile zip = new ZipFile(folder.resolve("dbt_slim.pyz").toFile())) {
            assertThat(zip.stream().map(ZipEntry::getName)).containsExactlyInAnyOrderElementsOf(names);
        }
        DbtDriver.remove(folder);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aVenvNamesItsPython() {
        assertThat(DbtEnvironment.pythonOfVenv("/opt/venv/", false)).isEqualTo("/opt/venv/bin/python");
        assertThat(DbtEnvironment.pythonOfVenv("C:\\venv\\", true)).isEqualTo("C:\\venv\\Scripts\\python.exe");
    }

    @Test
    void whatIsNotThereIsToldBeforeItRuns() {
        assertThatExceptionOfType(DbtException.class)
                .isThrownBy(() -> DbtEnvironment.venv(folder + "/none").check())
                .withMessageContaining("There is no Python at " + folder);
        assertThatExceptionOfType(DbtException.class)
                .isThrownBy(() -> DbtEnvironment.executable(folder + "/dbt").check())
                .withMessageContaining("There is no dbt command at " + folder);
    }

    @Test
    void readsWhatTheDriverLeft() throws IOException {
        Files.writeString(folder.resolve("manifest.json"), "{}");
        Files.writeString(folder.resolve(DbtOutcome.FILE), """
                {"status": "FAILURE", "error": null, "dbt_version": "1.11.16", "adapter": "duckdb", "one_process": true,
                 "invocation_id": "i", "selected": ["model.a.c", "model.a.b"], "later": [{"x": 1}],
                 "flags": {"state_modified_compare_more_unrendered_values": true},
                 "operations": [{"macro": "m", "status": "success", "seconds": 0.5}],
                 "seconds": {"build": 1.25}, "messages": [{"level": "warn", "event": "E", "text": "t"}]}
                """);
        DbtOutcome outcome = DbtOutcome.read(folder);
        assertThat(outcome.status()).isEqualTo(RunStatus.FAILURE);
        assertThat(outcome.error()).isNull();
        assertThat(outcome.selected()).containsExactly("model.a.b", "model.a.c");
        assertThat(outcome.flags()).containsExactly(Map.entry("state_modified_compare_more_unrendered_values", true));
        assertThat(outcome.operations()).containsExactly(new DbtOutcome.OperationResult("m", "success", 0.5));
        assertThat(outcome.seconds()).containsEntry("build", 1.25);
        assertThat(outcome.messages()).containsExactly(new DbtOutcome.Message("warn", "E", "t"));
        assertThat(outcome.manifest()).isEqualTo(folder.resolve("manifest.json"));
        assertThat(outcome.runResults()).isNull();
    }

    @Test
    void anOutcomeIsBelievedWhereItFitsTheProcess() throws IOException {
        Path own = own("own");
        outcome("own", "SUCCESS");
        assertThat(DbtDriver.outcome(own, folder, 0).status()).isEqualTo(RunStatus.SUCCESS);
        assertThat(DbtDriver.outcome(own, folder, null).status()).isEqualTo(RunStatus.SUCCESS);
        assertUnbelievable(139, "ended with status 139 after it had written that dbt succeeded");
        outcome("own", "FAILURE");
        assertThat(DbtDriver.outcome(own, folder, 1).status()).isEqualTo(RunStatus.FAILURE);
        outcome("another", "SUCCESS");
        assertUnbelievable(0, "is of another run");
        Files.delete(folder.resolve(DbtOutcome.FILE));
        assertUnbelievable(137, "ended with status 137 before it could run anything");
        Files.writeString(folder.resolve(DbtOutcome.EVENTS), "");
        assertUnbelievable(137, "ended with status 137 while it ran");
        assertUnbelievable(null, "could not be started or was killed");
    }

    /** Its Python ended before it could remove what lay there. */
    @Test
    void whatAnEarlierRunKeptIsForgotten() throws IOException {
        own("own");
        Files.writeString(folder.resolve("run"), "another");
        Files.writeString(folder.resolve("manifest.json"), "{}");
        outcome("another", "SUCCESS");
        assertUnbelievable(137, "ended with status 137 before it could run anything");
        assertThat(folder.resolve("manifest.json")).doesNotExist();
        assertThat(folder.resolve(DbtOutcome.FILE)).doesNotExist();
    }

    /** Then the folder belongs to another run, which is at work, or nobody can write there. */
    @Test
    void aRunThatMayNotTouchTheKeptFolderSaysSoInItsOwn() throws IOException {
        Path own = own("own");
        Files.writeString(folder.resolve("run"), "another");
        Files.writeString(folder.resolve("manifest.json"), "{}");
        Files.writeString(
                own.resolve(DbtOutcome.FILE), "{\"run\": \"own\", \"status\": \"ERROR\", \"error\": \"busy\"}");
        DbtOutcome outcome = DbtDriver.outcome(own, folder, 2);
        assertThat(outcome.error()).isEqualTo("busy");
        assertThat(outcome.manifest()).isNull();
        assertThat(folder.resolve("manifest.json")).exists();
    }

    private Path own(String run) throws IOException {
        Files.writeString(folder.resolve("run"), run);
        return Files.createDirectories(folder.resolve(run));
    }

    private void outcome(String run, String status) throws IOException {
        String text = "{\"run\": \"" + run + "\", \"status\": \"" + status + "\"}";
        Files.writeString(folder.resolve(DbtOutcome.FILE), text);
    }

    private void assertUnbelievable(Integer exitStatus, String words) {
        assertThatExceptionOfType(DbtException.class)
                .isThrownBy(() -> DbtDriver.outcome(folder.resolve("own"), folder, exitStatus))
                .withMessageContaining(words);
    }

    @Test
    void aDriverThatLeftNothingIsTold() {
        assertThatExceptionOfType(DbtException.class)
                .isThrownBy(() -> DbtOutcome.read(folder))
                .withMessageContaining("could not be started or was killed");
    }
}
