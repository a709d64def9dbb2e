package io.jenkins.plugins.dbtslim.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.dbtslim.store.file.FileManifestStore;
import io.jenkins.plugins.dbtslim.store.transfer.Digests;
import io.jenkins.plugins.dbtslim.store.transfer.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A shared disk keeps the promises of a bucket, and a store that keeps none is named. */
class FileStoreTest {
    @TempDir
    private Path folder;

    private final List<String> log = new ArrayList<>();
    private Path place;
    private Path destination;

    @BeforeEach
    void choose() {
        place = folder.resolve("Gemeinsame Ablage/prod/manifest.json");
        destination = folder.resolve("state/manifest.json");
    }

    private ManifestStore store(Path path) throws StoreException {
        return new FileManifestStore(ManifestLocation.parse(path.toString()), Agent.local(log::add));
    }

    private Path manifest(String project) throws IOException {
        return Files.writeString(
                folder.resolve("manifest-" + project + ".json"),
                "{\"metadata\": {\"dbt_schema_version\": \"https://schemas.getdbt.com/dbt/manifest/v12.json\","
                        + " \"dbt_version\": \"1.9.4\", \"project_name\": \"" + project + "\"}}");
    }

    private PublishResult publish(ManifestStore store, Path manifest, Condition expected)
            throws IOException, InterruptedException {
        return new ManifestPublish(
                        store,
                        new PublishOptions(
                                manifest.toString(), expected, false, true, "build 7", "7", null, null, false))
                .run();
    }

    private FetchResult fetch(ManifestStore store) throws IOException, InterruptedException {
        return new ManifestFetch(
                        store, new FetchOptions(destination.toString(), FetchOptions.IfMissing.fail, null, false))
                .run();
    }

    @Test
    void comesBackAndIsNotCopiedTwice() throws Exception {
        PublishResult published = publish(store(place), manifest("shop"), null);
        assertThat(published.verified()).isTrue();
        assertThat(published.historyUri()).contains("/prod/history/").endsWith("-7.json.gz");

        FetchResult fetched = fetch(store(place));
        assertThat(fetched.outcome()).isEqualTo(FetchResult.Outcome.FETCHED);
        assertThat(fetched.provenance().build()).isEqualTo("build 7");
        assertThat(fetched.provenance().etag()).isEqualTo(published.etag());
        assertThat(fetched.toMap()).containsEntry("found", true).containsEntry("dbtVersion", "1.9.4");
        assertThat(destination).hasSameBinaryContentAs(manifest("shop"));
        assertThat(fetch(store(place)).outcome()).isEqualTo(FetchResult.Outcome.UNCHANGED);
    }

    /** A checkout may bring a manifest along, and beside it a provenance that says that it is production's. */
    @Test
    void checkoutCannotSayThatItsManifestIsProductions() throws Exception {
        PublishResult published = publish(store(place), manifest("shop"), null);
        Files.createDirectories(destination.resolveSibling(""));
        Files.copy(manifest("crm"), destination);
        Files.writeString(
                destination.resolveSibling("provenance.json"),
                "{\"format\": 1, \"uri\": \"file:" + place + "\", \"etag\": \"\\\""
                        + published.publication().sha256() + "\\\"\", \"sha256\": \"" + Digests.sha256(destination)
                        + "\", \"size\": " + Files.size(destination) + ", \"dbt_version\": \"6.6.6\"}");

        FetchResult fetched = fetch(store(place));
        assertThat(fetched.outcome()).isEqualTo(FetchResult.Outcome.FETCHED);
        assertThat(destination).hasSameBinaryContentAs(manifest("shop"));
    }

    /** What proves that it need not travel is its digest, and all that is told of it is the store's. */
    @Test
    void manifestThatLiesThereAlreadyNeedsNoProvenance() throws Exception {
        publish(store(place), manifest("shop"), null);
        Files.createDirectories(destination.resolveSibling(""));
        Files.copy(manifest("shop"), destination);
        Files.writeString(destination.resolveSibling("provenance.json"), "{\"build\": \"a stranger's\"}");

        FetchResult fetched = fetch(store(place));
        assertThat(fetched.outcome()).isEqualTo(FetchResult.Outcome.UNCHANGED);
        assertThat(fetched.provenance().build()).isEqualTo("build 7");
        assertThat(destination.resolveSibling("provenance.json")).content().contains("build 7");
    }

