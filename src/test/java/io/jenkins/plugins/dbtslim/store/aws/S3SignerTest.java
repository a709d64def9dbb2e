package io.jenkins.plugins.dbtslim.store.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.dbtslim.store.Condition;
import io.jenkins.plugins.dbtslim.store.ManifestLocation;
import io.jenkins.plugins.dbtslim.store.Publication;
import io.jenkins.plugins.dbtslim.store.aws.S3Settings.Encryption;
import io.jenkins.plugins.dbtslim.store.object.RequestSigner.Get;
import io.jenkins.plugins.dbtslim.store.object.RequestSigner.Head;
import io.jenkins.plugins.dbtslim.store.object.RequestSigner.Put;
import io.jenkins.plugins.dbtslim.store.transfer.SignedRequest;
import io.jenkins.plugins.dbtslim.store.transfer.StoreException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;

/** What is signed: the address of both styles, every header that matters, and no longer than the session. */
class S3SignerTest {
    private static final String ROLE = "arn:aws:iam::123456789012:role/deploy";
    private static final AwsKeys KEYS = AwsKeyRule.fixed("AKIDEXAMPLE", "secret", null, "test");

    private final Publication publication =
            new Publication("id", "0".repeat(64), "1.9.4", "shop", "materialize", "t", "Auftrag für 5 %", "c");

    private static SignedRequest sign(
            S3Settings settings, AwsKeys keys, io.jenkins.plugins.dbtslim.store.object.RequestSigner.Intent intent)
            throws StoreException {
        return new S3Signer(settings, keys, Duration.ofMinutes(10)).sign(intent);
    }

    private static S3Settings settings(String endpoint, boolean pathStyle, Encryption encryption)
            throws StoreException {
        return S3Settings.of("eu-west-3", endpoint, pathStyle, encryption, Map.of());
    }

    /** As AWS' own tools read it; an option counts more. */
    @Test
    void theEnvironmentNamesEndpointAndRegion() throws StoreException {
        Map<String, String> environment = Map.of(
                "AWS_ENDPOINT_URL",
                "https://other.example",
                "AWS_ENDPOINT_URL_S3",
                "https://minio.example:9000",
                "AWS_DEFAULT_REGION",
                "eu-west-3");
        S3Settings settings = S3Settings.of(null, null, true, Encryption.BUCKET_DEFAULT, environment);
        assertThat(settings.endpoint()).hasToString("https://minio.example:9000");
        assertThat(settings.region()).isEqualTo("eu-west-3");
        assertThat(S3Settings.of(null, "https://mine.example", true, Encryption.BUCKET_DEFAULT, environment)
                        .endpoint())
                .hasToString("https://mine.example");
        assertThat(S3Settings.endpointOf(Map.of("AWS_ENDPOINT_URL", " "))).isNull();
        assertThatThrownBy(() -> S3Settings.of(
                        null, null, false, Encryption.BUCKET_DEFAULT, Map.of("AWS_ENDPOINT_URL", "nowhere")))
                .hasMessageContaining("An endpoint is the URL");
    }

    @Test
    void addressFollowsRegionEndpointAndStyleForEveryVerb() throws StoreException {
        ManifestLocation location = ManifestLocation.parse("s3://bucket/a b/ü.json");
        S3Settings amazon = settings(null, false, Encryption.BUCKET_DEFAULT);
        S3Settings path = settings("https://minio.example:9000", true, Encryption.BUCKET_DEFAULT);
        S3Settings host = settings("https://minio.example:9000", false, Encryption.BUCKET_DEFAULT);
        for (var intent : new io.jenkins.plugins.dbtslim.store.object.RequestSigner.Intent[] {
            new Head(location), new Get(location, 0), new Put(location, new Condition.Absent(), publication, null)
        }) {
            assertThat(sign(amazon, KEYS, intent).url())
                    .startsWith("https://bucket.s3.eu-west-3.amazonaws.com/a%20b/%C3%BC.json?");
            assertThat(sign(path, KEYS, intent).url())
                    .startsWith("https://minio.example:9000/bucket/a%20b/%C3%BC.json?");
            assertThat(sign(host, KEYS, intent).url())
                    .startsWith("https://bucket.minio.example:9000/a%20b/%C3%BC.json?");
        }
    }

