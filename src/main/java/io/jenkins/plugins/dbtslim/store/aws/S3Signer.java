package io.jenkins.plugins.dbtslim.store.aws;

import io.jenkins.plugins.dbtslim.store.Condition;
import io.jenkins.plugins.dbtslim.store.ManifestLocation;
import io.jenkins.plugins.dbtslim.store.object.RequestSigner;
import io.jenkins.plugins.dbtslim.store.object.StoreAnswers;
import io.jenkins.plugins.dbtslim.store.transfer.SignedRequest;
import io.jenkins.plugins.dbtslim.store.transfer.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.presigner.PresignedRequest;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * Signs S3 requests with the AWS SDK; it sends none. Every header that matters (conditions, metadata, encryption) is
 * part of the signature, so that whoever holds the URL cannot do anything else with it.
 */
public final class S3Signer implements RequestSigner {
    private static final Duration SHORTEST = Duration.ofSeconds(30);

    private final S3Settings settings;
    private final AwsKeys keys;
    private final Duration validity;

    /**
     * Signs for one store.
     *
     * @param validity of each URL, seconds to some minutes; at most 7 days by S3's rule
     */
    public S3Signer(S3Settings settings, AwsKeys keys, Duration validity) {
        this.settings = settings;
        this.keys = keys;
        this.validity = validity;
    }

    @Override
    public boolean renew() throws StoreException {
        keys.renew();
        return true;
    }

    @Override
    public String identity() {
        return keys.description();
    }

    @Override
    public StoreAnswers answers() {
        return new S3Answers();
    }

    @Override
    public SignedRequest sign(Intent intent) throws StoreException {
        AwsCredentials credentials = keys.get();
        try (S3Presigner presigner = presigner(credentials)) {
            Duration duration = withinSession(credentials);
            if (intent instanceof Head head) {
                return signed(head.location(), presigner.presignHeadObject(p -> p.signatureDuration(duration)
                        .headObjectRequest(head(head))));
            }
            if (intent instanceof Get get) {
                return signed(get.location(), presigner.presignGetObject(p -> p.signatureDuration(duration)
                        .getObjectRequest(get(get))));
            }
            Put put = (Put) intent;
            return signed(put.location(), presigner.presignPutObject(p -> p.signatureDuration(duration)
                    .putObjectRequest(put(put))));
        } catch (SdkException | IllegalArgumentException e) {
            throw new StoreException("Cannot sign a request for " + intent.location() + ": " + e.getMessage());
        }
    }

    private S3Presigner presigner(AwsCredentials credentials) {
        S3Presigner.Builder builder = S3Presigner.builder()
                .region(Region.of(settings.region()))
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .serviceConfiguration(S3Configuration.builder()
                        .pathStyleAccessEnabled(settings.pathStyle())
                        .build());
        if (settings.endpoint() != null) {
            builder.endpointOverride(settings.endpoint());
        }
        return builder.build();
    }

    private Duration withinSession(AwsCredentials credentials) {
        Instant end = credentials.expirationTime().orElse(null);
        if (end == null) {
            return validity;
        }
        Duration left = Duration.between(Instant.now(), end);
        Duration shorter = left.compareTo(validity) < 0 ? left : validity;
        return shorter.compareTo(SHORTEST) < 0 ? SHORTEST : shorter;
    }

    private static HeadObjectRequest head(Head head) {
        ManifestLocation location = head.location();
        return HeadObjectRequest.builder()
                .bucket(location.bucket())
                .key(location.key())
                .build();
    }

    private static GetObjectRequest get(Get get) {
        ManifestLocation location = get.location();
        return GetObjectRequest.builder()
                .bucket(location.bucket())
                .key(location.key())
                .range(get.firstBytes() == 0 ? null : "bytes=0-" + (get.firstBytes() - 1))
                .build();
    }

    private PutObjectRequest put(Put put) {
        ManifestLocation location = put.location();
        PutObjectRequest.Builder builder = PutObjectRequest.builder()
                .bucket(location.bucket())
                .key(location.key())
                .contentType("application/json")
                .contentEncoding(location.isGzip() ? "gzip" : null)
                .contentMD5(put.contentMd5())
                .metadata(put.publication().toMetadata())
                .serverSideEncryption(settings.encryption().algorithm())
                .ssekmsKeyId(settings.encryption().kmsKeyId());
        if (put.condition() instanceof Condition.Absent) {
            builder.ifNoneMatch("*");
        } else if (put.condition() instanceof Condition.Unchanged unchanged) {
            builder.ifMatch(unchanged.etag());
        }
        return builder.build();
    }

    private static SignedRequest signed(ManifestLocation location, PresignedRequest request) {
        Map<String, String> headers = new TreeMap<>();
        for (Map.Entry<String, List<String>> header : request.signedHeaders().entrySet()) {
            if (!header.getKey().toLowerCase(Locale.ROOT).equals("host")) {
                headers.put(header.getKey(), String.join(",", header.getValue()));
            }
        }
        return new SignedRequest(
                location.toString(),
                request.httpRequest().method().name(),
                request.url().toString(),
                headers);
    }
}
