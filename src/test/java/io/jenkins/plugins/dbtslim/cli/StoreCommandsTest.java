package io.jenkins.plugins.dbtslim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.cli.StoreBench.Result;
import io.jenkins.plugins.dbtslim.io.FileTree;
import io.jenkins.plugins.dbtslim.store.FaultProxy.Fault;
import io.jenkins.plugins.dbtslim.store.ManifestPublish;
import io.jenkins.plugins.dbtslim.store.ManifestStore;
import io.jenkins.plugins.dbtslim.store.PublishOptions;
import io.jenkins.plugins.dbtslim.store.transfer.Digests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fetch and publish, as a user runs them, on a store that works. */
class StoreCommandsTest {
    @TempDir
    private Path folder;

    private StoreBench bench;

    @BeforeEach
    void open() throws IOException {
        bench = new StoreBench(folder);
    }

    @AfterEach
    void close() throws IOException {
        bench.close();
    }

    @Test
    void publishedManifestComesBackWithItsProvenance() throws IOException {
        Path manifest = bench.manifest("shop", 300_000);
        Result published = bench.publish(manifest, "--build", "https://ci.example/job/shop/42/", "--commit", "c0ffee");
        Result fetched = bench.fetch();

        assertThat(published.err()).isEmpty();
        assertThat(fetched.err()).isEmpty();
        assertThat(published.status()).isZero();
        assertThat(fetched.status()).isZero();
        assertThat(bench.state.resolve("manifest.json")).hasSameBinaryContentAs(manifest);
        assertThat(Files.readString(bench.state.resolve("provenance.json")))
                .contains("\"build\" : \"https://ci.example/job/shop/42/\"", "\"commit\" : \"c0ffee\"", bench.uri);
        assertThat(fetched.out())
                .containsExactly(
                        "Using AWS_ACCESS_KEY_ID of the environment",
                        "Fetched " + bench.uri
                                + " (0.3 MB, dbt 1.9.4, generated 2026-11-20T10:00:00.000000Z, published by"
                                + " https://ci.example/job/shop/42/)");
        assertThat(bench.proxy.requests())
                .containsExactly(
                        "HEAD /" + bench.bucket + "/shop/manifest.json",
                        "PUT /" + bench.bucket + "/shop/manifest.json",
                        "HEAD /" + bench.bucket + "/shop/manifest.json",
                        "GET /" + bench.bucket + "/shop/manifest.json");
    }

    @Test
    void unchangedManifestDoesNotTravelAgain() throws IOException {
        bench.given(bench.manifest("shop", 1000));
        bench.fetch();

        assertThat(bench.fetch().out())
                .contains("Not fetched again, because it has not changed: " + bench.uri
                        + " (0.0 MB, dbt 1.9.4, generated 2026-11-20T10:00:00.000000Z)");

        Files.writeString(bench.state.resolve("manifest.json"), "{}");
        assertThat(bench.fetch().out().get(1)).startsWith("Fetched ");
        assertThat(bench.fetched()).isEqualTo(StoreBench.json("shop", 1000));
    }

    /** A checkout may bring a manifest along, and beside it a provenance that says that it is production's. */
    @Test
    void checkoutCannotSayThatItsManifestIsProductions() throws IOException {
        bench.given(bench.manifest("shop", 1000));
        bench.fetch();
        Path there = bench.state.resolve("manifest.json");
        Path provenance = bench.state.resolve("provenance.json");
        String production = Digests.sha256(there);
        Files.writeString(there, StoreBench.json("shop", 1002));
        Files.writeString(
                provenance,
                Files.readString(provenance)
                        .replace(production, Digests.sha256(there))
                        .replaceFirst("\"size\" : \\d+", "\"size\" : " + Files.size(there)));

        assertThat(bench.fetch().out().get(1)).startsWith("Fetched ");
        assertThat(bench.fetched()).isEqualTo(StoreBench.json("shop", 1000));
    }

