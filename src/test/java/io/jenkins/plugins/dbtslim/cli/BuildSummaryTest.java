package io.jenkins.plugins.dbtslim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.dbt.result.DbtOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The last line of a build: its numbers are a sum, and dbt's own. */
class BuildSummaryTest {
    @TempDir
    Path kept;

    @Test
    void countsEphemeralModelsAndHooksAsDbtDoes() throws IOException {
        assertThat(line("SUCCESS")).contains("succeeded; selected 2 (1 pass, 1 success); kept in ");
    }

    @Test
    void ofAnAbortedRunTellsWhatWasChosen() throws IOException {
        assertThat(line("ABORTED")).contains("was aborted; selected 3 (1 pass, 1 success); kept in ");
    }

    private String line(String status) throws IOException {
        Files.writeString(kept.resolve("outcome.json"), """
                {"status": "%s", "one_process": true, "selected": ["model.p.a", "model.p.ephemeral", "test.p.t"]}
                """.formatted(status));
        Files.writeString(kept.resolve("run_results.json"), """
                {"metadata": {"dbt_schema_version": "https://schemas.getdbt.com/dbt/run-results/v6.json"}, "elapsed_time": 1.0,
                 "results": [{"unique_id": "model.p.a", "status": "success"}, {"unique_id": "test.p.t", "status": "pass"},
                   {"unique_id": "operation.p.on-run-end-0", "status": "success"}]}
                """);
        return new BuildSummary(DbtOutcome.read(kept), kept).line();
    }
}
