package io.jenkins.plugins.dbtslim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.cli.StoreBench.Result;
import io.jenkins.plugins.dbtslim.store.Cloud;
import io.jenkins.plugins.dbtslim.store.FaultProxy.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The faults of {@link FaultMatrixTest} at the store of another cloud: how transfers break and are tried again is the same
 * code; what the store's own answers mean is not.
 */
abstract class CloudFaults {
    private static final int ALWAYS = 100;
    private static final int DEPLOYS = 8;

    @TempDir
    private Path folder;

    abstract Cloud cloud() throws IOException, InterruptedException;

    /** What the store's answers mean; by method, status and code. */
    abstract Map<String, String> sentences();

    private StoreBench bench() throws IOException, InterruptedException {
        return new StoreBench(folder, cloud());
    }

    @Test
    void publishedManifestComesBack() throws Exception {
        try (StoreBench bench = bench()) {
            for (String uri : List.of(bench.uri, bench.uri.replace("shop/", "ä b/größe+1/") + ".gz")) {
                Path manifest = bench.manifest("shop", 300_000);
                assertThat(bench.fetch("--from", uri, "--if-missing", "skip").out())
                        .last()
                        .isEqualTo("There is no manifest at " + uri + "; going on without.");
                assertThat(bench.publish(manifest, "--to", uri, "--history", "--build", "https://ci/ä 7/")
                                .err())
                        .isEmpty();
                assertThat(bench.fetch("--from", uri).err()).isEmpty();
                assertThat(bench.state.resolve("manifest.json")).hasSameBinaryContentAs(manifest);
                assertThat(Files.readString(bench.state.resolve("provenance.json")))
                        .contains("\"build\" : \"https://ci/ä 7/\"");
                assertThat(bench.fetch("--from", uri).out().get(1)).startsWith("Not fetched again");
            }
            assertThat(bench.printed).doesNotContain(cloud().secrets());
        }
    }

    @Test
    void publishedMeanwhileIsAConflict() throws Exception {
        try (StoreBench bench = bench()) {
            Path manifest = bench.manifest("shop", 9);
            String state = bench.state.toString();
            bench.fetch("--if-missing", "full-build");
            bench.given(manifest);
            assertThat(bench.publish(manifest, "--state", state).err().get(0)).contains("Conflict: ");
            bench.fetch();
            Files.writeString(manifest, StoreBench.json("shop", 100));
            bench.given(manifest, "--build", "job 8");
            assertThat(bench.publish(manifest, "--state", state).err().get(0))
                    .contains("Conflict: ", "job 8 published another manifest there");
        }
    }

    /** All began when there was none. */
    @Test
    void oneOfManyWins() throws Exception {
        try (StoreBench bench = bench()) {
            Path manifest = bench.manifest("shop", 9);
            bench.fetch("--if-missing", "full-build");
            List<Callable<Result>> deploys = new ArrayList<>();
            for (int i = 0; i < DEPLOYS; i++) {
                String name = "job " + i;
                deploys.add(() -> bench.publish(manifest, "--state", bench.state.toString(), "--build", name));
            }
            ExecutorService threads = Executors.newFixedThreadPool(DEPLOYS);
            List<String> losers = new ArrayList<>();
            for (Future<Result> deploy : threads.invokeAll(deploys)) {
                losers.addAll(deploy.get().err());
            }
            threads.shutdown();
            assertThat(losers).hasSize(DEPLOYS - 1).allMatch(line -> line.contains("Conflict: "));
        }
    }

    /** The look before the write is fooled, so that the store itself must refuse. */
    @Test
    void storeRefusesWhatTheLookDidNotSee() throws Exception {
        try (StoreBench bench = bench()) {
            Path manifest = bench.manifest("shop", 9);
            bench.given(manifest, "--build", "job 7");
            bench.proxy.answer("HEAD", 1, 404, "");
            assertThat(bench.publish(manifest).err().get(0)).contains("Conflict: ", "job 7");
            assertThat(bench.proxy.requests()).anyMatch(request -> request.startsWith("PUT"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, CUT",
        "GET, LOST",
        "GET, TOO_SHORT",
        "GET, DAMAGED",
        "GET, HANG_WITHIN",
        "GET, 503 SlowDown",
        "HEAD, 503 SlowDown",
        "PUT, CUT",
        "PUT, LOST",
        "PUT, 503 SlowDown"
    })
    void brokenAttemptIsTriedAgain(String method, String fault) throws Exception {
        try (StoreBench bench = bench()) {
            Path manifest = bench.manifest("shop", 20_000);
            bench.given(manifest);
            bench.fetch();
            Files.delete(bench.state.resolve("manifest.json"));
            Files.writeString(manifest, StoreBench.json("shop", fault.equals("CUT") ? 8_000_000 : 40_000));
            spoil(bench, method, fault, fault.equals("LOST") && !method.equals("PUT") ? 2 : 1);
            Result result = method.equals("GET") ? bench.fetch() : bench.publish(manifest);
            assertThat(result.err()).isEmpty();
            assertThat(result.out()).anyMatch(line -> line.contains("; attempt 2 of 2 follows"));
            assertThat(bench.printed).doesNotContain(cloud().secrets());
        }
    }

    /** Nothing is lost: what was fetched stays, and so does what is published. */
    @Test
    void answersAreExplained() throws Exception {
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<String, String> row : sentences().entrySet()) {
            try (StoreBench bench = bench()) {
                Path manifest = bench.manifest("shop", 2000);
                bench.given(manifest);
                bench.fetch();
                Files.writeString(manifest, StoreBench.json("shop", 4000));
                String[] words = row.getKey().split(" ", 2);
                spoil(bench, words[0], words[1], ALWAYS);
                Result result = words[0].equals("PUT") ? bench.publish(manifest) : bench.fetch("--note-only");
                if (words[0].equals("GET")) {
                    Files.delete(bench.state.resolve("provenance.json"));
                    result = bench.fetch("--to", folder.resolve("other").toString());
                }
                bench.proxy.reset();
                if (result.status() != 2 || !result.err().get(0).endsWith(row.getValue())) {
                    wrong.add(row.getKey() + ": " + result);
                }
                bench.fetch();
                assertThat(bench.fetched()).isEqualTo(StoreBench.json("shop", 2000));
                assertThat(bench.printed).doesNotContain(cloud().secrets());
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static void spoil(StoreBench bench, String method, String fault, int times) {
        if (Character.isDigit(fault.charAt(0))) {
            bench.proxy.answer(
                    method,
                    times,
                    Integer.parseInt(fault.substring(0, 3)),
                    fault.substring(3).trim(),
                    "x-ms-error-code: " + fault.substring(3).trim(),
                    "Location: http://169.254.169.254/");
        } else {
            bench.proxy.spoil(method, Fault.valueOf(fault), times);
            if (fault.startsWith("HANG")) {
                bench.impatient();
            }
        }
    }
}
