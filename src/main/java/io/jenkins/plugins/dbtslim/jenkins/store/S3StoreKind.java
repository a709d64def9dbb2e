package io.jenkins.plugins.dbtslim.jenkins.store;

import hudson.Extension;
import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import io.jenkins.plugins.dbtslim.jenkins.config.DbtSlimConfiguration;
import io.jenkins.plugins.dbtslim.jenkins.credentials.AwsLogin;
import io.jenkins.plugins.dbtslim.store.ManifestLocation;
import io.jenkins.plugins.dbtslim.store.aws.AssumedRole;
import io.jenkins.plugins.dbtslim.store.aws.AwsKeys;
import io.jenkins.plugins.dbtslim.store.aws.S3Settings;
import io.jenkins.plugins.dbtslim.store.aws.S3Signer;
import io.jenkins.plugins.dbtslim.store.object.RequestSigner;
import io.jenkins.plugins.dbtslim.store.transfer.StoreException;
import java.io.IOException;
import java.util.Objects;
import java.util.stream.Stream;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;

/** Manifests in S3 buckets: signed here, moved by the agent. */
@Restricted(NoExternalUse.class)
@Extension
public class S3StoreKind extends ObjectStoreKind {
    @Override
    public String scheme() {
        return "s3";
    }

    @Override
    void checkEncryption(StoreStep options) {
        // It is asked for.
    }

    @Override
    String endpoint(ManifestLocation location, StoreStep options, StepSite site) {
        return first(
                options.getEndpoint(),
                S3Settings.endpointOf(site.env()),
                DbtSlimConfiguration.get().getS3Endpoint());
    }

    @Override
    RequestSigner signer(ManifestLocation location, String endpoint, StoreStep options, StepSite site)
            throws IOException {
        DbtSlimConfiguration defaults = DbtSlimConfiguration.get();
        S3Settings settings = S3Settings.of(
                first(options.getRegion(), S3Settings.regionOf(site.env()), defaults.getS3Region()),
                endpoint,
                options.isPathStyle() || (options.getEndpoint() == null && defaults.isS3PathStyle()),
                options.encryption(),
                site.env());
        return new S3Signer(settings, keys(options, site, settings), VALIDITY);
    }

    private static String first(String... texts) {
        return Stream.of(texts).filter(Objects::nonNull).findFirst().orElse(null);
    }

    private static AwsKeys keys(StoreStep options, StepSite site, S3Settings settings) throws IOException {
        AwsKeys keys = AwsLogin.find(options.getCredentialsId(), options.getMfaToken(), site.run(), site.env());
        return options.getRoleArn() == null ? keys : role(keys, options, site, settings);
    }

    private static AwsKeys role(AwsKeys keys, StoreStep options, StepSite site, S3Settings settings)
            throws StoreException {
        String name = options.getRoleSessionName();
        return new AssumedRole(
                keys,
                options.getRoleArn(),
                options.getExternalId(),
                name != null
                        ? name
                        : AssumedRole.sessionNameOf(
                                "jenkins-" + site.run().getParent().getFullName() + "-"
                                        + site.run().getNumber()),
                source -> StsClient.builder()
                        .region(Region.of(settings.region()))
                        .credentialsProvider(StaticCredentialsProvider.create(source))
                        .build());
    }
}
