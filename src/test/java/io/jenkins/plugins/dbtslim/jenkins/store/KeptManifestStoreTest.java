package io.jenkins.plugins.dbtslim.jenkins.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.dbtslim.jenkins.store.KeptManifests.Standing;
import io.jenkins.plugins.dbtslim.store.Agent;
import io.jenkins.plugins.dbtslim.store.Condition;
import io.jenkins.plugins.dbtslim.store.Digests;
import io.jenkins.plugins.dbtslim.store.FetchOptions;
import io.jenkins.plugins.dbtslim.store.FetchResult;
import io.jenkins.plugins.dbtslim.store.ManifestFetch;
import io.jenkins.plugins.dbtslim.store.ManifestLocation;
import io.jenkins.plugins.dbtslim.store.ManifestPublish;
import io.jenkins.plugins.dbtslim.store.ManifestStore;
import io.jenkins.plugins.dbtslim.store.PublishOptions;
import io.jenkins.plugins.dbtslim.store.PublishResult;
import io.jenkins.plugins.dbtslim.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds keep manifests with themselves: production's is the last of a build that ended well. */
class KeptManifestStoreTest {
    @TempDir
    private Path folder;

    private final Map<Integer, Standing> standings = new HashMap<>();
    private final List<String> log = new ArrayList<>();

    private ManifestStore store(Integer build) throws StoreException {
        KeptManifests manifests = new KeptManifests(
                folder.resolve("builds"), "manifest", number -> standings.getOrDefault(number, Standing.FAILED));
        return new KeptManifestStore(
                ManifestLocation.parse("build:/shop/main"), manifests, build, Agent.local(log::add));
    }

    private static String json(String text) {
        return "{\"metadata\": {\"dbt_schema_version\": \"https://schemas.getdbt.com/dbt/manifest/v12.json\","
                + " \"dbt_version\": \"1.9.4\", \"project_name\": \"shop\"}, \"docs\": {\"x\": \"" + text + "\"}}";
    }

    private PublishResult publish(int build, Condition expected, boolean history)
            throws IOException, InterruptedException {
        standings.put(build, Standing.RUNNING);
        Path manifest = Files.writeString(folder.resolve(build + ".json"), json("of " + build));
        PublishOptions options = new PublishOptions(
                manifest.toString(), expected, false, history, "build " + build, "" + build, "c0ffee", null, false);
        return new ManifestPublish(store(build), options).run();
    }

    private void publishAndEnd(int build, Standing end) throws IOException, InterruptedException {
        publish(build, null, false);
        standings.put(build, end);
    }

    private FetchResult fetch() throws IOException, InterruptedException {
        return new ManifestFetch(
                        store(null), new FetchOptions(goal().toString(), FetchOptions.IfMissing.SKIP, null, false))
                .run();
    }

    private Path goal() {
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
    void becomesProductionsWhenItsBuildEndsWell() throws Exception {
        assertThat(publish(1, null, false).verified()).isTrue();
        assertThat(fetch().found()).isFalse();

        standings.put(1, Standing.SUCCESSFUL);
        FetchResult result = fetch();
        assertThat(result.toMap())
                .containsEntry("uri", "build:/shop/main")
                .containsEntry("versionId", "#1")
                .containsEntry("build", "build 1")
                .containsEntry("commit", "c0ffee")
                .containsEntry("project", "shop");
        assertThat(goal()).hasContent(json("of 1"));
        assertThat(files(folder.resolve("work space")))
                .containsExactly(".dbt-state/manifest.json", ".dbt-state/provenance.json");
        assertThat(fetch().outcome()).isEqualTo(FetchResult.Outcome.UNCHANGED);
    }

    @Test
    void checkoutCannotSayThatItsManifestIsProductions() throws Exception {
        String sha256 = publish(1, null, false).publication().sha256();
        standings.put(1, Standing.SUCCESSFUL);
        Files.createDirectories(goal().resolveSibling(""));
        Files.writeString(goal(), json("of a stranger"));
        Files.writeString(
                goal().resolveSibling("provenance.json"),
                "{\"format\": 1, \"uri\": \"build:/shop/main\", \"etag\": \"\\\"" + sha256
                        + "\\\"\", \"sha256\": \"" + Digests.sha256(goal()) + "\", \"size\": "
                        + Files.size(goal()) + "}");

        assertThat(fetch().outcome()).isEqualTo(FetchResult.Outcome.FETCHED);
        assertThat(goal()).hasContent(json("of 1"));
    }

    @Test
    void failedBuildsDescribeNothing() throws Exception {
        publishAndEnd(1, Standing.SUCCESSFUL);
        publishAndEnd(2, Standing.FAILED);
        fetch();
        assertThat(goal()).hasContent(json("of 1"));
        assertThat(store(3).head().orElseThrow().publication().build()).isEqualTo("build 1");
    }

    @Test
    void racingBuildIsToldBeforeTheOtherEnds() throws Exception {
        publishAndEnd(1, Standing.SUCCESSFUL);
        Condition start = ManifestPublish.asOfNow(store(2));
        publish(3, start, false);
        assertThatThrownBy(() -> publish(2, start, false))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("build 3 published another manifest there");

        standings.put(3, Standing.FAILED);
        assertThat(publish(2, start, false).verified()).isTrue();
    }

    @Test
    void goesWithItsBuildAndOldOnesAreDropped() throws Exception {
        publishAndEnd(1, Standing.SUCCESSFUL);
        for (int build = 2; build <= KeptManifests.KEEP + 3; build++) {
            publishAndEnd(build, Standing.FAILED);
        }
        assertThat(files(folder.resolve("builds")))
                .hasSize(2 * (KeptManifests.KEEP + 1))
                .contains("1/dbt-slim-manifest/manifest.json.gz", "4/dbt-slim-manifest/manifest.json.gz")
                .doesNotContain("3/dbt-slim-manifest/manifest.json.gz");

        try (Stream<Path> all = Files.walk(folder.resolve("builds/1"))) {
            all.sorted(java.util.Comparator.reverseOrder())
                    .forEach(path -> path.toFile().delete());
        }
        assertThat(fetch().found()).isFalse();
    }

    @Test
    void damagedCopyIsNotTaken() throws Exception {
        publishAndEnd(1, Standing.SUCCESSFUL);
        fetch();
        publishAndEnd(2, Standing.SUCCESSFUL);
        Path kept = folder.resolve("builds/2/dbt-slim-manifest/manifest.json.gz");
        byte[] bytes = Files.readAllBytes(kept);
        Files.write(kept, java.util.Arrays.copyOf(bytes, bytes.length / 2));

        assertThatThrownBy(this::fetch)
                .isInstanceOf(StoreException.class)
                .hasMessage("build:/shop/main: its gzip data is damaged or cut off; what lies here is left as it was.");
        assertThat(goal()).hasContent(json("of 1"));
        assertThat(files(folder.resolve("work space"))).hasSize(2);
    }

    @Test
    void onlyTheJobItselfPublishesAndKeepsNoHistory() throws Exception {
        Path manifest = Files.writeString(folder.resolve("m.json"), json("x"));
        PublishOptions options =
                new PublishOptions(manifest.toString(), null, false, false, null, null, null, null, false);
        assertThatThrownBy(() -> new ManifestPublish(store(null), options).run())
                .hasMessage("Not published: a build keeps a manifest with itself only, and build:/shop/main is another"
                        + " job; name the job of this build.");
        assertThatThrownBy(() -> publish(1, null, true))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("each build keeps its own manifest");
        assertThat(folder.resolve("builds")).doesNotExist();
    }
}