    @Test
    void linkInTheCheckoutIsReplaced() throws Exception {
        publish(store(place), manifest("shop"), null);
        Path other = manifest("shop");
        Files.createDirectories(destination.resolveSibling(""));
        Files.createSymbolicLink(destination, other);

        assertThat(fetch(store(place)).outcome()).isEqualTo(FetchResult.Outcome.FETCHED);
        assertThat(destination).isRegularFile().satisfies(file -> assertThat(Files.isSymbolicLink(file))
                .isFalse());
    }

    @Test
    void packedManifestComesBackPlain() throws Exception {
        Path packed = place.resolveSibling("manifest.json.gz");
        publish(store(packed), manifest("shop"), null);
        assertThat(fetch(store(packed)).provenance().build()).isEqualTo("build 7");
        assertThat(destination).hasSameBinaryContentAs(manifest("shop"));
        assertThat(fetch(store(packed)).outcome()).isEqualTo(FetchResult.Outcome.UNCHANGED);
    }

    /** A few kB can unpack to more than a disk holds. */
    @Test
    void whatIsMoreThanAManifestMayHaveIsRefused() throws Exception {
        Path packed = place.resolveSibling("manifest.json.gz");
        publish(store(packed), manifest("shop"), null);
        publish(store(place), manifest("shop"), null);
        long limit = Files.size(manifest("shop")) - 1;
        for (Path stored : List.of(packed, place)) {
            ManifestLocation location = ManifestLocation.parse(stored.toString());
            assertThatThrownBy(() -> fetch(new FileManifestStore(location, Agent.local(log::add), limit)))
                    .isInstanceOf(StoreException.class)
                    .hasMessage("file:" + stored + " has more than " + limit
                            + " bytes, which is more than a manifest may have: check the location.");
        }
        assertThat(destination.getParent()).isEmptyDirectory();
    }

    @Test
    void damagedPackedManifestIsNamed() throws Exception {
        Path packed = place.resolveSibling("manifest.json.gz");
        publish(store(packed), manifest("shop"), null);
        byte[] bytes = Files.readAllBytes(packed);
        Files.write(packed, Arrays.copyOf(bytes, bytes.length - 12));
        assertThatThrownBy(() -> fetch(store(packed)))
                .isInstanceOf(StoreException.class)
                .hasMessage("Cannot copy file:" + packed + ": its gzip data is damaged or cut off.");
    }

    /** Both names are the same store, and stay so. */
    @Test
    void aLinkLeadsToTheManifestThatIsReplaced() throws Exception {
        Path real = folder.resolve("real/m.json");
        Files.createDirectories(real.getParent());
        Files.createDirectories(place.getParent());
        Files.createSymbolicLink(place, place.getParent().relativize(real));
        publish(store(place), manifest("shop"), null);
        assertThat(place).isSymbolicLink();
        assertThat(real).hasSameBinaryContentAs(manifest("shop"));
        Condition start = ManifestPublish.asOfNow(store(real));
        publish(store(place), manifest("shop"), start);
        assertThat(fetch(store(real)).provenance().build()).isEqualTo("build 7");
    }