    /** Links come with a checkout: production's manifest is not written over another project's. */
    @Test
    void noLinkOfTheCheckoutLeadsAManifestElsewhere() throws IOException {
        bench.given(bench.manifest("shop", 9));
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Path link = Files.createDirectories(Path.of("target")).resolve("link-" + folder.getFileName());
        Files.createSymbolicLink(link, elsewhere);
        try {
            Result fetched = bench.fetch("--to", link.toString());
            assertThat(fetched.status()).isEqualTo(2);
            assertThat(String.join(" ", fetched.err()))
                    .contains("--to leads out of the workspace by a link: " + link.toAbsolutePath());
            assertThat(elsewhere).isEmptyDirectory();
        } finally {
            Files.delete(link);
        }
    }

    /** What the deploy began with is what the fetch noted for itself; a checkout could claim any ETag. */
    @Test
    void checkoutCannotSayWhatTheDeployBeganWith() throws IOException {
        Path manifest = bench.manifest("shop", 9);
        String state = bench.state.toString();
        bench.given(manifest);
        bench.fetch();
        String old = Files.readString(bench.state.resolve("provenance.json"));
        Files.writeString(manifest, StoreBench.json("shop", 100));
        bench.given(manifest);
        bench.fetch();
        String current = Files.readString(bench.state.resolve("provenance.json"));

        Files.writeString(bench.state.resolve("provenance.json"), old);
        assertThat(bench.publish(manifest, "--state", state).err()).isEmpty();

        FileTree.delete(bench.cache);
        Files.writeString(bench.state.resolve("provenance.json"), current);
        assertThat(bench.publish(manifest, "--state", state).err().get(0))
                .contains("was not fetched from " + bench.uri + " by this user on this machine");
    }

    /** Where a checkout could bring the record along, there is none. */
    @Test
    void recordLiesOutsideOfTheCheckout() throws IOException {
        Files.createDirectories(folder.resolve(".git"));
        bench.environment.put("XDG_CACHE_HOME", folder.resolve(".cache").toString());
        bench.given(bench.manifest("shop", 9));
        bench.fetch();
        assertThat(folder.resolve(".cache")).doesNotExist();
    }

    /** By a signed request each, only where it is wanted; what a bucket does not let one write is told and no failure. */
    @Test
    void whatTravelsWithAManifestIsAnObjectOfItsOwn() throws Exception {
        Path made = Files.createDirectories(folder.resolve("made")).resolve("manifest.json");
        Files.writeString(made, StoreBench.json("shop", 1000));
        Files.writeString(made.resolveSibling("timings.json"), "{\"model.shop.a\": 2.5}");
        Files.writeString(made.resolveSibling("run_results.json"), "{\"results\": []}");
        ManifestStore store = bench.store();
        PublishOptions options = new PublishOptions(made.toString(), null, false, false, null, null, null, null, false);
        new ManifestPublish(store, options).withCompanions().run();
        assertThat(bench.proxy.requests())
                .contains(
                        "PUT /" + bench.bucket + "/shop/manifest.timings.json.gz",
                        "PUT /" + bench.bucket + "/shop/manifest.run_results.json.gz")
                .noneMatch(request -> request.contains("sources"));
        bench.proxy.reset();

        assertThat(bench.fetch("--also", "timings,sources").err()).isEmpty();
        assertThat(bench.state.resolve("timings.json")).content().isEqualTo("{\"model.shop.a\": 2.5}");
        assertThat(bench.state.resolve("sources.json")).doesNotExist();
        assertThat(bench.proxy.requests()).noneMatch(request -> request.contains("run_results"));
    }

    @Test
    void packedManifestComesBackPlain() throws IOException {
        Path manifest = bench.manifest("shop", 500_000);
        Result published = bench.publish(manifest, "--to", bench.uri + ".gz");
        Result fetched = bench.fetch("--from", bench.uri + ".gz");

        assertThat(published.err()).isEmpty();
        assertThat(fetched.err()).isEmpty();
        assertThat(bench.state.resolve("manifest.json")).hasSameBinaryContentAs(manifest);
        assertThat(bench.filesIn(bench.state)).containsOnlyKeys("manifest.json", "provenance.json");
        assertThat(bench.fetch("--from", bench.uri + ".gz").out().get(1)).startsWith("Not fetched again");
    }

