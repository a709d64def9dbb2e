package io.jenkins.plugins.dbtslim.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.store.FaultProxy;
import io.jenkins.plugins.dbtslim.store.FaultProxy.Fault;
import io.jenkins.plugins.dbtslim.store.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A store that refuses, breaks off or stands still, as a job sees it: what is said, how the build ends, no secret. */
class StoreFaultsIT {
    private static final String MANIFEST =
            "{\"metadata\":{\"dbt_schema_version\":\"https://schemas.getdbt.com/dbt/manifest/v12.json\",\"dbt_version\":\"1.10.0\","
                    + "\"project_name\":\"shop\"},\"nodes\":{}}";

    @RegisterExtension
    final Site site = new Site();

    @TempDir
    Path folder;

    private FaultProxy proxy;

    @BeforeEach
    void start() throws IOException {
        Site.endpoint();
        proxy = new FaultProxy(S3Server.shared().endpoint());
        site.s3Credentials();
    }

    @AfterEach
    void stop() {
        proxy.close();
    }

    private String options() {
        return ", credentialsId: '" + Site.name("s3") + "', region: 'us-east-1', endpoint: '" + proxy.endpoint()
                + "', pathStyle: true";
    }

    private String fetch(String uri, String more) {
        return "dbtFetchManifest(from: '" + uri + "'" + options() + more + ")\n";
    }

    private String publish(String uri) {
        return "writeFile file: 'target/manifest.json', text: '" + MANIFEST + "'\ndbtPublishManifest(to: '" + uri + "'"
                + options() + ", manifest: 'target/manifest.json', asItIs: true)\n";
    }

    private Job job(String name, String script) {
        return site.pipeline(name, "node {\n" + script + "}");
    }

    private static void assertNoSecret(Build build) {
        assertThat(build.console())
                .doesNotContain(S3Server.SECRET_KEY)
                .doesNotContain("X-Amz-")
                .doesNotContain("Signature=");
    }

    private Build failure(String name, String script, String... sentence) throws InterruptedException {
        Build build = job(name, script)
                .run()
                .assertResult("FAILURE")
                .assertConsole(sentence)
                .assertNoStackTrace();
        assertNoSecret(build);
        return build;
    }

    @Test
    void forbiddenIsNeverTakenForMissing() throws Exception {
        String uri = Site.uri("forbidden");
        proxy.answer("GET", 9, 403, "AccessDenied");
        failure(
                "forbidden",
                fetch(uri, ", ifMissing: 'fullBuild'"),
                "GET " + uri
                        + ": the store answered 403 AccessDenied: said by the test; signing again and trying once more",
                "ERROR: " + uri + ": the store answered 403 AccessDenied: said by the test. Either these keys lack"
                        + " s3:GetObject, or the object does not exist and they lack s3:ListBucket on the bucket");
    }

    @Test
    void redirectIsNotFollowed() throws Exception {
        proxy.answer(
                "GET", 9, 301, "PermanentRedirect", "x-amz-bucket-region: eu-west-3", "Location: http://127.0.0.1:1/");
        failure(
                "redirect",
                fetch(Site.uri("redirect"), ""),
                "Redirects are not followed, because a signature is good for one host only: set the region eu-west-3.");
    }

    @Test
    void brokenAttemptsAreRepeatedAndAnnounced() throws Exception {
        String uri = Site.uri("broken");
        proxy.answer("PUT", 1, 503, "SlowDown");
        proxy.spoil("PUT", Fault.LOST, 1);
        proxy.spoil("GET", Fault.CUT, 1);
        proxy.spoil("GET", Fault.DAMAGED, 1);
        Build build = job("broken", publish(uri) + fetch(uri, ""))
                .run()
                .assertResult("SUCCESS")
                .assertConsole(
                        "PUT " + uri
                                + ": the server answered 503 SlowDown: said by the test; attempt 2 of 5 follows in",
                        "PUT " + uri + ": the connection ended early; attempt 3 of 5 follows in",
                        "GET " + uri + ": the connection ended early; attempt 2 of 5 follows in",
                        "GET " + uri
                                + ": the checksum differs: what came is not what was published (SHA-256); attempt 3",
                        "Published " + uri,
                        "Fetched " + uri);
        assertNoSecret(build);
    }