    @Test
    void conditionsMetadataAndEncryptionAreSignedAndNoChecksum() throws StoreException {
        ManifestLocation location = ManifestLocation.parse("s3://bucket/m.json.gz");
        S3Settings kms = settings(null, false, Encryption.of("aws:kms", "key-1"));
        SignedRequest put = sign(kms, KEYS, new Put(location, new Condition.Unchanged("\"etag\""), publication, null));
        assertThat(put.method()).isEqualTo("PUT");
        assertThat(put.headers())
                .containsOnlyKeys(
                        "content-encoding",
                        "content-type",
                        "if-match",
                        "x-amz-meta-dbt-slim-adapter",
                        "x-amz-meta-dbt-slim-build",
                        "x-amz-meta-dbt-slim-commit",
                        "x-amz-meta-dbt-slim-dbt-version",
                        "x-amz-meta-dbt-slim-generated-at",
                        "x-amz-meta-dbt-slim-project",
                        "x-amz-meta-dbt-slim-publication",
                        "x-amz-meta-dbt-slim-sha256",
                        "x-amz-server-side-encryption",
                        "x-amz-server-side-encryption-aws-kms-key-id")
                .containsEntry("if-match", "\"etag\"")
                .containsEntry("content-encoding", "gzip")
                .containsEntry("x-amz-meta-dbt-slim-build", "Auftrag%20f%C3%BCr%205%20%25")
                .containsEntry("x-amz-server-side-encryption-aws-kms-key-id", "key-1");
        assertThat(put.url()).contains("if-match").doesNotContain("checksum");
        assertThat(sign(kms, KEYS, new Put(location, new Condition.Absent(), publication, null))
                        .headers())
                .containsEntry("if-none-match", "*")
                .doesNotContainKey("if-match");
        assertThat(sign(kms, KEYS, new Get(location, 10)).headers())
                .containsOnlyKeys("range")
                .containsEntry("range", "bytes=0-9");
    }

    @Test
    void urlNeverOutlivesItsSession() throws StoreException {
        AwsSessionCredentials session = AwsSessionCredentials.builder()
                .accessKeyId("ASIAEXAMPLE")
                .secretAccessKey("secret")
                .sessionToken("token")
                .expirationTime(Instant.now().plusSeconds(100))
                .build();
        S3Settings settings = settings(null, false, Encryption.BUCKET_DEFAULT);
        Head head = new Head(ManifestLocation.parse("s3://bucket/m.json"));
        assertThat(sign(settings, AwsKeyRule.of(() -> session, "test"), head).url())
                .containsPattern("X-Amz-Expires=(100|9\\d)&")
                .contains("X-Amz-Security-Token=token");
        assertThat(sign(settings, KEYS, head).url()).contains("X-Amz-Expires=600&");
    }

    @Test
    void ruleTakesNamedKeysThenTheEnvironmentThenTheChainOnlyIfAllowed() throws StoreException {
        Map<String, String> environment =
                Map.of("AWS_ACCESS_KEY_ID", "id", "AWS_SECRET_ACCESS_KEY", "key", "AWS_SESSION_TOKEN", "token");
        assertThat(AwsKeyRule.choose(KEYS, environment, true)).isSameAs(KEYS);
        AwsKeys ofEnvironment = AwsKeyRule.choose(null, environment, true);
        assertThat(ofEnvironment.description()).isEqualTo("AWS_ACCESS_KEY_ID of the environment");
        assertThat(ofEnvironment.get())
                .isInstanceOfSatisfying(AwsSessionCredentials.class, session -> assertThat(session.sessionToken())
                        .isEqualTo("token"));
        assertThat(AwsKeyRule.choose(null, Map.of(), true).description())
                .isEqualTo("the default AWS credentials of this machine");
        assertThatThrownBy(() -> AwsKeyRule.choose(null, Map.of(), false)).isInstanceOf(StoreException.class);
    }

