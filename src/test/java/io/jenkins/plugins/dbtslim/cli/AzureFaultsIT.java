package io.jenkins.plugins.dbtslim.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.jenkins.plugins.dbtslim.store.Cloud;
import io.jenkins.plugins.dbtslim.store.FaultProxy.Fault;
import io.jenkins.plugins.dbtslim.store.azure.Azurite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Azure Blob Storage, as Microsoft's own emulator. */
class AzureFaultsIT extends CloudFaults {
    @TempDir
    private static Path disk;

    private static Azurite azure;

    @BeforeAll
    static void start() throws Exception {
        try {
            azure = new Azurite(disk);
        } catch (IOException e) {
            assertThat(System.getenv("CI")).as(e.getMessage()).isNotEqualTo("true");
            assumeThat(true).as(e.getMessage()).isFalse();
        }
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (azure != null) {
            azure.close();
        }
    }

    @Override
    Cloud cloud() {
        return azure;
    }

    @Override
    Map<String, String> sentences() {
        Map<String, String> sentences = new LinkedHashMap<>();
        sentences.put(
                "PUT 412 ConditionNotMet",
                "refuses a conditional write although nothing has changed there: if this store does not know If-Match,"
                        + " publish with onConflict: overwrite (--on-conflict overwrite).");
        sentences.put("PUT 412 LeaseIdMissing", "The blob is locked by a lease or a policy: have that lifted.");
        sentences.put(
                "PUT 409 BlobImmutableDueToPolicy", "The blob is locked by a lease or a policy: have that lifted.");
        sentences.put("PUT 403 AuthorizationPermissionMismatch", "it needs the permission Create and Write.");
        sentences.put("HEAD 403 AuthorizationPermissionMismatch", "it needs the permission Read.");
        sentences.put("GET 403 AuthorizationFailure", "its firewall, or the address in the shared access signature.");
        sentences.put("HEAD 404 ContainerNotFound", " does not exist in the storage account shopdata: check both.");
        sentences.put("PUT 307 Moved", "Check the account, the endpoint and the shared access signature.");
        return sentences;
    }

    /** The emulator refuses it, too, but by another code than Azure documents. */
    @Test
    void damagedUploadIsTriedAgain(@TempDir Path folder) throws Exception {
        brokenAttemptIsTriedAgain("PUT", "400 Md5Mismatch");
        try (StoreBench bench = new StoreBench(folder, azure)) {
            bench.proxy.spoil("PUT", Fault.DAMAGED, 9);
            assertThat(bench.publish(bench.manifest("shop", 9)).err().get(0)).contains("the store answered 400 ");
            bench.proxy.reset();
            assertThat(bench.fetch().err().get(0)).contains("There is no manifest at ");
        }
    }

    /** What somebody else signed is sent as it is, is not made anew, and is never told. */
    @Test
    void sharedAccessSignatureIsEnough(@TempDir Path folder) throws Exception {
        try (StoreBench bench = new StoreBench(folder, azure)) {
            bench.environment.keySet().removeIf(name -> name.startsWith("AZURE_"));
            String writer =
                    azure.sharedAccess(bench.bucket, "rcw", Instant.now().plus(Duration.ofHours(1)));
            bench.environment.put("AZURE_STORAGE_SAS_TOKEN", "https://shopdata.blob.core.windows.net/x?" + writer);
            Path manifest = bench.manifest("shop", 9);
            assertThat(bench.publish(manifest).err()).isEmpty();
            assertThat(bench.fetch().err()).isEmpty();
            assertThat(bench.fetched()).isEqualTo(StoreBench.json("shop", 9));

            String reader = azure.sharedAccess(bench.bucket, "r", Instant.now().plus(Duration.ofHours(1)));
            bench.environment.put("AZURE_STORAGE_SAS_TOKEN", reader);
            Files.writeString(manifest, StoreBench.json("shop", 99));
            assertThat(bench.publish(manifest).err().get(0)).endsWith("it needs the permission Create and Write.");
            assertThat(bench.fetch().err()).isEmpty();

            String ended = azure.sharedAccess(bench.bucket, "r", Instant.parse("2026-01-01T00:00:00Z"));
            bench.environment.put("AZURE_STORAGE_SAS_TOKEN", ended);
            assertThat(bench.fetch().err())
                    .containsExactly(
                            "fetch: The shared access signature of AZURE_STORAGE_SAS_TOKEN of the environment ended"
                                    + " at 2026-01-01T00:00:00Z: make a new one.");
            assertThat(bench.printed)
                    .doesNotContain("sig=", writer.replaceFirst(".*sig=", ""), reader.replaceFirst(".*sig=", ""))
                    .doesNotContain("signing again");
        }
    }
}
