package io.jenkins.plugins.dbtslim.jenkins.step.publish;

import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import io.jenkins.plugins.dbtslim.dbt.result.DeploymentState;
import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import io.jenkins.plugins.dbtslim.jenkins.TestBuild;
import io.jenkins.plugins.dbtslim.jenkins.agent.AgentFolder;
import io.jenkins.plugins.dbtslim.jenkins.agent.KeptRun;
import io.jenkins.plugins.dbtslim.jenkins.agent.KeptRuns;
import io.jenkins.plugins.dbtslim.jenkins.agent.RunFolder;
import io.jenkins.plugins.dbtslim.jenkins.engine.StateChoice;
import io.jenkins.plugins.dbtslim.jenkins.page.ActionPublication;
import io.jenkins.plugins.dbtslim.jenkins.page.Reports;
import io.jenkins.plugins.dbtslim.jenkins.page.SlimAction;
import io.jenkins.plugins.dbtslim.jenkins.store.FetchedState;
import io.jenkins.plugins.dbtslim.store.Agent;
import io.jenkins.plugins.dbtslim.store.Condition;
import io.jenkins.plugins.dbtslim.store.FetchResult;
import io.jenkins.plugins.dbtslim.store.ManifestCallables;
import io.jenkins.plugins.dbtslim.store.ManifestLocation;
import io.jenkins.plugins.dbtslim.store.ManifestPublish;
import io.jenkins.plugins.dbtslim.store.ManifestStore;
import io.jenkins.plugins.dbtslim.store.Provenance;
import io.jenkins.plugins.dbtslim.store.ProvenanceFile;
import io.jenkins.plugins.dbtslim.store.file.FileManifestStore;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the publishing step makes of a run of its build: what is true of it, and of no other file. */
class ManifestPublishingTest {
    @TempDir
    private Path folder;

    private TestBuild build;
    private Path workspace;
    private Path stored;
    private Path state;

    @BeforeEach
    void makeProduction() throws IOException {
        build = new TestBuild(folder.resolve("build"));
        workspace = Files.createDirectories(folder.resolve("agent/shop"));
        stored = folder.resolve("store/manifest.json");
        state = Files.createDirectories(workspace.resolve(".dbt-state"));
        write(stored, manifest("v1"));
        write(state.resolve("manifest.json"), manifest("v1"));
    }

    private StepSite site() {
        return new StepSite(build, new FilePath(workspace.toFile()), new EnvVars(), Set.of(), null, build.listener());
    }

    private String log() {
        return build.log();
    }

    private ManifestPublishing opened(PublishStep step) throws IOException {
        Agent agent = Agent.local(line -> site().log().println(line));
        return new ManifestPublishing(
                step, site(), new FileManifestStore(ManifestLocation.parse("file:" + stored), agent));
    }

    private Map<String, Object> publish(PublishStep step) throws IOException, InterruptedException {
        return StepSite.withSentences(() -> opened(step).publish(ManifestPublishing.meant(step, site()), null, null));
    }

    private static PublishStep step() {
        return new PublishStep("file:production");
    }

    private static String manifest(String code) {
        return "{'metadata':{'dbt_schema_version':'https://schemas.getdbt.com/dbt/manifest/v12.json','dbt_version':"
                + "'1.11.16','project_name':'p','adapter_type':'duckdb'},'nodes':{'model.p.a':{'unique_id':"
                + "'model.p.a','resource_type':'model','name':'a','raw_code':'" + code + "'}},'macros':{}}";
    }