    @Test
    void bucketMayBePartOfTheHostName() throws IOException {
        bench.environment.put("HTTP_PROXY", bench.proxy.endpoint().toString());
        List<String> store = List.of("--endpoint", "http://localhost:9");
        List<String> publish = new ArrayList<>(
                List.of("--as-it-is", "--manifest", bench.manifest("shop", 9).toString()));
        publish.addAll(List.of("--to", bench.uri));
        publish.addAll(store);
        List<String> fetch = new ArrayList<>(List.of("--from", bench.uri, "--to", bench.state.toString()));
        fetch.addAll(store);

        assertThat(bench.run(new PublishCommand(bench.environment), publish).err())
                .isEmpty();
        assertThat(bench.run(new FetchCommand(bench.environment), fetch).err()).isEmpty();
        assertThat(bench.proxy.requests())
                .last()
                .isEqualTo("GET http://" + bench.bucket + ".localhost:9/shop/manifest.json");
        assertThat(bench.fetched()).isEqualTo(StoreBench.json("shop", 9));
    }

    @Test
    void historyIsWrittenBeforeThePointer() throws IOException {
        bench.environment.put("BUILD_NUMBER", "42");
        Result result = bench.publish(bench.manifest("shop", 1000), "--history");

        assertThat(result.out().get(1))
                .matches(
                        "Kept a copy at s3://" + bench.bucket + "/shop/history/manifest-\\d{8}T\\d{6}Z-42\\.json\\.gz");
        List<String> requests = bench.proxy.requests();
        assertThat(requests).hasSize(4);
        assertThat(requests.get(1)).matches("PUT /.*/shop/history/.*\\.json\\.gz");
        assertThat(requests.get(2)).matches("PUT /.*/shop/manifest\\.json");
    }

    @Test
    void changeRequestDoesNotPublishUnlessAllowed() throws IOException {
        Path manifest = bench.manifest("shop", 9);
        bench.environment.put("CHANGE_ID", "17");

        Result refused = bench.publish(manifest);
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err())
                .containsExactly("publish: Not published to " + bench.uri
                        + ": this build is for the change request 17, whose manifest would make production skip changes;"
                        + " only production publishes (allowFromChangeRequest overrules that).");
        assertThat(bench.proxy.requests()).isEmpty();

