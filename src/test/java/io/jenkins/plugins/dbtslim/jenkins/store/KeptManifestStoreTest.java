package io.jenkins.plugins.dbtslim.jenkins.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.dbtslim.store.Agent;
import io.jenkins.plugins.dbtslim.store.Condition;
import io.jenkins.plugins.dbtslim.store.FetchOptions;
import io.jenkins.plugins.dbtslim.store.FetchResult;
import io.jenkins.plugins.dbtslim.store.ManifestFetch;
import io.jenkins.plugins.dbtslim.store.ManifestLocation;
import io.jenkins.plugins.dbtslim.store.ManifestPublish;
import io.jenkins.plugins.dbtslim.store.ManifestStore;
import io.jenkins.plugins.dbtslim.store.PublishOptions;
import io.jenkins.plugins.dbtslim.store.PublishResult;
import io.jenkins.plugins.dbtslim.store.transfer.Digests;
import io.jenkins.plugins.dbtslim.store.transfer.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job keeps production's manifest: the last that one of its builds published. */
class KeptManifestStoreTest {
    @TempDir
    private Path folder;

    private final List<String> log = new ArrayList<>();

    private ManifestStore store(Integer build) throws StoreException {
        return new KeptManifestStore(
                ManifestLocation.parse("build:/shop/main"),
                new KeptManifests(folder.resolve("job"), "manifest"),
                build,
                Agent.local(log::add));
    }

    private static String json(String text) {
        return "{\"metadata\": {\"dbt_schema_version\": \"https://schemas.getdbt.com/dbt/manifest/v12.json\","
                + " \"dbt_version\": \"1.9.4\", \"project_name\": \"shop\"}, \"docs\": {\"x\": \"" + text + "\"}}";
    }

    private PublishResult publish(int build, Condition expected, boolean history)
            throws IOException, InterruptedException {
        Path manifest = Files.writeString(folder.resolve(build + ".json"), json("of " + build));
        PublishOptions options = new PublishOptions(
                manifest.toString(), expected, false, history, "build " + build, "" + build, "c0ffee", null, false);
        return new ManifestPublish(store(build), options).run();
    }

    private FetchResult fetch() throws IOException, InterruptedException {
        return new ManifestFetch(
                        store(null),
                        new FetchOptions(destination().toString(), FetchOptions.IfMissing.skip, null, false))
                .run();
    }

    private Path destination() {
        return folder.resolve("work space/.dbt-state/manifest.json");
    }

    private List<String> files(Path where) throws IOException {
        try (Stream<Path> files = Files.walk(where)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> where.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void whatABuildPublishedIsProductions() throws Exception {
        assertThat(fetch().found()).isFalse();
        assertThat(publish(1, null, false).verified()).isTrue();

        FetchResult result = fetch();
        assertThat(result.toMap())
                .containsEntry("uri", "build:/shop/main")
                .containsEntry("versionId", "#1")
                .containsEntry("build", "build 1")
                .containsEntry("commit", "c0ffee")
                .containsEntry("project", "shop");
        assertThat(destination()).hasContent(json("of 1"));
        assertThat(files(folder.resolve("work space")))
                .containsExactly(".dbt-state/manifest.json", ".dbt-state/provenance.json");
        assertThat(fetch().outcome()).isEqualTo(FetchResult.Outcome.UNCHANGED);
    }

    @Test
    void checkoutCannotSayThatItsManifestIsProductions() throws Exception {
        String sha256 = publish(1, null, false).publication().sha256();
        Files.createDirectories(destination().resolveSibling(""));
        Files.writeString(destination(), json("of a stranger"));
        Files.writeString(
                destination().resolveSibling("provenance.json"),
                "{\"format\": 1, \"uri\": \"build:/shop/main\", \"etag\": \"\\\"" + sha256
                        + "\\\"\", \"sha256\": \"" + Digests.sha256(destination()) + "\", \"size\": "
                        + Files.size(destination()) + "}");

        assertThat(fetch().outcome()).isEqualTo(FetchResult.Outcome.FETCHED);
        assertThat(destination()).hasContent(json("of 1"));
    }

    @Test
    void theLastPublishedOneIsFetchedAndTheOneBeforeStaysForItsReaders() throws Exception {
        for (int build = 1; build <= 4; build++) {
            publish(build, null, false);
        }
        fetch();
        assertThat(destination()).hasContent(json("of 4"));
        assertThat(store(5).head().orElseThrow().publication().build()).isEqualTo("build 4");
        String of = "manifest-%s.json.gz";
        assertThat(files(folder.resolve("job/dbt-slim-manifest")))
                .containsExactlyInAnyOrder(
                        of.formatted(Digests.sha256(folder.resolve("3.json"))),
                        of.formatted(Digests.sha256(folder.resolve("4.json"))),
                        "manifest.publication.json");
    }

    @Test
    void theSameManifestMayBePublishedAgain() throws Exception {
        publish(1, null, false);
        publish(1, null, false);
        assertThat(fetch().found()).isTrue();
        assertThat(destination()).hasContent(json("of 1"));
    }

    @Test
    void notesWithoutTheirManifestAreNone() throws Exception {
        publish(1, null, false);
        Files.delete(packed(1));
        assertThat(fetch().found()).isFalse();
        assertThat(publish(2, null, false).verified()).isTrue();
    }

    private Path packed(int build) throws IOException {
        return folder.resolve(
                "job/dbt-slim-manifest/manifest-" + Digests.sha256(folder.resolve(build + ".json")) + ".json.gz");
    }

    @Test
    void racingBuildIsTold() throws Exception {
        publish(1, null, false);
        Condition start = ManifestPublish.asOfNow(store(2));
        publish(3, start, false);
        assertThatThrownBy(() -> publish(2, start, false))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("build 3 published another manifest there");
    }

    @Test
    void damagedCopyIsNotTaken() throws Exception {
        publish(1, null, false);
        fetch();
        publish(2, null, false);
        Path kept = packed(2);
        byte[] bytes = Files.readAllBytes(kept);
        Files.write(kept, java.util.Arrays.copyOf(bytes, bytes.length / 2));

        assertThatThrownBy(this::fetch)
                .isInstanceOf(StoreException.class)
                .hasMessage("build:/shop/main: its gzip data is damaged or cut off; what lies here is left as it was.");
        assertThat(destination()).hasContent(json("of 1"));
        assertThat(files(folder.resolve("work space"))).hasSize(2);
    }

    @Test
    void onlyTheJobItselfPublishesAndKeepsNoHistory() throws Exception {
        Path manifest = Files.writeString(folder.resolve("m.json"), json("x"));
        PublishOptions options =
                new PublishOptions(manifest.toString(), null, false, false, null, null, null, null, false);
        assertThatThrownBy(() -> new ManifestPublish(store(null), options).run())
                .hasMessage("Not published: a build publishes to its own job only, and build:/shop/main is another job;"
                        + " name the job of this build.");
        assertThatThrownBy(() -> publish(1, null, true))
                .isInstanceOf(StoreException.class)
                .hasMessage("No history is written at build:/shop/main: leave history out.");
        assertThat(folder.resolve("job")).doesNotExist();
    }
}