    private static void write(Path file, String json) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, json.replace('\'', '"'));
    }

    /** A run that ended, as it lies on an agent and is noted with the build. */
    private KeptRun run(Path where, String code, String result, String status) throws IOException {
        FilePath run = RunFolder.of(new FilePath(where.toFile()), TestBuild.NUMBER, "dbt-slim");
        Path kept = Path.of(run.getRemote(), RunFolder.KEPT);
        write(kept.resolve("manifest.json"), manifest(code));
        write(kept.resolve("outcome.json"), "{'status':'" + status + "','selected':['model.p.a']}");
        write(
                kept.resolve("run_results.json"),
                "{'metadata':{'dbt_schema_version':'https://schemas.getdbt.com/dbt/run-results/v6.json'},'results':["
                        + (result == null ? "" : "{'unique_id':'model.p.a','status':'" + result + "'}") + "]}");
        KeptRun noted = new KeptRun(
                "dbt-slim",
                AgentFolder.of(run),
                kept.resolve("manifest.json").toString(),
                state.toString(),
                provenance("file:" + stored),
                null);
        KeptRuns.note(build, noted);
        return noted;
    }

    /** Of the state, as the fetch from there noted it. */
    private Provenance provenance(String uri) throws IOException {
        String digest =
                new ManifestCallables.LocalDigest(state.resolve("manifest.json").toString()).run(line -> {});
        return ProvenanceFile.of(Map.of("uri", uri, "sha256", digest));
    }

    /** A run that replaces in place and publishes nothing goes by it. */
    @Test
    void whoDeployedSinceTheFetchIsTold() throws Exception {
        ManifestStore store = new FileManifestStore(ManifestLocation.parse("file:" + stored), Agent.local(line -> {}));
        Condition fetched = ManifestPublish.asOfNow(store);
        Provenance from = ProvenanceFile.of(
                Map.of("uri", "file:" + stored, "sha256", "0", "etag", ((Condition.Unchanged) fetched).etag()));
        ManifestPublishing.requireSame(from, ManifestPublish.asOfNow(store));
        write(stored, manifest("v2 of somebody"));
        assertThatThrownBy(() -> ManifestPublishing.requireSame(from, ManifestPublish.asOfNow(store)))
                .isInstanceOf(AbortException.class)
                .hasMessage("Nothing is built: another manifest was published since this build fetched production's"
                        + " manifest from file:" + stored + ". Build again.");
        ManifestPublishing.requireFetched(from, site()); // which this build did not fetch
        FetchResult result = new FetchResult(FetchResult.Outcome.FETCHED, null, from, from.etag(), false);
        PublishStep other = new PublishStep(null);
        other.setCredentialsId("ids");
        FetchedState.note(build, from.uri(), ".dbt-state", null, result, other);
        PublishStep again = new PublishStep(null);
        assertThatThrownBy(() -> FetchedState.ofUri(build, from.uri()).open(again, site()))
                .isInstanceOf(Exception.class);
        assertThat(again.getCredentialsId()).isEqualTo("ids");
    }

    @Test
    void whatARunLeftIsToldOnItsPage() throws Exception {
        SlimAction page = Reports.attach(build, "dbt-slim", "key");
        run(workspace, "v2", "error", "FAILURE");
        publish(step());
        ActionPublication told = page.getPublication();
        assertThat(told.isPublished()).isTrue();
        assertThat(told.getPending()).isEqualTo(1);
        assertThat(told.getHeadline()).isEqualTo("Published to file:" + stored + "; left to the next run: 1");
        assertThat(told.getLines()).hasSize(1).allMatch(line -> line.contains("model.p.a (failed)"));
        assertThat(stored.resolveSibling("manifest.run_results.json.gz")).exists();
    }

    @Test
    void onlyWhatLiesThereTellsWhatProductionHasOfTheRest() throws Exception {
        KeptRun noted = run(workspace, "v2", "error", "FAILURE");
        KeptRuns.note(
                build,
                new KeptRun(
                        "dbt-slim",
                        noted.folder(),
                        noted.manifest(),
                        state.toString(),
                        provenance("file:/elsewhere/manifest.json"),
                        null));
        assertThatThrownBy(() -> publish(step()))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining(stored + " holds production's manifest, and this run is compared with " + state);
        assertThat(Files.readString(stored)).contains("v1").doesNotContain("pending");
    }

    @Test
    void whatIsRefusedAfterTheRunIsRefusedBeforeIt() throws Exception {
        assertThatThrownBy(() -> opened(step()).begin(new StateChoice(null, "file:/elsewhere", null)))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("this run is compared with nothing");
        assertThatThrownBy(() -> opened(step()).begin(new StateChoice(".dbt-state", null, null)))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("which no dbtFetchManifest of this build brought from there");
        opened(step()).begin(new StateChoice(".dbt-state", null, provenance("file:" + stored)));
        write(stored, manifest("of another deploy"));
        assertThatThrownBy(
                        () -> opened(step()).begin(new StateChoice(".dbt-state", null, provenance("file:" + stored))))
                .isInstanceOf(AbortException.class)
                .hasMessageStartingWith("Nothing is built: somebody published another manifest there");
    }

    @Test
    void aConflictTellsWhatTheRunBuilt() throws Exception {
        KeptRun run = run(workspace, "v2", "success", "SUCCESS");
        FetchedState.noteSeen(build, "file:" + stored, "\"before\"");
        assertThatThrownBy(() -> opened(step()).publish(run, null, "run-1"))
                .hasMessageContaining("somebody published another manifest there")
                .hasMessageEndingWith("This run built model.p.a.");
        assertThat(Files.readString(stored)).contains("v1");
    }

    @Test
    void aRunPublishesNoFileThatSomebodyVouchesFor() throws Exception {
        RunPublishing.check(null);
        RunPublishing.check(step());
        PublishStep asItIs = step();
        asItIs.setAsItIs(true);
        assertThatThrownBy(() -> RunPublishing.check(asItIs)).hasMessageContaining("leave manifest and asItIs out");
    }

    /** A sink is nothing that Prepare builds: production still has the former one. */
    @Test
    void aSwapPublishesWhatItBroughtAndLeavesTheRestAsItWas() throws Exception {
        write(stored, manifest("v1").replace("'nodes':{", "'nodes':{" + model("sink", "v1") + ","));
        KeptRun swap = swapped("v2", "'PROMOTED'");

        Map<String, Object> map = opened(step()).publish(swap, null, "deployment-1");

        assertThat(Files.readString(stored)).contains("v2").contains("v1\\n{# dbt-slim: pending since build 12");
        assertThat(ids(map, "pending")).containsExactly("model.p.sink");
        assertThat(map).containsEntry("absent", List.of());
        assertThat(new File(swap.folder().find().getRemote()).list()).containsExactly(RunFolder.KEPT);
    }

    @Test
    void beforeTheSwapNothingIsPublished() throws Exception {
        assertThat(opened(step()).publish(swapped("v2", "'PREPARED'"), null, null))
                .containsEntry("published", false);
        assertThat(Files.readString(stored)).contains("v1").doesNotContain("v2");
    }

    @Test
    void theFirstSwapPublishesWhatItBrought() throws Exception {
        Files.delete(stored);
        Map<String, Object> map = opened(step()).publish(swapped("v2", "'PROMOTED'"), null, null);
        assertThat(map).containsEntry("published", true);
        assertThat(ids(map, "absent")).containsExactly("model.p.sink");
        assertThat(Files.readString(stored)).contains("v2").doesNotContain("model.p.sink");
    }

    /** A run of Promote: the model a is in production now, the sink is not. */
    private KeptRun swapped(String code, String result) throws IOException {
        FilePath run = RunFolder.of(new FilePath(workspace.toFile()), TestBuild.NUMBER, "promote");
        Path kept = Path.of(run.getRemote(), RunFolder.KEPT);
        write(
                kept.resolve("manifest.json"),
                manifest(code).replace("'nodes':{", "'nodes':{" + model("sink", code) + ","));
        write(kept.resolve("outcome.json"), "{'status':'SUCCESS'}");
        write(kept.resolve("events.jsonl"), "{'kind':'deployed','id':'model.p.a','status':'success'}\n");
        write(kept.resolve("deployment.json"), "{'action':'promote','result':" + result + "}");
        return new KeptRun(
                "promote",
                AgentFolder.of(run),
                kept.resolve("manifest.json").toString(),
                null,
                null,
                DeploymentState.read(kept));
    }

    private static String model(String name, String code) {
        return "'model.p." + name + "':{'unique_id':'model.p." + name + "','resource_type':'model','name':'" + name
                + "','raw_code':'" + code + "'}";
    }

    @Test
    void whatIsDoneAgainAfterARestartIsPublishedOnce() throws Exception {
        KeptRun failed = run(workspace, "v2", "error", "FAILURE");
        opened(step()).publish(failed, null, "run-1");
        byte[] before = Files.readAllBytes(stored);
        assertThat(opened(step()).publish(failed, null, "run-1")).containsEntry("published", true);
        assertThat(log()).contains("Published to file:" + stored + " before");
        assertThat(stored).hasBinaryContent(before);
    }

    @Test
    void whatAFailedRunDidNotBuildStaysAsItWas() throws Exception {
        KeptRun failed = run(workspace, "v2", "error", "FAILURE");

        Map<String, Object> map = publish(step());

        assertThat(Files.readString(stored)).contains("v1\\n{# dbt-slim: pending since build 12 (failed) #}");
        assertThat(map).containsEntry("published", true);
        assertThat((List<?>) map.get("pending"))
                .singleElement()
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("id", "model.p.a")
                .containsEntry("why", "failed")
                .containsEntry("build", "12")
                .containsKey("since");
        assertThat(log()).contains("1 not built as the project asks for").contains("Published file:");
        assertThat(new File(failed.folder().find().getRemote()).list()).containsExactly(RunFolder.KEPT);
    }

    @Test
    void whatWasBuiltIsPublishedAsItIsNow() throws Exception {
        run(workspace, "v2", "success", "SUCCESS");
        assertThat(publish(step())).containsEntry("published", true);
        assertThat(Files.readString(stored)).contains("v2").doesNotContain("pending since");
    }

    @Test
    void aRunThatBuiltNothingPublishesNothing() throws Exception {
        run(workspace, "v2", null, "ERROR");
        byte[] before = Files.readAllBytes(stored);
        assertThat(publish(step())).containsEntry("published", false).containsKey("nothing");
        assertThat(log()).contains("Nothing of this run is in production: dbt could not run before");
        assertThat(stored).hasBinaryContent(before);
    }

    @Test
    void theRunIsTakenWhereItLiesAndNotWhatLiesInThisWorkspace() throws Exception {
        run(Files.createDirectories(folder.resolve("other/shop")), "v2", "success", "SUCCESS");
        write(workspace.resolve("target/manifest.json"), manifest("of last week"));
        publish(step());
        assertThat(Files.readString(stored)).contains("v2").doesNotContain("last week");
    }

    @Test
    void aRunOfThisWorkspaceComesBeforeALaterOne() throws Exception {
        KeptRun here = run(workspace, "v2", "success", "SUCCESS");
        KeptRuns.note(build, new KeptRun("other", new AgentFolder("", "/elsewhere"), "/elsewhere/m", null, null, null));
        assertThat(KeptRuns.find(site(), null)).isSameAs(here);
        assertThat(KeptRuns.find(site(), "/elsewhere/m")).isNotSameAs(here).isNotNull();
    }

    @Test
    void withoutARunAFileIsNotBelieved() throws Exception {
        write(workspace.resolve("target/manifest.json"), manifest("of last week"));
        assertThatThrownBy(() -> publish(step()))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("no dbtSlimBuild of this build ended");
        run(workspace, "v2", "success", "SUCCESS");
        PublishStep named = step();
        named.setManifest("target/manifest.json");
        assertThatThrownBy(() -> publish(named))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("target/manifest.json is not the manifest that a run of this build kept");
        assertThat(Files.readString(stored)).contains("v1");
    }

    @Test
    void whatIsGoneIsToldAndNothingElseTaken() throws Exception {
        KeptRun run = run(workspace, "v2", "error", "FAILURE");
        Files.delete(state.resolve("manifest.json"));
        assertThatThrownBy(() -> publish(step())).hasMessageContaining("the state that the run was compared with");
        Files.delete(Path.of(run.manifest()));
        write(workspace.resolve("target/manifest.json"), manifest("of last week"));
        assertThatThrownBy(() -> publish(step()))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("the manifest that the run kept is not there any more");
        assertThat(Files.readString(stored)).contains("v1");
    }

    private static List<Object> ids(Map<String, Object> map, String key) {
        return ((List<?>) map.get(key))
                .stream().map(node -> ((Map<?, ?>) node).get("id")).collect(toList());
    }
}