    @Test
    void credentialsWithoutKeysCostOneSentence() {
        assertThatThrownBy(() ->
                        AwsKeyRule.of(() -> null, "the credentials \"s3\"").get())
                .isInstanceOf(StoreException.class)
                .hasMessage("No AWS keys from the credentials \"s3\": they hold none.");
        assertThatThrownBy(() -> AwsKeyRule.of(() -> AwsBasicCredentials.create(" ", "key"), "the credentials \"s3\"")
                        .get())
                .isInstanceOf(StoreException.class)
                .hasMessage("No AWS keys from the credentials \"s3\": Access key ID cannot be blank.");
    }

    @Test
    void optionsAreChecked() throws StoreException {
        assertThat(S3Settings.of(" ", null, false, Encryption.BUCKET_DEFAULT, Map.of("AWS_DEFAULT_REGION", "x-1"))
                        .region())
                .isEqualTo("x-1");
        assertThat(S3Settings.of(null, "http://h:1", false, Encryption.BUCKET_DEFAULT, Map.of()))
                .isEqualTo(new S3Settings("us-east-1", URI.create("http://h:1"), false, Encryption.BUCKET_DEFAULT));
        for (String endpoint :
                new String[] {"ftp://h", "h:1", "http://u:secret@h", "http://h?a=b", "http://h#f", "::"}) {
            assertThatThrownBy(() -> settings(endpoint, false, Encryption.BUCKET_DEFAULT))
                    .isInstanceOf(StoreException.class)
                    .hasMessageNotContaining("secret");
        }
        assertThatThrownBy(() -> Encryption.of("rot13", null)).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> Encryption.of("", "key-1")).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> new AssumedRole(KEYS, "role", null, "session", keys -> null))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("Not the ARN of a role: role;");
        for (String name : new String[] {"x", "a b", "a/b", "für", "x".repeat(65)}) {
            assertThatThrownBy(() -> new AssumedRole(KEYS, ROLE, null, name, keys -> null))
                    .isInstanceOf(StoreException.class)
                    .hasMessageStartingWith("Not the name of a role's session: " + name + ";");
        }
    }

    @Test
    void roleIsAssumedUnderTheNameOfItsSession() throws StoreException {
        List<AssumeRoleRequest> asked = new ArrayList<>();
        for (String name :
                new String[] {"ci@shop", AssumedRole.sessionNameOf("jenkins-Läden/" + "x".repeat(70) + "-7")}) {
            AwsKeys keys = new AssumedRole(KEYS, ROLE, "external", name, source -> new StubSts(asked));
            assertThat(keys.get().accessKeyId()).isEqualTo("AKIDOFROLE");
        }
        assertThat(asked)
                .allMatch(request ->
                        request.roleArn().equals(ROLE) && request.externalId().equals("external"))
                .extracting(AssumeRoleRequest::roleSessionName)
                .containsExactly("ci@shop", "x".repeat(62) + "-7");
        assertThat(AssumedRole.sessionNameOf("jenkins-Läden/main-7")).isEqualTo("jenkins-L-den-main-7");
    }

    /** Gives a session and keeps what it was asked for. */
    private record StubSts(List<AssumeRoleRequest> asked) implements StsClient {
        @Override
        public AssumeRoleResponse assumeRole(AssumeRoleRequest request) {
            asked.add(request);
            return AssumeRoleResponse.builder()
                    .credentials(keys -> keys.accessKeyId("AKIDOFROLE")
                            .secretAccessKey("secret")
                            .sessionToken("token")
                            .expiration(Instant.now().plusSeconds(900)))
                    .build();
        }

        @Override
        public String serviceName() {
            return "sts";
        }

        @Override
        public void close() {}
    }
}
