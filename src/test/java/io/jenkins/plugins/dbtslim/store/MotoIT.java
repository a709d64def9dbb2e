package io.jenkins.plugins.dbtslim.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.dbt.DbtEnvironment;
import io.jenkins.plugins.dbtslim.dbt.DbtVenv;
import io.jenkins.plugins.dbtslim.store.aws.AssumedRole;
import io.jenkins.plugins.dbtslim.store.aws.AwsKeyRule;
import io.jenkins.plugins.dbtslim.store.aws.AwsKeys;
import io.jenkins.plugins.dbtslim.store.aws.S3Settings;
import io.jenkins.plugins.dbtslim.store.aws.S3Settings.Encryption;
import io.jenkins.plugins.dbtslim.store.aws.S3Signer;
import io.jenkins.plugins.dbtslim.store.object.ObjectManifestStore;
import io.jenkins.plugins.dbtslim.store.transfer.ProxySettings;
import io.jenkins.plugins.dbtslim.store.transfer.StoreException;
import io.jenkins.plugins.dbtslim.store.transfer.Transfer;
import io.jenkins.plugins.dbtslim.store.transfer.TransferLimits;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;

/** A second implementation of S3, with STS: moto, which is made after Amazon's answers. */
@Tag("long")
class MotoIT {
    private static final String ROLE = "arn:aws:iam::123456789012:role/deploy";

    @TempDir
    private Path folder;

    private final List<String> log = new ArrayList<>();
    private Process moto;
    private URI endpoint;

    @BeforeEach
    void start() throws Exception {
        Path requirements = Files.writeString(folder.resolve("requirements.txt"), "moto[server]==5.1.22\n");
        Path venv = DbtVenv.obtain(requirements, line -> {});
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        endpoint = URI.create("http://127.0.0.1:" + port);
        moto = new ProcessBuilder(
                        DbtEnvironment.venv(venv.toString()).python(),
                        "-m",
                        "moto.server",
                        "-H",
                        "127.0.0.1",
                        "-p",
                        "" + port)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (true) {
            try {
                assertThat(bucket()).isEqualTo(200);
                return;
            } catch (IOException e) {
                assertThat(moto.isAlive() && System.nanoTime() < deadline)
                        .as("moto answers")
                        .isTrue();
                Thread.sleep(200);
            }
        }
    }

    private int bucket() throws IOException, InterruptedException {
        HttpRequest put = HttpRequest.newBuilder(endpoint.resolve("/prod"))
                .header("Authorization", "AWS4-HMAC-SHA256 Credential=x/20260101/us-east-1/s3/aws4_request")
                .PUT(HttpRequest.BodyPublishers.noBody())
                .build();
        return HttpClient.newHttpClient().send(put, BodyHandlers.ofString()).statusCode();
    }

    @AfterEach
    void stop() throws InterruptedException {
        moto.destroy();
        moto.waitFor();
    }

    private AwsKeys keys() {
        return AwsKeyRule.fixed("AKIDEXAMPLE", "secret/of+the/test", null, "test");
    }

    private AwsKeys role() throws StoreException {
        return new AssumedRole(
                keys(), ROLE, "external", AssumedRole.sessionNameOf("dbt slim/test"), keys -> StsClient.builder()
                        .endpointOverride(endpoint)
                        .region(Region.of("eu-west-1"))
                        .credentialsProvider(StaticCredentialsProvider.create(keys))
                        .build());
    }

    private ManifestStore store(String key, AwsKeys keys, Encryption encryption) throws StoreException {
        S3Settings settings = S3Settings.of("eu-west-1", endpoint.toString(), true, encryption, Map.of());
        return new ObjectManifestStore(
                ManifestLocation.parse("s3://prod/" + key),
                new S3Signer(settings, keys, Duration.ofMinutes(5)),
                new Transfer(TransferLimits.DEFAULT, ProxySettings.NONE),
                Agent.local(log::add));
    }

    private Path manifest(String text) throws IOException {
        return Files.writeString(
                folder.resolve("manifest.json"),
                "{\"metadata\": {\"dbt_schema_version\": \"https://schemas.getdbt.com/dbt/manifest/v12.json\","
                        + " \"dbt_version\": \"1.9.4\", \"project_name\": \"shop\"}, \"docs\": {\"x\": \"" + text
                        + "\"}}");
    }

    private PublishResult publish(ManifestStore store, String text, Condition expected)
            throws IOException, InterruptedException {
        return new ManifestPublish(
                        store,
                        new PublishOptions(
                                manifest(text).toString(),
                                expected,
                                false,
                                true,
                                "https://ci/ä 7/",
                                "7",
                                "c0ffee",
                                null,
                                false))
                .run();
    }

    private FetchResult fetch(ManifestStore store) throws IOException, InterruptedException {
        return new ManifestFetch(
                        store,
                        new FetchOptions(
                                folder.resolve("state/manifest.json").toString(),
                                FetchOptions.IfMissing.fullBuild,
                                null,
                                false))
                .run();
    }

    @Test
    void keepsTheSamePromises() throws Exception {
        for (String key : List.of("a b/größe+1/manifest.json", "packed/manifest.json.gz")) {
            ManifestStore store = store(key, keys(), Encryption.BUCKET_DEFAULT);
            assertThat(fetch(store).outcome()).isEqualTo(FetchResult.Outcome.FULL_BUILD);
            Condition absent = ManifestPublish.asOfNow(store);
            assertThat(publish(store, "one", absent).verified()).isTrue();
            FetchResult first = fetch(store);
            assertThat(first.outcome()).isEqualTo(FetchResult.Outcome.FETCHED);
            assertThat(first.provenance().build()).isEqualTo("https://ci/ä 7/");
            assertThat(fetch(store).outcome()).isEqualTo(FetchResult.Outcome.UNCHANGED);
            assertThat(publish(store, "two", ManifestPublish.asOfNow(store)).verified())
                    .isTrue();
            assertThat(store.put(
                                    manifest("three").toString(),
                                    first.provenance() == null
                                            ? null
                                            : store.head().orElseThrow().publication(),
                                    new Condition.Unchanged(first.etag()))
                            .status())
                    .isEqualTo(WriteResult.Status.CHANGED);
        }
    }

    @Test
    void assumedRoleSignsWithItsSession() throws Exception {
        AwsKeys role = role();
        assertThat(role.get().expirationTime()).isPresent();
        ManifestStore store = store("role/manifest.json", role, Encryption.of("aws:kms", "alias/aws/s3"));
        assertThat(publish(store, "role", null).verified()).isTrue();
        assertThat(fetch(store).found()).isTrue();
        assertThat(role.description()).isEqualTo("role " + ROLE + " over test");
        assertThat(String.join("\n", log)).doesNotContain("secret/of+the/test");
    }
}