    @Test
    void busyStoreIsLookedAtAgain() throws Exception {
        String uri = Site.uri("busy");
        proxy.answer("PUT", 1, 409, "ConditionalRequestConflict");
        job("busy", publish(uri))
                .run()
                .assertResult("SUCCESS")
                .assertConsole(uri + ": another write is under way; looking again");
    }

    @Test
    void abortDoesNotWaitForTheStore() throws Exception {
        proxy.spoil("GET", Fault.HANG_BEFORE, 9);
        Job job = job("abort", fetch(Site.uri("abort"), ""));
        Build build = job.start();
        Waiting.until(
                "the request is on its way",
                Duration.ofMinutes(1),
                () -> proxy.requests().stream().anyMatch(request -> request.startsWith("GET")),
                build::console);
        long stopped = System.nanoTime();
        build.stop().await().assertResult("ABORTED").assertNoStackTrace();
        // One silence alone would last 60 s.
        assertThat(Duration.ofNanos(System.nanoTime() - stopped)).isLessThan(Duration.ofSeconds(20));
        assertNoSecret(build);
    }

    @Test
    void timeLimitOfThePipelineHolds() throws Exception {
        String uri = Site.uri("limit");
        job("limit-given", publish(uri)).run().assertResult("SUCCESS");
        proxy.spoil("GET", Fault.HANG_WITHIN, 9);
        Build build = job("limit", "timeout(time: 5, unit: 'SECONDS') {\n" + fetch(uri, "") + "}\n")
                .run()
                .assertResult("ABORTED");
        assertNoSecret(build);
        job("limit-after", "echo \"left: ${fileExists('.dbt-state/manifest.json')}\"\n")
                .run()
                .assertConsole("left: false");
    }

    /** The store has a name that only the agent knows, so a single request of the controller would be one too many. */
    @Test
    void controllerSendsNothingToTheStore() throws Exception {
        Path hosts = Files.writeString(folder.resolve("hosts"), "127.0.0.1 localhost store-of-agents.example\n");
        // To the server of this suite, an unknown host name is the name of a bucket.
        S3Server.shared().createBucket("store-of-agents.example");
        String uri = Site.uri("far");
        String script = (publish(uri) + fetch(uri, "") + fetch(uri, ", noteOnly: true"))
                .replace("//localhost:", "//store-of-agents.example:");
        try (Agent agent = Agent.connect("far", "-Djdk.net.hosts.file=" + hosts)) {
            Build build = site.pipeline("far", "node('" + agent.label() + "') {\n" + script + "}")
                    .run()
                    .assertResult("SUCCESS")
                    .assertConsole("Published " + uri, "Fetched " + uri);
            assertNoSecret(build);
        }
        assertThat(proxy.requests())
                .extracting(request -> request.replaceFirst(" .*", ""))
                .contains("PUT", "GET", "HEAD");
        failure("far-controller", script, "at store-of-agents.example:", "the host name is not known here");
    }

    @Test
    void deployThatFetchesNothingIsToldOfAnother() throws Exception {
        String uri = Site.uri("note");
        job("note-given", publish(uri)).run().assertResult("SUCCESS");
        Build build = job(
                        "note",
                        "def n = " + fetch(uri, ", noteOnly: true") + "echo \"noted ${n.found} ${n.transferred}\"\n"
                                + "sleep 20\n" + publish(uri))
                .start()
                .awaitLine("noted true false");
        job("note-other", publish(uri).replace("1.10.0", "1.10.1")).run().assertResult("SUCCESS");
        build.await()
                .assertResult("FAILURE")
                .assertConsole("Conflict: production is built, but its manifest is not published to " + uri)
                .assertNoStackTrace();
    }
}
