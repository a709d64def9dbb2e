package io.jenkins.plugins.dbtslim.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.store.aws.AwsKeyRule;
import io.jenkins.plugins.dbtslim.store.aws.S3Settings;
import io.jenkins.plugins.dbtslim.store.aws.S3Settings.Encryption;
import io.jenkins.plugins.dbtslim.store.aws.S3Signer;
import io.jenkins.plugins.dbtslim.store.file.FileManifestStore;
import io.jenkins.plugins.dbtslim.store.object.ObjectManifestStore;
import io.jenkins.plugins.dbtslim.store.transfer.ProxySettings;
import io.jenkins.plugins.dbtslim.store.transfer.StoreException;
import io.jenkins.plugins.dbtslim.store.transfer.Transfer;
import io.jenkins.plugins.dbtslim.store.transfer.TransferLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hundred deploys that began from the same manifest publish at once: one wins, each other is told, none is lost. */
class RaceTest {
    private static final int DEPLOYS = 100;
    private static final int AT_A_TIME = 16;

    @TempDir
    private Path folder;

    @Test
    void oneWinsInABucketAndTheOthersAreTold() throws Exception {
        S3Server server = S3Server.shared();
        server.createBucket("race");
        // This server looks first and writes then; one write at a time makes both one act, as they are at Amazon's.
        FaultProxy atomic = new FaultProxy(server.endpoint());
        atomic.serializeWrites();
        S3Settings settings =
                S3Settings.of(null, atomic.endpoint().toString(), true, Encryption.BUCKET_DEFAULT, Map.of());
        S3Signer signer = new S3Signer(
                settings,
                AwsKeyRule.fixed(S3Server.ACCESS_KEY, S3Server.SECRET_KEY, null, "test"),
                Duration.ofMinutes(5));
        ManifestStore store = new ObjectManifestStore(
                ManifestLocation.parse("s3://race/manifest.json"),
                signer,
                new Transfer(TransferLimits.DEFAULT, ProxySettings.NONE),
                Agent.local(line -> {}));
        Path before = Files.writeString(folder.resolve("before.json"), json("before"));
        store.put(
                before.toString(),
                new Publication("0", "0".repeat(64), "1.9.4", "shop", null, null, "before", null),
                new Condition.Absent());
        round(store, "only");
        atomic.close();
    }

    @Test
    void oneWinsOnADiskAndTheOthersAreTold() throws Exception {
        ManifestStore store = new FileManifestStore(
                ManifestLocation.parse(
                        folder.resolve("shared disk/manifest.json").toString()),
                Agent.local(line -> {}));
        round(store, "first");
        round(store, "second");
    }

    /** All begin from what lies there now, be it nothing. */
    private void round(ManifestStore store, String round) throws IOException, InterruptedException, ExecutionException {
        Condition start = ManifestPublish.asOfNow(store);
        ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME);
        List<Future<String>> ends = new ArrayList<>();
        for (int i = 0; i < DEPLOYS; i++) {
            ends.add(threads.submit(deploy(store, start, round + "-" + i)));
        }
        List<String> winners = new ArrayList<>();
        for (Future<String> end : ends) {
            if (!end.get().startsWith("Conflict: ")) {
                winners.add(end.get());
            }
        }
        threads.shutdown();
        assertThat(winners).hasSize(1);
        assertThat(store.head().orElseThrow().publication().build()).isEqualTo(winners.get(0));
        assertThat(store.fetch(folder.resolve("state/manifest.json").toString()))
                .isPresent();
        assertThat(Files.readString(folder.resolve("state/manifest.json"))).isEqualTo(json(winners.get(0)));
    }

    /** Gives the name of the deploy if it won, else what it was told. */
    private Callable<String> deploy(ManifestStore store, Condition start, String name) throws IOException {
        Path manifest = Files.writeString(folder.resolve(name + ".json"), json(name));
        PublishOptions options =
                new PublishOptions(manifest.toString(), start, false, false, name, name, null, null, false);
        return () -> {
            try {
                return new ManifestPublish(store, options).run().publication().build();
            } catch (StoreException e) {
                return e.getMessage();
            }
        };
    }

    private static String json(String name) {
        return "{\"metadata\": {\"dbt_schema_version\": \"https://schemas.getdbt.com/dbt/manifest/v12.json\","
                + " \"dbt_version\": \"1.9.4\", \"project_name\": \"shop\"}, \"docs\": {\"x\": \"" + name + "\"}}";
    }
}