    @Test
    void whatKilledWritersLeftGoesWithTheNextWrite() throws Exception {
        for (Path written : List.of(place, destination)) {
            Files.createDirectories(written.getParent());
            Files.createFile(written.resolveSibling("." + written.getFileName() + ".0011223344556677.part"));
        }
        publish(store(place), manifest("shop"), null);
        fetch(store(place));
        assertThat(place.getParent()).isDirectoryNotContaining("glob:**.part");
        assertThat(destination.getParent()).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void deletedOrReplacedMeanwhileIsAConflict() throws Exception {
        publish(store(place), manifest("shop"), null);
        Condition start = ManifestPublish.asOfNow(store(place));
        Files.delete(place);
        assertThatThrownBy(() -> publish(store(place), manifest("shop"), start))
                .hasMessageContaining("the manifest there was deleted since this deploy began");
        assertThatThrownBy(() -> publish(store(place), manifest("crm"), start)).hasMessageStartingWith("Conflict");
        assertThat(place).doesNotExist();
    }

    /** A deploy that was cut off runs again: what it published is its own, and what another published since is not. */
    @Test
    void whatIsTriedAgainIsPublishedOnce() throws Exception {
        Condition start = ManifestPublish.asOfNow(store(place));
        PublishResult first = publisher(start).once("deployment-1").run();
        PublishResult again = publisher(start).once("deployment-1").run();
        assertThat(again.etag()).isEqualTo(first.etag());
        assertThat(log).filteredOn(line -> line.startsWith("Kept a copy")).hasSize(1);
        assertThat(log).contains("Published to file:" + place + " before");
        assertThatThrownBy(() -> publisher(start).once("deployment-2").run())
                .isInstanceOf(ManifestConflict.class)
                .satisfies(e -> assertThat(((ManifestConflict) e).what())
                        .startsWith("build 7 published another manifest there at "));
    }

    @Test
    void aConflictIsSeenBeforeThereIsAnythingToPublish() throws Exception {
        Condition start = ManifestPublish.asOfNow(store(place));
        assertThat(publisher(start).check()).isEqualTo(start);
        publish(store(place), manifest("shop"), null);
        assertThatThrownBy(() -> publisher(start).check()).isInstanceOf(ManifestConflict.class);
        assertThat(publisher(null).check()).isEqualTo(ManifestPublish.asOfNow(store(place)));
        PublishOptions ofAChange = new PublishOptions("none", null, false, false, null, null, null, "42", false);
        assertThatThrownBy(() -> new ManifestPublish(store(place), ofAChange).check())
                .hasMessageContaining("this build is for the change request 42");
    }

    private ManifestPublish publisher(Condition expected) throws IOException {
        return new ManifestPublish(
                store(place),
                new PublishOptions(
                        manifest("shop").toString(), expected, false, true, "build 7", "7", null, null, false));
    }

    @Test
    void otherProjectIsNotReplaced() throws Exception {
        publish(store(place), manifest("shop"), null);
        assertThatThrownBy(() -> publish(store(place), manifest("crm"), null))
                .hasMessageContaining("holds the manifest of project shop");
    }

    @Test
    void missingOneIsNotFoundAndBadFolderIsNamed() throws Exception {
        assertThatThrownBy(() -> fetch(store(place)))
                .hasMessage("There is no manifest at file:" + place
                        + ": publish one from production first, or choose the full build for a missing manifest (ifMissing: 'fullBuild'; for the command"
                        + " --if-missing full-build).");
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> publish(store(file.resolve("manifest.json")), manifest("shop"), null))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("Cannot write file:" + file)
                .hasMessageEndingWith(": Not a directory.");
    }

    @Test
    void storeThatShowsAnotherManifestAfterwardsIsNamed() throws Exception {
        ManifestStore honest = store(place);
        publish(honest, manifest("shop"), null);
        ManifestStore careless = new CarelessStore(honest);

        assertThat(publish(careless, manifest("shop"), null).verified()).isFalse();
        assertThat(log)
                .contains("Warning: file:" + place
                        + " no longer holds what was just published, but what build 7 published: either another deploy"
                        + " followed at once, or this store ignores If-Match and If-None-Match; if so, let no two deploys"
                        + " run at a time.");
    }

    /**
     * Says done and has done nothing, as if another write had followed.
     *
     * @param honest what it asks for everything else
     */
    private record CarelessStore(ManifestStore honest) implements ManifestStore {
        @Override
        public ManifestLocation location() {
            return honest.location();
        }

        @Override
        public ManifestStore at(ManifestLocation other) throws StoreException {
            return honest.at(other);
        }

        @Override
        public Optional<StoredManifest> head() throws IOException, InterruptedException {
            return honest.head();
        }

        @Override
        public Optional<FetchedManifest> fetch(String destination) throws IOException, InterruptedException {
            return honest.fetch(destination);
        }

        @Override
        public Optional<ProjectIdentity> peek() throws IOException, InterruptedException {
            return honest.peek();
        }

        @Override
        public WriteResult put(String manifest, Publication publication, Condition condition) {
            return new WriteResult(WriteResult.Status.DONE, "\"x\"");
        }

        @Override
        public Agent agent() {
            return honest.agent();
        }
    }
}
