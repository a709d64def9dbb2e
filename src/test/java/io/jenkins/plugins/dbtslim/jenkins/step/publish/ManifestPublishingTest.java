package io.jenkins.plugins.dbtslim.jenkins.step.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Job;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.security.ACL;
import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import io.jenkins.plugins.dbtslim.jenkins.engine.AgentFolder;
import io.jenkins.plugins.dbtslim.jenkins.engine.KeptRun;
import io.jenkins.plugins.dbtslim.jenkins.engine.KeptRuns;
import io.jenkins.plugins.dbtslim.jenkins.engine.RunFolder;
import io.jenkins.plugins.dbtslim.store.Agent;
import io.jenkins.plugins.dbtslim.store.FileManifestStore;
import io.jenkins.plugins.dbtslim.store.ManifestLocation;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the publishing step makes of a run of its build: what is true of it, and of no other file. */
class ManifestPublishingTest {
    private static final int NUMBER = 12;

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final Build build = new Build();
    private Path workspace;
    private Path stored;
    private Path state;

    /** What steps ask of a build. */
    private static final class Build extends Run<Shop, Build> {
        @Override
        public int getNumber() {
            return NUMBER;
        }

        @Override
        public String getUrl() {
            return "job/shop/12/";
        }

        @Override
        public Object getTarget() {
            return this;
        }

        @Override
        public int compareTo(Build other) {
            return 0;
        }

        @Override
        public ACL getACL() {
            throw new UnsupportedOperationException();
        }
    }

    /** The job of those builds. */
    private abstract static class Shop extends Job<Shop, Build> {}

    /** A log that is looked at afterwards. */
    private record Listener(PrintStream log) implements TaskListener {
        private static final long serialVersionUID = 1L;

        @Override
        public PrintStream getLogger() {
            return log;
        }
    }

    @BeforeEach
    void makeProduction() throws IOException {
        workspace = Files.createDirectories(folder.resolve("agent/shop"));
        stored = folder.resolve("store/manifest.json");
        state = Files.createDirectories(workspace.resolve(".dbt-state"));
        write(stored, manifest("v1"));
        write(state.resolve("manifest.json"), manifest("v1"));
    }

    private StepSite site() {
        return new StepSite(
                build,
                new FilePath(workspace.toFile()),
                new EnvVars(),
                Set.of(),
                null,
                new Listener(new PrintStream(log, true, StandardCharsets.UTF_8)));
    }

    private String log() {
        return log.toString(StandardCharsets.UTF_8);
    }

    private Map<String, Object> publish(PublishStep step) throws IOException, InterruptedException {
        Agent agent = Agent.local(line -> site().log().println(line));
        FileManifestStore store = new FileManifestStore(ManifestLocation.parse("file:" + stored), agent);
        return StepSite.withSentences(
                () -> new ManifestPublishing(step, site(), store).publish(ManifestPublishing.meant(step, site())));
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
        FilePath run = RunFolder.of(new FilePath(where.toFile()), NUMBER, "dbt-slim");
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
                null,
                null);
        KeptRuns.note(build, noted);
        return noted;
    }

    @Test
    void whatAFailedRunDidNotBuildStaysAsItWas() throws Exception {
        KeptRun failed = run(workspace, "v2", "error", "FAILURE");

        Map<String, Object> map = publish(step());

        assertThat(Files.readString(stored)).contains("v1\\n{# dbt-slim: pending since build 12 (failed) #}");
        assertThat(map).containsEntry("published", true).containsEntry("pending", List.of("model.p.a"));
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
}
