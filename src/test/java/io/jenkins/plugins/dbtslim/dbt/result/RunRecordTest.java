package io.jenkins.plugins.dbtslim.dbt.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.jenkins.plugins.dbtslim.io.AgentLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What came of each node is told from whatever a run left. */
class RunRecordTest {
    private static final String RESULTS =
            "{'metadata':{'dbt_schema_version':'https://schemas.getdbt.com/dbt/run-results/v6.json','dbt_version':'1.11.16',"
                    + "'invocation_id':'one'},'results':[{'unique_id':'model.p.a','status':'success'},"
                    + "{'unique_id':'model.p.b','status':'error'}],'args':{'empty':%s,'sample':null,'which':'build'}}";

    @TempDir
    private Path keep;

    @Test
    void dbtsResultsCountAndWhatWasAtWorkWhenItWasAborted() throws IOException {
        write(
                "outcome.json",
                "{'status':'ABORTED','invocation_id':'one','selected':['model.p.a','model.p.c'],'interrupted':"
                        + "[{'id':'model.p.c','started':'x','seconds':'1'}]}");
        write("run_results.json", RESULTS.formatted("false"));
        write("events.jsonl", """
                {'kind':'start','id':'model.p.z'}
                {'kind':'start','id':'model.p.late'}
                {'kind':'done','id':'model.p.late','status':'success'}
                {'kind':'done','id':'model.p.d','status':'error'}
                """);

        RunRecord run = RunRecord.read(keep);

        assertThat(run.statuses())
                .containsOnlyKeys("model.p.a", "model.p.b", "model.p.c", "model.p.late")
                .containsEntry("model.p.c", "interrupted");
        assertThat(run.selected()).containsExactly("model.p.a", "model.p.c");
        assertThat(run.narrowed()).isNull();
    }

    @Test
    void whatASwapBroughtIntoProductionIsToldByTheDriversEvents() throws IOException {
        write("outcome.json", "{'status':'SUCCESS','invocation_id':'one'}");
        write("events.jsonl", """
                {'kind':'deployed','id':'model.p.a','status':'success'}
                {'kind':'deployed','id':'test.p.t','status':'pass'}
                """);
        assertThat(RunRecord.read(keep).statuses())
                .containsOnly(entry("model.p.a", "success"), entry("test.p.t", "pass"));
    }

    /** What Materialize took along has no result of dbt's, and is not there. */
    @Test
    void whatWasDroppedWithSomethingElseIsTold() throws IOException {
        write(
                "outcome.json",
                "{'status':'SUCCESS','invocation_id':'one','selected':['model.p.a'],'gone':['model.p.b','model.p.c']}");
        write("run_results.json", RESULTS.formatted("false"));
        assertThat(RunRecord.read(keep).statuses())
                .containsOnly(
                        entry("model.p.a", "success"), entry("model.p.b", "error"), entry("model.p.c", "dropped"));
    }

    @Test
    void resultsOfAnotherRunAreRefused() throws IOException {
        write("outcome.json", "{'status':'SUCCESS','invocation_id':'two'}");
        write("run_results.json", RESULTS.formatted("false"));
        assertThatThrownBy(() -> RunRecord.read(keep))
                .isInstanceOf(DbtException.class)
                .hasMessageContaining("is of another dbt run (invocation one instead of two)");
    }

    @Test
    void aKilledRunIsToldByTheDriversEvents() throws IOException {
        write("selected.json", "['model.p.a','model.p.b','model.p.c']");
        write("events.jsonl", """
                {'kind':'checkout','commit':'c0ffee1'}
                {'kind':'selected','count':3,'narrowed':null}
                {'kind':'start','id':'model.p.a'}
                {'kind':'done','id':'model.p.a','status':'success'}
                {'kind':'start','id':'model.p.b'}
                {'kind':'do""");

        RunRecord run = RunRecord.read(keep);

        assertThat(run.status()).isEqualTo(RunStatus.ABORTED);
        assertThat(run.statuses())
                .containsOnlyKeys("model.p.a", "model.p.b")
                .containsEntry("model.p.a", "success")
                .containsEntry("model.p.b", "interrupted");
        assertThat(run.selected()).hasSize(3);
        assertThat(run.commit()).isEqualTo("c0ffee1");
    }

    /** Whoever writes that file must not fill the memory of who reads it. */
    @Test
    void aLineWithoutEndIsPassedOverAndNodesAreCounted() throws IOException {
        String endless = "{'kind':'start','id':'" + "x".repeat(AgentLimits.EVENTS) + "'}\n";
        write("events.jsonl", "{'kind':'start','id':'model.p.a'}\n" + endless + "{'kind':'start','id':'model.p.b'}\n");
        Files.write(
                keep.resolve("events.jsonl"),
                new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}', '\n'},
                StandardOpenOption.APPEND);
        assertThat(RunRecord.read(keep).statuses()).containsOnlyKeys("model.p.a", "model.p.b");
        write(
                "events.jsonl",
                IntStream.rangeClosed(0, AgentLimits.NODES)
                        .mapToObj(i -> "{'kind':'start','id':'" + i + "'}\n")
                        .collect(Collectors.joining()));
        assertThatThrownBy(() -> RunRecord.read(keep))
                .isInstanceOf(DbtException.class)
                .hasMessage(keep.resolve("events.jsonl") + " tells of more than 100000 nodes, which no dbt project has:"
                        + " look who else writes there.");
    }

    @Test
    void dbtsOwnFolderTellsTheResultsAloneAndThatTheyAreOfAPart() throws IOException {
        assertThat(RunRecord.read(keep).unknown()).isNotNull();
        write("run_results.json", RESULTS.formatted("true"));
        RunRecord run = RunRecord.read(keep);
        assertThat(run.unknown()).isNull();
        assertThat(run.status()).isEqualTo(RunStatus.FAILURE);
        assertThat(run.narrowed()).isEqualTo("--empty");
        assertThat(run.selected()).isNull();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(keep.resolve(name), text.replace('\'', '"'));
    }
}
