package io.jenkins.plugins.dbtslim.dbt;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.dbt.result.DbtOutcome;
import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;
import io.jenkins.plugins.dbtslim.report.make.RunFacts;
import io.jenkins.plugins.dbtslim.report.make.RunReport;
import io.jenkins.plugins.dbtslim.truth.RunCompanions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What travels with a manifest is what dbt's selectors and the report ask for. */
@Timeout(600)
class CompanionsIT {
    @TempDir
    Path folder;

    @Test
    void dbtSelectsByThemAndTheReportKnowsWhatWasSaved() throws Exception {
        DriverRun dbt = new DriverRun(folder);
        dbt.write("seeds/raw.csv", "id,loaded\n1,2020-01-01 00:00:00\n");
        dbt.write("models/good.sql", "select id from {{ source('s', 'raw') }}");
        dbt.write("models/bad.sql", "select * from nowhere");
        dbt.write("models/after.sql", "select * from {{ ref('bad') }}");
        dbt.write("models/sources.yml", """
                sources:
                  - name: s
                    schema: main
                    tables: [{name: raw, loaded_at_field: loaded, freshness: {warn_after: {count: 1, period: day}}}]
                """);
        DbtOutcome failed = dbt.run(dbt.plan().before(DbtCommand.parse(List.of("seed", "source freshness"))));
        assertThat(failed.status()).as(dbt.output()).isEqualTo(RunStatus.FAILURE);
        Path state = Files.createDirectories(folder.resolve("state"));
        Path manifest = state.resolve("manifest.json");
        Files.copy(dbt.kept().resolve("manifest.json"), manifest);
        RunCompanions.write(dbt.kept(), null, manifest);

        dbt.write("models/bad.sql", "select 2 as id");
        DbtOutcome mended = dbt.run(dbt.plan().state(state.toString()).select(List.of("result:error+")));
        assertThat(mended.status()).as(dbt.output()).isEqualTo(RunStatus.SUCCESS);
        assertThat(mended.selected()).containsExactly("model.small.after", "model.small.bad");
        assertThat(RunReport.of(mended, manifest, new RunFacts(List.of(), List.of(), null, false), text -> text)
                        .report()
                        .saved()
                        .seconds())
                .as("of good, by the timings")
                .isPositive();

        dbt.write("seeds/raw.csv", "id,loaded\n1,2020-01-01 00:00:00\n2,2020-02-01 00:00:00\n");
        DbtOutcome fresher = dbt.run(dbt.plan()
                .state(state.toString())
                .before(DbtCommand.parse(List.of("seed", "source freshness")))
                .select(List.of("source_status:fresher+")));
        assertThat(fresher.status()).as(dbt.output()).isEqualTo(RunStatus.SUCCESS);
        assertThat(fresher.selected()).contains("model.small.good").doesNotContain("model.small.bad");
    }
}
