package io.jenkins.plugins.dbtslim.dbt.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code run_results.json} of every schema version, and files that are none. */
class RunResultsTest {
    private static final String V6 = """
            {"metadata": {"dbt_schema_version": "https://schemas.getdbt.com/dbt/run-results/v6.json",
                          "dbt_version": "1.11.16", "generated_at": "2026-01-02T03:04:05.678Z", "invocation_id": "inv", "env": {"A": "b"}},
             "results": [
              {"status": "success", "timing": [{"name": "compile", "started_at": "2026-01-02T03:04:01Z", "completed_at": "x"},
                                               {"name": "execute", "started_at": "2026-01-02T03:04:02Z", "completed_at": "y"}],
               "thread_id": "Thread-1 (worker)", "execution_time": 1.5, "adapter_response": {"_message": "OK", "rows_affected": 7},
               "message": "SELECT 7", "failures": null, "unique_id": "model.shop.orders", "compiled": true,
               "compiled_code": "select 1", "relation_name": "\\"db\\".\\"s\\".\\"orders\\"",
               "batch_results": {"successful": [["a", "b"]], "failed": []}},
              {"status": "fail", "timing": [], "thread_id": "T", "execution_time": 0.1, "adapter_response": {},
               "message": "Got 3 results", "failures": 3, "unique_id": "test.shop.t"},
              {"status": "skipped", "timing": [], "thread_id": "T", "execution_time": 0, "adapter_response": {},
               "message": null, "failures": null, "unique_id": "model.shop.later"}],
             "elapsed_time": 2.5, "args": {"select": ["state:modified+"], "defer": true}}
            """;

    @TempDir
    Path folder;

    @Test
    void readsWhatTheReportNeeds() throws IOException {
        RunResults results = read(V6);
        assertThat(results.schemaVersion()).isEqualTo(6);
        assertThat(results.dbtVersion()).isEqualTo("1.11.16");
        assertThat(results.invocationId()).isEqualTo("inv");
        assertThat(results.elapsedSeconds()).isEqualTo(2.5);
        assertThat(results.results())
                .containsExactly(
                        new RunResult(
                                "model.shop.orders",
                                "success",
                                1.5,
                                "SELECT 7",
                                null,
                                "\"db\".\"s\".\"orders\"",
                                "2026-01-02T03:04:01Z",
                                7L,
                                "Thread-1 (worker)"),
                        new RunResult("test.shop.t", "fail", 0.1, "Got 3 results", 3L, null, null, null, "T"),
                        new RunResult("model.shop.later", "skipped", 0, null, null, null, null, null, "T"));
        assertThat(results.results()).extracting(RunResult::isFailure).containsExactly(false, true, false);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 6})
    void readsEverySchemaVersion(int version) throws IOException {
        assertThat(read(V6.replace("/v6.json", "/v" + version + ".json")).schemaVersion())
                .isEqualTo(version);
    }

    @Test
    void readsOddValuesOfAdapters() throws IOException {
        RunResults results = read(V6.replace("\"rows_affected\": 7", "\"rows_affected\": {\"x\": [1]}, \"code\": \"C\"")
                .replace("\"failures\": 3", "\"failures\": 99999999999999999999")
                .replace("\"message\": \"SELECT 7\"", "\"message\": {\"a\": \"b\"}"));
        assertThat(results.results()).hasSize(3);
        assertThat(results.results().get(0).rowsAffected()).isNull();
        assertThat(results.results().get(1).failures()).isNull();
    }

    @Test
    void cutsLongMessages() throws IOException {
        RunResults results = read(V6.replace("SELECT 7", "x".repeat(RunResult.MAX_MESSAGE + 1)));
        assertThat(results.results().get(0).message()).hasSize(RunResult.MAX_MESSAGE + 1);
    }

    @Test
    void tellsWhatIsNotRunResults() {
        assertFails("", "holds no JSON object");
        assertFails("[]", "holds no JSON object");
        assertFails("<html>", "is not JSON");
        assertFails("{}", "known schema version");
        assertFails(V6.substring(0, V6.length() / 2), "is cut off");
        assertFails(V6.replace("run-results/v6", "manifest/v12"), "known schema version");
        assertFails(V6.replace("\"unique_id\": \"test.shop.t\"", "\"x\": 1"), "has no unique_id");
    }

    private void assertFails(String text, String words) {
        assertThatExceptionOfType(DbtException.class)
                .isThrownBy(() -> read(text))
                .withMessageContaining(words)
                .withMessageContaining("run_results.json");
    }

    private RunResults read(String text) throws IOException {
        return RunResults.read(Files.writeString(folder.resolve("run_results.json"), text));
    }
}