        assertThat(bench.publish(manifest, "--allow-from-change-request").err()).isEmpty();
    }

    @Test
    void otherProjectIsNotReplaced() throws IOException, InterruptedException {
        Path manifest = bench.manifest("shop", 9);
        bench.given(bench.manifest("crm", 9));
        String sentence = "publish: Not published: " + bench.uri
                + " holds the manifest of project crm on materialize, and this one is of project shop on materialize;"
                + " choose another location.";

        assertThat(bench.publish(manifest).err()).containsExactly(sentence);
        bench.upload(StoreBench.json("crm", 200_000));
        assertThat(bench.publish(manifest, "--on-conflict", "overwrite").err()).containsExactly(sentence);
        bench.upload(StoreBench.json("shop", 200_000));
        assertThat(bench.publish(manifest).err()).isEmpty();
    }

    @Test
    void publishedMeanwhileIsAConflict() throws IOException {
        Path manifest = bench.manifest("shop", 9);
        bench.given(manifest);
        bench.fetch();
        Files.writeString(manifest, StoreBench.json("shop", 100));
        bench.given(manifest, "--build", "https://ci.example/job/shop/8/");

        String state = bench.state.toString();
        Result conflict = bench.publish(manifest, "--state", state);
        assertThat(conflict.status()).isEqualTo(2);
        assertThat(conflict.err().get(0))
                .matches("publish: Conflict: production is built, but its manifest is not published to " + bench.uri
                        + ": https://ci.example/job/shop/8/ published another manifest there at \\S+Z since this deploy"
                        + " began\\. Deploy again from there, or publish this one with onConflict: overwrite"
                        + " \\(--on-conflict overwrite\\)\\.");
        assertThat(bench.proxy.requests()).noneMatch(request -> request.startsWith("PUT"));

        Result overwritten = bench.publish(manifest, "--state", state, "--on-conflict", "overwrite");
        assertThat(overwritten.err()).isEmpty();
        assertThat(overwritten.out())
                .contains("Replacing what https://ci.example/job/shop/8/ published to " + bench.uri + " meanwhile");
    }

    /** Before anything is built, whether the build is to publish or not. */
    @Test
    void whoDeployedSinceTheFetchIsToldByABuildThatReplacesInPlace() throws IOException {
        Path manifest = bench.manifest("shop", 9);
        bench.given(manifest);
        bench.fetch();
        assertThat(build().err().get(0)).contains("There is no Python at");
        Files.writeString(manifest, StoreBench.json("shop", 100));
        bench.given(manifest, "--build", "https://ci.example/job/shop/8/");
        assertThat(build().err().get(0))
                .startsWith("build: Nothing was built: another manifest was published since production's manifest was"
                        + " fetched from " + bench.uri + ". Fetch it and build again");
        assertThat(build("--publish", bench.uri).err().get(0))
                .startsWith(
                        "build: Nothing was built: https://ci.example/job/shop/8/ published another manifest there");
        bench.proxy.spoil("HEAD", Fault.LOST, 99);
        Result unknown = build();
        assertThat(unknown.out()).anyMatch(line -> line.contains("since the state was fetched is not known: "));
        assertThat(unknown.err().get(0)).contains("There is no Python at");
    }

    private Result build(String... more) {
        List<String> words =
                new ArrayList<>(List.of("--endpoint", bench.proxy.endpoint().toString(), "--path-style"));
        words.addAll(List.of("--attempts", "2", "--retry-pause", "0.02", "--state", bench.state.toString()));
        words.addAll(List.of("--venv", bench.state + "/venv", "--replace"));
        words.addAll(List.of(more));
        return bench.run(new BuildCommand(bench.environment), words);
    }

    @Test
    void missingManifestIsWhatTheUserSaysItIs() throws IOException {
        Path old = Files.createDirectories(bench.state).resolve("manifest.json");
        Files.writeString(old, "{}");

        assertThat(bench.fetch().status()).isEqualTo(2);
        assertThat(old).exists();
        Result full = bench.fetch("--if-missing", "full-build");
        assertThat(full.status()).isZero();
        assertThat(full.out())
                .contains(
                        "The manifest of an earlier fetch is now " + old + ".old.",
                        "There is no manifest at " + bench.uri + ": everything will be built.");
        assertThat(bench.filesIn(bench.state)).containsOnlyKeys("manifest.json.old", "provenance.json");
        assertThat(bench.fetch("--if-missing", "skip").out())
                .contains("There is no manifest at " + bench.uri + "; going on without.");
    }

    @Test
    void firstDeployOfTwoIsTheOnlyFirst() throws IOException {
        Path manifest = bench.manifest("shop", 9);
        String state = bench.state.toString();
        bench.fetch("--if-missing", "full-build");
        bench.given(manifest);

        assertThat(bench.publish(manifest, "--state", state).err().get(0))
                .contains("Conflict: production is built, but its manifest is not published to " + bench.uri);
    }

    @Test
    void deployThatFetchesNothingNotesWhatLiesThere() throws IOException {
        Path manifest = bench.manifest("shop", 9);
        String state = bench.state.toString();
        bench.given(manifest);

        Result noted = bench.fetch("--note-only");
        assertThat(noted.out()).last().asString().startsWith("Noted what lies at " + bench.uri);
        assertThat(bench.proxy.requests()).containsExactly("HEAD /" + bench.bucket + "/shop/manifest.json");
        assertThat(bench.filesIn(bench.state)).containsOnlyKeys("provenance.json");
        assertThat(bench.publish(manifest, "--state", state).err()).isEmpty();

        bench.fetch("--note-only");
        Files.writeString(manifest, StoreBench.json("shop", 77));
        bench.given(manifest);
        assertThat(bench.publish(manifest, "--state", state).err().get(0)).contains("Conflict: ");
    }

    @Test
    void forbiddenIsNeverMissing() {
        bench.proxy.answer("GET", 2, 403, "AccessDenied");
        Result result = bench.fetch("--if-missing", "full-build");
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err().get(0)).contains("s3:ListBucket");
    }

    @Test
    void oldManifestIsAWarningOrAnError() throws IOException {
        bench.given(bench.manifest("shop", 9));

        assertThat(bench.fetch("--max-age", "1h").out().get(2))
                .matches("Warning: " + bench.uri
                        + " is \\d+ (hours|days) old, more than the 60 minutes allowed: does production still publish its"
                        + " manifest\\?");
        assertThat(bench.fetch("--max-age", "1h", "--fail-if-old").status()).isEqualTo(2);
        assertThat(bench.fetch("--max-age", "1 h", "--fail-if-old").status()).isEqualTo(2);
        assertThat(bench.fetch("--max-age", "99999d").out()).hasSize(2);
        assertThat(bench.fetch("--max-age", "soon").err())
                .containsExactly(
                        "fetch: --max-age is a number with m, h or d, such as 90m, 36h or 7d, and not \"soon\".");
    }

    @Test
    void keysAndRegionAreAskedFor() {
        List<String> amazon = List.of("--from", "s3://bucket/manifest.json", "--to", bench.state.toString());
        assertThat(bench.run(new FetchCommand(Map.of()), amazon).err())
                .containsExactly("fetch: The region of the bucket is not known: name it, or set AWS_REGION.");
        assertThat(bench.run(new FetchCommand(Map.of("AWS_REGION", "eu-west-1")), amazon)
                        .err())
                .containsExactly("fetch: There are no AWS keys: name credentials, or set AWS_ACCESS_KEY_ID and"
                        + " AWS_SECRET_ACCESS_KEY (and AWS_SESSION_TOKEN for a session).");
        Map<String, String> half = Map.of("AWS_REGION", "eu-west-1", "AWS_ACCESS_KEY_ID", "x");
        assertThat(bench.run(new FetchCommand(half), amazon).err())
                .containsExactly("fetch: Only one of AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY is set: set both.");
    }

    @Test
    void wrongKeysAreNamedButNeverShown() {
        bench.environment.put("AWS_SECRET_ACCESS_KEY", "another+secret/of+forty+characters+0123456");
        Result result = bench.fetch();
        assertThat(result.err())
                .containsExactly(
                        "fetch: " + bench.uri + ": the store answered 403 SignatureDoesNotMatch: Forbidden. The"
                                + " access key id or the secret access key is wrong for this store: correct the credentials.");
        assertThat(bench.printed).doesNotContain("another+secret").doesNotContain("X-Amz");
    }

    @Test
    void missingBucketIsNotAMissingManifest() {
        Result result = bench.fetch("--from", "s3://no-such-bucket/manifest.json", "--if-missing", "full-build");
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err())
                .containsExactly("fetch: s3://no-such-bucket/manifest.json: the store answered 404 NoSuchBucket: The"
                        + " specified bucket does not exist. The bucket no-such-bucket does not exist there: check its"
                        + " name, the endpoint and the region.");
    }

    @Test
    void unreachableStoreIsNamed() {
        Result result = bench.fetch("--endpoint", "http://localhost:1");
        assertThat(result.err())
                .containsExactly(
                        "fetch: GET " + bench.uri + " at localhost:1: connection refused; gave up after 2 attempts.");
        assertThat(bench.fetch("--endpoint", "http://no.such.host.invalid:1").err())
                .containsExactly("fetch: GET " + bench.uri + " at no.such.host.invalid:1: the host name is not known"
                        + " here; gave up after 2 attempts.");
    }
}
