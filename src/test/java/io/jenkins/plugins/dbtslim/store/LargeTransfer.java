package io.jenkins.plugins.dbtslim.store;

import io.jenkins.plugins.dbtslim.store.aws.AwsKeyRule;
import io.jenkins.plugins.dbtslim.store.aws.S3Settings;
import io.jenkins.plugins.dbtslim.store.aws.S3Settings.Encryption;
import io.jenkins.plugins.dbtslim.store.aws.S3Signer;
import io.jenkins.plugins.dbtslim.store.object.ObjectManifestStore;
import io.jenkins.plugins.dbtslim.store.transfer.ProxySettings;
import io.jenkins.plugins.dbtslim.store.transfer.Transfer;
import io.jenkins.plugins.dbtslim.store.transfer.TransferLimits;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * Publishes a large manifest, fetches it again and compares, in a JVM of its own with a small heap. Arguments: the
 * endpoint, the manifest, the location, an empty folder.
 */
final class LargeTransfer {
    private LargeTransfer() {}

    public static void main(String[] args) throws Exception {
        Path manifest = Path.of(args[1]);
        Path destination = Path.of(args[3]).resolve("manifest.json");
        ManifestStore store = new ObjectManifestStore(
                ManifestLocation.parse(args[2]),
                new S3Signer(
                        S3Settings.of(null, URI.create(args[0]).toString(), true, Encryption.BUCKET_DEFAULT, Map.of()),
                        AwsKeyRule.fixed(S3Server.ACCESS_KEY, S3Server.SECRET_KEY, null, "test"),
                        Duration.ofMinutes(10)),
                new Transfer(TransferLimits.DEFAULT, ProxySettings.NONE),
                Agent.local(System.out::println));
        new ManifestPublish(
                        store,
                        new PublishOptions(manifest.toString(), null, false, false, null, null, null, null, false))
                .run();
        new ManifestFetch(store, new FetchOptions(destination.toString(), FetchOptions.IfMissing.fail, null, false))
                .run();
        if (Files.mismatch(manifest, destination) != -1) {
            throw new IllegalStateException("what came is not what was sent");
        }
        Files.delete(destination);
    }
}
