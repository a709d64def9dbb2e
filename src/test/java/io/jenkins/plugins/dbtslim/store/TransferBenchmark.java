package io.jenkins.plugins.dbtslim.store;

import io.jenkins.plugins.dbtslim.store.aws.AwsKeyRule;
import io.jenkins.plugins.dbtslim.store.aws.S3Settings;
import io.jenkins.plugins.dbtslim.store.aws.S3Settings.Encryption;
import io.jenkins.plugins.dbtslim.store.aws.S3Signer;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * How fast a 200 MB object goes and comes on loopback, by us and by curl with the same kind of signed URL. Run its
 * {@code main} with the test class path; the fetch includes checksum and the check of the whole manifest.
 */
public final class TransferBenchmark {
    private static final int MEGABYTES = 200;
    private static final int ROUNDS = 7;

    private final Path folder;
    private final S3Signer signer;
    private final Transfer transfer = new Transfer(TransferLimits.DEFAULT, ProxySettings.NONE);
    private final ManifestLocation location;
    private final Publication publication;

    private TransferBenchmark(Path folder, S3Server server) throws IOException {
        this.folder = folder;
        signer = new S3Signer(
                S3Settings.of(null, server.endpoint().toString(), true, Encryption.BUCKET_DEFAULT, Map.of()),
                AwsKeyRule.fixed(S3Server.ACCESS_KEY, S3Server.SECRET_KEY, null, "benchmark"),
                Duration.ofMinutes(5));
        location = ManifestLocation.parse("s3://bench/manifest.json");
        server.createBucket("bench");
        publication = new Publication("1", Digests.sha256(manifest()), "1.9.4", "shop", null, null, null, null);
    }

    private Path manifest() throws IOException {
        Path file = folder.resolve("big.json");
        if (!Files.exists(file)) {
            try (BufferedWriter out = Files.newBufferedWriter(file)) {
                out.write(
                        "{\"metadata\": {\"dbt_schema_version\": \"https://schemas.getdbt.com/dbt/manifest/v12.json\"},"
                                + " \"docs\": {");
                String text = "x".repeat(990);
                for (int i = 0; i < MEGABYTES * 1000; i++) {
                    out.write((i == 0 ? "" : ",") + "\"" + i + "\":\"" + text + "\"");
                }
                out.write("}}");
            }
        }
        return file;
    }

    /** Prints one line a kind of transfer: the median and all times, in milliseconds. */
    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("transfer-benchmark");
        try (S3Server server = S3Server.start(Files.createDirectories(folder.resolve("s3")))) {
            TransferBenchmark benchmark = new TransferBenchmark(folder, server);
            benchmark.measure("PUT by us", benchmark::put);
            benchmark.measure("PUT by curl", benchmark::curlPut);
            benchmark.measure("GET by us, bytes only", benchmark::get);
            benchmark.measure("GET by us, with checksum", benchmark::receive);
            benchmark.measure("GET by curl", benchmark::curlGet);
            benchmark.measure("fetch by us, with all checks", benchmark::fetch);
        }
        System.exit(0);
    }

    /** Something to measure. */
    private interface Task {
        void run() throws Exception;
    }

    private void measure(String name, Task task) throws Exception {
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            long start = System.nanoTime();
            task.run();
            times.add((System.nanoTime() - start) / 1_000_000);
        }
        long median = times.stream().sorted().toList().get(ROUNDS / 2);
        System.out.println(name + ": median " + median + " ms of " + times);
    }

    private SignedRequest signed(boolean put) throws StoreException {
        return signer.sign(
                put
                        ? new RequestSigner.Put(location, new Condition.Always(), publication, null)
                        : new RequestSigner.Get(location, null, 0));
    }

    private void put() throws Exception {
        transfer.upload(signed(true), manifest(), System.out::println);
    }

    private void get() throws Exception {
        Path file = folder.resolve("raw.json");
        Files.deleteIfExists(file);
        transfer.receive(signed(false), new RawSink(file), System.out::println);
    }

    private void receive() throws Exception {
        Path file = folder.resolve("received.json");
        Files.deleteIfExists(file);
        Files.createFile(file);
        try (ReceivedFile received = new ReceivedFile(file, "big", Long.MAX_VALUE)) {
            transfer.receive(signed(false), received, System.out::println);
        }
    }

    private void fetch() throws Exception {
        new DownloadErrand(
                        transfer,
                        signed(false),
                        location,
                        folder.resolve("state/manifest.json").toString())
                .run(System.out::println);
    }

    private void curlGet() throws Exception {
        Files.deleteIfExists(folder.resolve("curl.json"));
        curl(signed(false), "-o", folder.resolve("curl.json").toString());
    }

    private void curlPut() throws Exception {
        curl(signed(true), "-T", manifest().toString());
    }

    private static void curl(SignedRequest request, String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of("curl", "-s", "-f", request.url()));
        request.headers().forEach((name, value) -> command.addAll(List.of("-H", name + ": " + value)));
        command.addAll(Arrays.asList(more));
        int status = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (status != 0) {
            throw new IOException("curl ended with " + status);
        }
    }

    /**
     * Writes and does nothing else.
     *
     * @param file to write
     */
    private record RawSink(Path file) implements Sink {
        @Override
        public void begin(Reply reply) throws IOException {
            Files.createFile(file);
        }

        @Override
        public void write(java.nio.ByteBuffer bytes) throws IOException {
            try (var channel = java.nio.channels.FileChannel.open(file, java.nio.file.StandardOpenOption.APPEND)) {
                channel.write(bytes);
            }
        }

        @Override
        public void end() {}
    }
}
