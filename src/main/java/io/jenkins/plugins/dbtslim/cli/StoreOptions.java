package io.jenkins.plugins.dbtslim.cli;

import io.jenkins.plugins.dbtslim.store.Agent;
import io.jenkins.plugins.dbtslim.store.ManifestLocation;
import io.jenkins.plugins.dbtslim.store.ManifestStore;
import io.jenkins.plugins.dbtslim.store.aws.AssumedRole;
import io.jenkins.plugins.dbtslim.store.aws.AwsKeyRule;
import io.jenkins.plugins.dbtslim.store.aws.AwsKeys;
import io.jenkins.plugins.dbtslim.store.aws.S3Settings;
import io.jenkins.plugins.dbtslim.store.aws.S3Settings.Encryption;
import io.jenkins.plugins.dbtslim.store.aws.S3Signer;
import io.jenkins.plugins.dbtslim.store.azure.AzureSigner;
import io.jenkins.plugins.dbtslim.store.file.FileManifestStore;
import io.jenkins.plugins.dbtslim.store.google.GoogleSigner;
import io.jenkins.plugins.dbtslim.store.https.HttpsSigner;
import io.jenkins.plugins.dbtslim.store.object.ObjectManifestStore;
import io.jenkins.plugins.dbtslim.store.object.RequestSigner;
import io.jenkins.plugins.dbtslim.store.transfer.ProxySettings;
import io.jenkins.plugins.dbtslim.store.transfer.StoreException;
import io.jenkins.plugins.dbtslim.store.transfer.Transfer;
import io.jenkins.plugins.dbtslim.store.transfer.TransferLimits;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import picocli.CommandLine.Option;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;

/** The options of the commands that fetch and publish: where the store is and with which keys. */
final class StoreOptions {
    private static final double MAX_SECONDS = 24 * 3600;

    @Option(names = "--region", paramLabel = "NAME", description = "Region of the bucket; default: AWS_REGION.")
    String region;

    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            description = "URL of a store that is not the cloud's own; default for s3: AWS_ENDPOINT_URL_S3,"
                    + " AWS_ENDPOINT_URL.")
    String endpoint;

    @Option(
            names = "--token-header",
            paramLabel = "NAME[: WORD]",
            description =
                    "Header that DBT_SLIM_HTTPS_TOKEN goes to at an https address, such as PRIVATE-TOKEN; default:"
                            + " \"Authorization: Bearer\".")
    String tokenHeader;

    @Option(
            names = "--path-style",
            description = "The bucket (of az: the account) is part of the path, not of the host name.")
    boolean pathStyle;

    @Option(names = "--role-arn", paramLabel = "ARN", description = "Role to assume with the keys.")
    String roleArn;

    @Option(names = "--external-id", paramLabel = "ID", description = "External id that the role demands.")
    String externalId;

    @Option(
            names = "--role-session-name",
            paramLabel = "NAME",
            description = "Name of the role's session, which the role's owner sees; default: dbt-slim.")
    String roleSessionName = "dbt-slim";

    @Option(
            names = "--default-chain",
            description = "Without AWS_ACCESS_KEY_ID, use what the AWS tools use here: profiles, single sign-on, the"
                    + " machine's role.")
    boolean defaultChain;

    @Option(
            names = "--idle-timeout",
            paramLabel = "SECONDS",
            description = "Give up an attempt when no byte comes or goes for so long; default: 60.")
    double idleSeconds = TransferLimits.DEFAULT.idle().toSeconds();

    @Option(
            names = "--total-timeout",
            paramLabel = "SECONDS",
            description = "Give up when a transfer takes longer with all its attempts; default: 900.")
    double totalSeconds = TransferLimits.DEFAULT.total().toSeconds();

    @Option(names = "--attempts", paramLabel = "N", description = "Attempts of each transfer; default: 5.")
    int attempts = TransferLimits.DEFAULT.attempts();

    @Option(
            names = "--retry-pause",
            paramLabel = "SECONDS",
            description = "Pause before the second attempt at most; doubles each time; default: 0.5.")
    double pauseSeconds = TransferLimits.DEFAULT.firstPause().toMillis() / 1000.0;

    /** The store of that location. */
    ManifestStore open(String uri, Encryption encryption, Map<String, String> environment, Consumer<String> log)
            throws StoreException {
        Agent agent = Agent.local(log);
        ManifestLocation location = ManifestLocation.parse(uri, environment);
        if (location.scheme().equals("file")) {
            return new FileManifestStore(location, agent);
        }
        if (!location.scheme().equals("s3") && !encryption.equals(Encryption.BUCKET_DEFAULT)) {
            throw new StoreException(
                    "--sse is for s3:// locations: " + location + " is encrypted as its store does it.");
        }
        Duration validity = limits().total().plusMinutes(1);
        RequestSigner signer =
                switch (location.scheme()) {
                    case "s3" -> s3(encryption, environment, validity);
                    case "gs" -> GoogleSigner.of(null, environment, endpoint, validity);
                    case "az" -> AzureSigner.of(null, environment, endpoint, pathStyle, validity);
                    case "https" -> HttpsSigner.of(null, environment, tokenHeader);
                    default ->
                        throw new StoreException(
                                "The command knows s3://, gs://, az://, https:// and file: locations, not " + location
                                        + ".");
                };
        log.accept("Using " + signer.identity());
        String address =
                endpoint == null && location.scheme().equals("s3") ? S3Settings.endpointOf(environment) : endpoint;
        boolean https = address == null || !address.startsWith("http:");
        return new ObjectManifestStore(
                location,
                signer,
                new Transfer(limits(), ProxySettings.of(environment, https), location.isReadOnly()),
                agent);
    }

    private RequestSigner s3(Encryption encryption, Map<String, String> environment, Duration validity)
            throws StoreException {
        S3Settings settings = S3Settings.of(region, endpoint, pathStyle, encryption, environment);
        AwsKeys keys = AwsKeyRule.choose(null, environment, defaultChain);
        if (roleArn != null) {
            keys = new AssumedRole(keys, roleArn, externalId, roleSessionName, source -> StsClient.builder()
                    .region(Region.of(settings.region()))
                    .credentialsProvider(StaticCredentialsProvider.create(source))
                    .build());
        }
        return new S3Signer(settings, keys, validity);
    }

    private TransferLimits limits() throws StoreException {
        boolean sensible = idleSeconds > 0 && totalSeconds > 0 && pauseSeconds >= 0 && attempts > 0;
        if (!sensible || idleSeconds > MAX_SECONDS || totalSeconds > MAX_SECONDS || pauseSeconds > MAX_SECONDS) {
            throw new StoreException(
                    "Time limits are seconds above 0, at most a day, and there is one attempt at least.");
        }
        TransferLimits standard = TransferLimits.DEFAULT;
        return new TransferLimits(
                standard.connect(),
                duration(idleSeconds),
                duration(totalSeconds),
                attempts,
                duration(pauseSeconds),
                standard.maxBytes());
    }

    private static Duration duration(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }
}
