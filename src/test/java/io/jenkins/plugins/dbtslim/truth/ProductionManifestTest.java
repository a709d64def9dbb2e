package io.jenkins.plugins.dbtslim.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.dbtslim.dbt.result.RunRecord;
import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;
import io.jenkins.plugins.dbtslim.manifest.ManifestPair;
import io.jenkins.plugins.dbtslim.manifest.ManifestReader;
import io.jenkins.plugins.dbtslim.manifest.ManifestTexts;
import io.jenkins.plugins.dbtslim.state.StateComparison;
import io.jenkins.plugins.dbtslim.state.StateOptions;
import io.jenkins.plugins.dbtslim.state.StateSelector;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each rule of what stands in production's manifest, on manifests of a few nodes. */
class ProductionManifestTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private Project former;
    private Project current;
    private final Map<String, String> statuses = new TreeMap<>();
    private Set<String> selected;
    private RunStatus status = RunStatus.FAILURE;
    private String narrowed;

    /** A manifest to be, with the production's relations of the nodes and what a build filled in. */
    private static final class Project {
        final ObjectNode json = JSON.createObjectNode();

        Project() {
            json.putObject("metadata")
                    .put("dbt_schema_version", "https://schemas.getdbt.com/dbt/manifest/v12.json")
                    .put("dbt_version", "1.11.16")
                    .put("adapter_type", "duckdb");
            for (String part : List.of("nodes", "sources", "macros", "unit_tests", "parent_map", "child_map", "docs")) {
                json.putObject(part);
            }
        }

        ObjectNode node(String id, String code, String... parents) {
            String[] parts = id.split("\\.", -1);
            ObjectNode node =
                    ((ObjectNode) json.get(parts[0].equals("unit_test") ? "unit_tests" : "nodes")).putObject(id);
            node.put("database", "db")
                    .put("schema", "prod")
                    .put("name", parts[2])
                    .put("resource_type", parts[0]);
            node.put("package_name", "p").put("unique_id", id).put("alias", parts[2]);
            node.putArray("fqn").add("p").add(parts[2]);
            node.put("relation_name", "\"db\".\"prod\".\"" + parts[2] + "\"")
                    .put("raw_code", code)
                    .put("language", "sql");
            node.putObject("checksum").put("name", "sha256").put("checksum", code);
            node.putObject("config").put("materialized", parts[0].equals("model") ? "view" : parts[0]);
            node.putObject("unrendered_config");
            ObjectNode dependsOn = node.putObject("depends_on");
            dependsOn.putArray("macros");
            List.of(parents).forEach(dependsOn.putArray("nodes")::add);
            return node;
        }

        ObjectNode model(String name, String code, String... parents) {
            return node("model.p." + name, code, parents);
        }

        Path write(Path file) throws IOException {
            return Files.writeString(
                    file,
                    JSON.writer()
                            .with(JsonWriteFeature.ESCAPE_NON_ASCII.mappedFeature())
                            .writeValueAsString(json));
        }

        static ObjectNode compiled(ObjectNode node, String code) {
            return node.put("compiled", true).put("compiled_code", code).put("compiled_path", "target/x.sql");
        }
    }

    @BeforeEach
    void begin() {
        former = new Project();
        current = new Project();
    }

    @Test
    void whatWasBuiltIsCurrentAndWhatFailedIsTheFormerOneWithAMark() throws IOException {
        former.model("built", "v1");
        former.model("failed", "v1 ü\ud800").put("schema", "then");
        current.model("built", "v2");
        current.model("failed", "v2").put("schema", "now");
        ran("model.p.built", "success");
        ran("model.p.failed", "error");

        ProductionSummary summary = publish();

        assertThat(entry("model.p.built")).isEqualTo(current.json.at("/nodes/model.p.built"));
        assertThat(entry("model.p.failed").get("schema").asText()).isEqualTo("then");
        assertThat(entry("model.p.failed").get("raw_code").asText())
                .isEqualTo("v1 ü\ud800\n{# dbt-slim: pending since build 12 (failed) #}");
        assertThat(summary.pending())
                .containsExactly(new PendingNode("model.p.failed", "failed", "2026-11-30T08:00:00Z", "12", false));
        assertThat(summary.built()).hasSize(1);
        assertThat(modified()).containsExactly("model.p.failed");
        assertThat(ManifestTexts.read(published(), Set.of("model.p.failed"))
                        .get("model.p.failed")
                        .rawCode())
                .as("a reader of the report sees no mark")
                .startsWith("v1 ü")
                .doesNotContain("dbt-slim");
    }

    @Test
    void whatWasPendingBeforeStaysSoThoughTheChangeIsTakenBack() throws IOException {
        former.model("a", "v1");
        current.model("a", "v2");
        ran("model.p.a", "error");
        publish();
        former = new Project();
        former.json.setAll((ObjectNode) JSON.readTree(published().toFile()));
        current = new Project();
        current.model("a", "v1");
        current.model("b", "v1");
        statuses.clear();
        ran("model.p.b", "success");

        ProductionSummary summary = new ProductionManifest(current.write(folder.resolve("current.json")), run())
                .former(former.write(folder.resolve("former.json")))
                .publishedBy("13")
                .at("2026-12-01T08:00:00Z")
                .write(published());

        assertThat(summary.pending())
                .containsExactly(new PendingNode("model.p.a", "failed", "2026-11-30T08:00:00Z", "12", true));
        assertThat(entry("model.p.a").get("raw_code").asText())
                .as("marked once")
                .isEqualTo("v1\n{# dbt-slim: pending since build 12 (failed) #}");
        assertThat(modified()).containsExactly("model.p.a");
        assertThat(ProductionManifest.pending(ManifestReader.read(published()))).isEqualTo(summary.pending());
        assertThat(StateComparison.compare(
                                ManifestReader.read(published()),
                                ManifestReader.read(folder.resolve("current.json")),
                                StateOptions.defaults())
                        .change("model.p.a")
                        .reasons())
                .as("the report says why it is modified")
                .anyMatch(reason -> reason.details().contains("still pending since build 12: failed"));
    }

    @Test
    void whatIsStillPendingIsOneSentence() {
        PendingNode a = new PendingNode("model.p.a", "failed", "2026-11-30T08:00:00Z", "12", true);
        PendingNode b = new PendingNode("model.p.b", "skipped", "2026-11-30T08:00:00Z", "12", true);
        PendingNode old = new PendingNode("model.p.z", "interrupted", "2026-11-29T08:00:00Z", null, true);
        assertThat(PendingNode.sentence(List.of())).isNull();
        assertThat(PendingNode.sentence(List.of(a, b, old)))
                .isEqualTo(
                        "still pending since 2026-11-29T08:00:00Z: model.p.z (interrupted); since build 12: model.p.a"
                                + " (failed), model.p.b (skipped)");
        assertThat(PendingNode.sentence(Collections.nCopies(7, a))).endsWith(" and 2 more");
    }

    @Test
    void eachReasonIsTold() throws IOException {
        for (String name : List.of("interrupted", "unreached", "left")) {
            former.model(name, "v1");
            current.model(name, "v2");
        }
        ran("model.p.interrupted", "interrupted");
        ran("model.p.x", "success");
        selected = new TreeSet<>(Set.of("model.p.interrupted", "model.p.unreached", "model.p.x"));
        status = RunStatus.ABORTED;

        assertThat(publish().pending())
                .extracting(PendingNode::id, PendingNode::why)
                .containsExactly(
                        tuple("model.p.interrupted", "interrupted"),
                        tuple("model.p.left", "not selected"),
                        tuple("model.p.unreached", "not reached"));
    }

    @Test
    void aPartOfTheRowsIsNotBuilt() throws IOException {
        former.model("a", "v1");
        former.node("test.p.t", "t", "model.p.a");
        current.model("a", "v1");
        current.node("test.p.t", "t", "model.p.a");
        ran("model.p.a", "success");
        ran("test.p.t", "pass");
        status = RunStatus.SUCCESS;
        narrowed = "--empty";

        ProductionSummary summary = publish();

        assertThat(summary.pending()).extracting(PendingNode::why).containsExactly("built without all of its rows");
        assertThat(summary.absent()).extracting(PendingNode::id).containsExactly("test.p.t");
        former = null;
        assertThat(publish().nothing()).contains("no node was built with all of its rows (--empty)");
    }

    @Test
    void newNodesThatWereNotBuiltAreAbsentAndRemovedOnesAreTold() throws IOException {
        former.model("gone", "v1");
        former.model("a", "v1");
        current.model("a", "v2");
        current.model("new", "v1", "model.p.a");
        current.model("made", "v1", "model.p.a", "model.p.new");
        ran("model.p.a", "success");
        ran("model.p.new", "error");
        ran("model.p.made", "success");

        ProductionSummary summary = publish();

        JsonNode made = JSON.readTree(published().toFile());
        assertThat(made.get("nodes").has("model.p.new")).isFalse();
        assertThat(made.get("nodes").has("model.p.gone")).isFalse();
        assertThat(summary.absent()).extracting(PendingNode::toString).containsExactly("model.p.new (failed)");
        assertThat(summary.removed()).containsExactly("model.p.gone");
        assertThat(made.get("parent_map").toString()).isEqualTo("{\"model.p.a\":[],\"model.p.made\":[\"model.p.a\"]}");
        assertThat(made.get("child_map").toString())
                .isEqualTo("{\"model.p.a\":[\"model.p.made\"],\"model.p.made\":[]}");
        assertThat(summary.lines())
                .containsExactly(
                        "1 new and not built, so production's manifest does not have them: model.p.new (failed)",
                        "1 removed from the project, and so from production's manifest: model.p.gone");
    }

    @Test
    void testsThatDidNotPassAreLeftOutAndTheirModelIsBuilt() throws IOException {
        for (Project project : List.of(former, current)) {
            project.model("a", project == former ? "v1" : "v2");
            for (String name : List.of("passes", "warns", "fails", "errs", "skipped", "unselected")) {
                project.node("test.p." + name, "t", "model.p.a");
            }
            project.node("unit_test.p.unit", "u", "model.p.a");
        }
        current.node("test.p.new", "t", "model.p.a");
        ran("model.p.a", "success");
        ran("test.p.passes", "pass");
        ran("test.p.warns", "warn");
        ran("test.p.fails", "fail");
        ran("test.p.errs", "error");
        ran("test.p.skipped", "skipped");
        ran("unit_test.p.unit", "fail");

        assertThat(publish().absent())
                .extracting(PendingNode::id)
                .containsExactly("test.p.errs", "test.p.fails", "test.p.new", "test.p.skipped", "unit_test.p.unit");
        assertThat(entry("model.p.a").get("raw_code").asText()).isEqualTo("v2");
        assertThat(modified())
                .containsExactly("test.p.errs", "test.p.fails", "test.p.new", "test.p.skipped", "unit_test.p.unit");
    }

    /** Its model is not there or switched off, so dbt will not run it, and no deploy leaves it to the next one. */
    @Test
    void aTestThatDbtSwitchedOffIsLeftToNobody() throws IOException {
        for (Project project : List.of(former, current)) {
            project.model("a", "v1");
        }
        current.node("test.p.of_nothing", "t").putObject("config").put("enabled", false);
        ran("model.p.a", "success");
        ProductionSummary summary = publish();
        assertThat(summary.isWhole()).as(summary.toString()).isTrue();
        assertThat(summary.lines()).isEmpty();
        ((ObjectNode) current.json.at("/nodes/test.p.of_nothing/config")).put("enabled", true);
        assertThat(modified()).as("when it is switched on").containsExactly("test.p.of_nothing");
    }

    /** dbt does not run it alone: the next run has to build its model, or it would wait for ever. */
    @Test
    void aUnitTestThatWasToRunAloneWaitsWithItsModel() throws IOException {
        for (Project project : List.of(former, current)) {
            project.model("a", "v1");
        }
        current.node("unit_test.p.a.adds", "", "model.p.a");
        status = RunStatus.SUCCESS;
        selected = Set.of("unit_test.p.a.adds");
        assertThat(publish().pending())
                .extracting(PendingNode::toString)
                .containsExactly("model.p.a (unit test not run)");
        assertThat(modified()).containsExactly("model.p.a", "unit_test.p.a.adds");
        selected = Set.of();
        assertThat(publish().pending()).as("left out on purpose").isEmpty();
    }

    @Test
    void whatDidNotChangeKeepsWhatItsBuildFilledIn() throws IOException {
        Project.compiled(former.model("a", "v1"), "select 1")
                .put("description", "then")
                .put("schema", "then");
        current.model("a", "v1").put("description", "now").put("schema", "now").putNull("compiled_code");
        status = RunStatus.NOTHING_TO_DO;

        assertThat(publish().isWhole()).isTrue();

        assertThat(entry("model.p.a").get("compiled_code").asText()).isEqualTo("select 1");
        assertThat(entry("model.p.a").get("compiled").asBoolean()).isTrue();
        assertThat(entry("model.p.a").get("description").asText()).isEqualTo("now");
        assertThat(entry("model.p.a").get("schema").asText())
                .as("where it was built")
                .isEqualTo("then");
    }

    @Test
    void aSeedIsMarkedByItsChecksum() throws IOException {
        former.node("seed.p.s", "");
        current.node("seed.p.s", "").putObject("checksum").put("name", "sha256").put("checksum", "now");
        ran("seed.p.s", "error");
        publish();
        assertThat(entry("seed.p.s").get("checksum").toString())
                .isEqualTo("{\"name\":\"dbt-slim-pending-1\",\"checksum\":\"failed; 2026-11-30T08:00:00Z; 12\"}");
        assertThat(entry("seed.p.s").get("raw_code").asText()).isEmpty();
        assertThat(modified()).containsExactly("seed.p.s");
    }

    /** What dbt knows by its path alone is compared by what was noted of it when it was loaded. */
    @Test
    void aBigSeedIsComparedByItsContent() throws IOException {
        bigSeed(former, "a");
        bigSeed(current, "b");
        ran("seed.p.big", "success");
        assertThat(publish().isWhole()).isTrue();
        assertThat(publish().commit()).isEqualTo("c0ffee1");
        assertThat(content()).isEqualTo("b");
        statuses.clear();
        status = RunStatus.NOTHING_TO_DO;
        assertThat(publish().pending()).extracting(PendingNode::toString).containsExactly("seed.p.big (not selected)");
        assertThat(content()).isEqualTo("a");
        assertThat(modified()).containsExactly("seed.p.big");
    }

    /** That the project has a file is no news of what production loaded. */
    @Test
    void aBigSeedOfWhichNothingWasNotedStaysUnknownUntilItIsLoaded() throws IOException {
        bigSeed(former, null);
        bigSeed(current, "b").withObject("/meta").put("owner", "me");
        status = RunStatus.NOTHING_TO_DO;
        assertThat(publish().isWhole()).isTrue();
        assertThat(entry("seed.p.big").get("meta").toString()).isEqualTo("{\"owner\":\"me\"}");
        bigSeed(former, "a");
        bigSeed(current, null);
        assertThat(publish().isWhole()).isTrue();
        assertThat(content()).isEqualTo("a");
    }

    /** Production has what a node was built with, whatever a var is now. */
    @Test
    void whatWasNotBuiltKeepsTheValuesWithWhichItWasBuilt() throws IOException {
        for (String name : List.of("built", "old", "fresh")) {
            ObjectNode then = former.model(name, "v1").putObject("meta");
            if (!name.equals("fresh")) {
                then.putObject("dbt_slim_inputs").put("var q", "5");
            }
            current.model(name, "v1")
                    .putObject("meta")
                    .put("owner", "me")
                    .putObject("dbt_slim_inputs")
                    .put("var q", "8");
        }
        ran("model.p.built", "success");
        publish();
        assertThat(entry("model.p.built").get("meta").toString())
                .isEqualTo("{\"owner\":\"me\",\"dbt_slim_inputs\":{\"var q\":\"8\"}}");
        assertThat(entry("model.p.old").get("meta").toString())
                .isEqualTo("{\"owner\":\"me\",\"dbt_slim_inputs\":{\"var q\":\"5\"}}");
        assertThat(entry("model.p.fresh").get("meta").get("dbt_slim_inputs").toString())
                .as("nothing is known of before")
                .isEqualTo("{\"var q\":\"8\"}");
    }

    private static ObjectNode bigSeed(Project project, String content) {
        ObjectNode seed = project.node("seed.p.big", "");
        seed.putObject("checksum").put("name", "path").put("checksum", "seeds/big.csv");
        ObjectNode meta = seed.putObject("meta");
        if (content != null) {
            meta.put("dbt_slim_content", content);
        }
        return seed;
    }

    private String content() throws IOException {
        return entry("seed.p.big").get("meta").get("dbt_slim_content").asText();
    }

    @Test
    void aMacroThatChangedLeavesAMarkOnWhatWasNotBuilt() throws IOException {
        for (Project project : List.of(former, current)) {
            ObjectNode macro = ((ObjectNode) project.json.get("macros")).putObject("macro.p.m");
            macro.put("name", "m")
                    .put("macro_sql", project == former ? "1" : "2")
                    .putObject("depends_on");
            ((ArrayNode) project.model("a", "v1").at("/depends_on/macros")).add("macro.p.m");
        }
        ran("model.p.x", "success");
        assertThat(publish().pending()).extracting(PendingNode::id).containsExactly("model.p.a");
        assertThat(modified()).containsExactly("model.p.a");
    }

    @Test
    void whatIsInlinedOrReadFromElsewhereCountsForItsUsers() throws IOException {
        for (Project project : List.of(former, current)) {
            String version = project == former ? "v1" : "v2";
            ((ObjectNode) project.model("inlined", version).get("config")).put("materialized", "ephemeral");
            ((ObjectNode) project.model("between", "v1", "model.p.inlined").get("config"))
                    .put("materialized", "ephemeral");
            project.model("user", "v1", "model.p.between");
            project.model("reader", "v1", "source.p.raw.t");
            project.model("other", "v1", "model.p.user");
            ((ObjectNode) project.json.get("sources"))
                    .putObject("source.p.raw.t")
                    .put("resource_type", "source")
                    .put("schema", "raw")
                    .put("identifier", version);
        }
        ran("model.p.x", "success");

        assertThat(publish().pending()).extracting(PendingNode::id).containsExactly("model.p.reader", "model.p.user");
        assertThat(entry("model.p.inlined")).isEqualTo(current.json.at("/nodes/model.p.inlined"));
        assertThat(modified()).containsExactly("model.p.reader", "model.p.user");
    }

    /** It is none of this project's to build; who reads it from another place is. */
    @Test
    void whatAnotherProjectBuildsIsPublishedAsItIsNow() throws IOException {
        for (Project project : List.of(former, current)) {
            String version = project == former ? "v1" : "v2";
            ObjectNode moved = project.model("moved", "").put("original_file_path", "");
            moved.put("alias", version).putObject("unrendered_config").put("alias", version);
            project.model("reader", "v1", "model.p.moved");
        }
        former.model("gone", "").put("original_file_path", "");
        current.model("fresh", "").put("original_file_path", "");
        ran("model.p.x", "success");

        ProductionSummary summary = publish();

        assertThat(summary.pending()).extracting(PendingNode::id).containsExactly("model.p.reader");
        assertThat(summary.absent()).isEmpty();
        assertThat(summary.removed()).isEmpty();
        assertThat(entry("model.p.moved")).isEqualTo(current.json.at("/nodes/model.p.moved"));
        assertThat(entry("model.p.fresh")).isEqualTo(current.json.at("/nodes/model.p.fresh"));
    }

    /** Production still has the code in it that is no longer inlined. */
    @Test
    void whatWasInlinedBeforeCountsForItsUsers() throws IOException {
        ((ObjectNode) former.model("inlined", "v1").get("config")).put("materialized", "ephemeral");
        former.model("user", "v1", "model.p.inlined");
        ObjectNode now = current.model("inlined", "v1");
        now.putObject("unrendered_config").put("materialized", "view");
        current.model("user", "v1", "model.p.inlined");
        status = RunStatus.SUCCESS;
        selected = Set.of();
        assertThat(publish().pending()).extracting(PendingNode::id).containsExactly("model.p.inlined", "model.p.user");
    }

    @Test
    void whatWasToBeBuiltAnewBelowAChangeIsPendingAndTheRestOfAnAbortedRunIsNot() throws IOException {
        for (Project project : List.of(former, current)) {
            project.model("changed", project == former ? "v1" : "v2");
            project.model("below", "v1", "model.p.changed");
            project.model("aside", "v1");
        }
        ran("model.p.changed", "success");
        selected = new TreeSet<>(Set.of("model.p.changed", "model.p.below", "model.p.aside"));
        status = RunStatus.ABORTED;
        assertThat(publish().pending())
                .extracting(PendingNode::toString)
                .containsExactly("model.p.below (not reached)");
    }

    @Test
    void nothingOfTheRunInProductionIsSaid() throws IOException {
        former.model("a", "v1");
        current.model("a", "v2");
        status = RunStatus.ERROR;
        assertThat(publish().nothing())
                .isEqualTo("Nothing of this run is in production: dbt could not run before it began to build."
                        + " Production's manifest stays as it is.");
        assertThat(published()).doesNotExist();
        assertThat(publish().lines()).hasSize(1);
    }

    @Test
    void ofAFirstRunOnlyWhatWasBuiltStandsThere() throws IOException {
        former = null;
        current.model("a", "v1");
        current.model("b", "v1");
        ran("model.p.a", "success");
        ran("model.p.b", "error");
        assertThat(publish().absent()).extracting(PendingNode::id).containsExactly("model.p.b");
        assertThat(modified()).containsExactly("model.p.b");
    }

    @Test
    void marksOfANewerVersionAreRefused() throws IOException {
        former.model("a", "v1")
                .putObject("checksum")
                .put("name", "dbt-slim-pending-2")
                .put("checksum", "?");
        current.model("a", "v1");
        ran("model.p.a", "error");
        assertThatThrownBy(this::publish)
                .isInstanceOf(TruthException.class)
                .hasMessageEndingWith(
                        "was published by a newer dbt-slim (its pending mark on model.p.a has version 2, and"
                                + " only 1 is known): update dbt-slim or the plugin.");
    }

    /** A few bytes must not fill the disk. */
    @Test
    void aPackedManifestIsNotUnpackedWithoutEnd() throws IOException {
        Path packed = folder.resolve("bomb.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write(new byte[100_000]);
        }
        assertThatThrownBy(() -> ManifestFile.unpack(packed, folder, 99_999))
                .hasMessageContaining("more than 99999 bytes");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(packed);
        }
    }

    @Test
    void packedAndOldFormerManifestsAreRead() throws IOException {
        ((ObjectNode) former.json.get("metadata"))
                .put("dbt_schema_version", "https://schemas.getdbt.com/dbt/manifest/v6.json");
        ObjectNode old = former.model("a", "v1");
        old.remove(List.of("raw_code", "language"));
        old.put("raw_sql", "v1")
                .put("root_path", "/x")
                .putArray("refs")
                .addArray()
                .add("b");
        current.model("a", "v2");
        ran("model.p.a", "error");
        Path packed = folder.resolve("former.json.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write(JSON.writeValueAsString(former.json).getBytes(StandardCharsets.UTF_8));
        }

        new ProductionManifest(current.write(folder.resolve("current.json")), run())
                .former(packed)
                .write(published());

        assertThat(entry("model.p.a").has("raw_sql")).isFalse();
        assertThat(entry("model.p.a").get("raw_code").asText()).startsWith("v1\n{# dbt-slim: pending since ");
        assertThat(entry("model.p.a").get("refs")).isEmpty();
        assertThat(entry("model.p.a").has("root_path")).isFalse();
        try (var files = Files.list(folder)) {
            assertThat(files).as("nothing temporary stays").hasSize(3);
        }
    }

    /** It is as production has it in every way but that it is not there. */
    @Test
    void whatMaterializeDroppedWithSomethingElseIsYetToBeBuilt() throws IOException {
        former.model("a", "v1");
        former.model("b", "v1");
        current.model("a", "v2");
        current.model("b", "v1");
        ran("model.p.a", "success");
        ran("model.p.b", "dropped");
        publish();
        assertThat(entry("model.p.a").get("raw_code").asText()).isEqualTo("v2");
        assertThat(entry("model.p.b").get("raw_code").asText())
                .contains("pending since build 12 (dropped with what it reads from)");
    }

    @Test
    void aPythonModelIsMarkedInItsLanguage() throws IOException {
        former.model("a", "def model").put("language", "python");
        current.model("a", "def model2").put("language", "python");
        ran("model.p.a", "error");
        publish();
        assertThat(entry("model.p.a").get("raw_code").asText())
                .isEqualTo("def model\n# dbt-slim: pending since build 12 (failed)");
    }

    private void ran(String id, String result) {
        statuses.put(id, result);
        if (current.json.at("/nodes/" + id).isMissingNode() && id.equals("model.p.x")) {
            current.model("x", "v1");
        }
    }

    private RunRecord run() {
        return new RunRecord(
                status,
                null,
                Map.of(),
                selected == null ? null : new TreeSet<>(selected),
                new TreeMap<>(statuses),
                narrowed,
                "c0ffee1",
                null,
                null);
    }

    private ProductionManifest making() throws IOException {
        return new ProductionManifest(current.write(folder.resolve("current.json")), run())
                .former(former == null ? null : former.write(folder.resolve("former.json")))
                .publishedBy("12")
                .at("2026-11-30T08:00:00Z");
    }

    private ProductionSummary publish() throws IOException {
        return making().write(published());
    }

    private Path published() {
        return folder.resolve("published.json");
    }

    private JsonNode entry(String id) throws IOException {
        return JSON.readTree(published().toFile()).get("nodes").get(id);
    }

    /** What our own comparison finds in the unchanged project. */
    private Set<String> modified() throws IOException {
        ManifestPair pair = ManifestPair.read(published(), folder.resolve("current.json"));
        StateComparison comparison = StateComparison.compare(pair.state(), pair.current(), StateOptions.defaults());
        Set<String> ids = new TreeSet<>();
        pair.current().resources().stream()
                .filter(resource -> comparison.matches(StateSelector.MODIFIED, resource))
                .forEach(resource -> ids.add(resource.uniqueId()));
        return ids;
    }
}
