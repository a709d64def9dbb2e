package io.jenkins.plugins.dbtslim.store.transfer;

import io.jenkins.plugins.dbtslim.store.ManifestLocation;
import io.jenkins.plugins.dbtslim.store.PlainServer;
import io.jenkins.plugins.dbtslim.store.ReceivedFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How fast 200 MB go and come on loopback, by us (length and SHA-256 verified on the way) and by curl. Rounds are
 * interleaved; of each kind the median and the best are printed, because the best is what a busy machine disturbs least.
 * Arguments: a folder for the files, the number of rounds.
 */
final class TransferBenchmark {
    private static final long SIZE = 200L << 20;
    private static final byte[] PIECE = new byte[128 * 1024];

    private final Path folder;
    private final PlainServer server = new PlainServer(PIECE, SIZE);
    private final Transfer transfer = new Transfer(TransferLimits.DEFAULT, ProxySettings.NONE);

    /** Something to measure. */
    private interface Task {
        void run() throws IOException, InterruptedException;
    }

    private TransferBenchmark(Path folder) throws IOException {
        this.folder = folder;
        try (OutputStream out = Files.newOutputStream(folder.resolve("sent.json"))) {
            for (long size = 0; size < SIZE; size += PIECE.length) {
                out.write(PIECE);
            }
        }
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        TransferBenchmark bench = new TransferBenchmark(Files.createDirectories(Path.of(args[0])));
        int rounds = Integer.parseInt(args[1]);
        Map<String, Task> tasks = new LinkedHashMap<>();
        tasks.put("GET by curl", () -> bench.curl("-o", bench.file("curl.json")));
        tasks.put("GET by us", bench::get);
        tasks.put("PUT by curl", () -> bench.curl("-T", bench.file("sent.json")));
        tasks.put("PUT by us", bench::put);
        Map<String, long[]> times = new LinkedHashMap<>();
        for (int round = -1; round < rounds; round++) {
            for (Map.Entry<String, Task> task : tasks.entrySet()) {
                long start = System.nanoTime();
                task.getValue().run();
                // The first round warms files and classes.
                if (round >= 0) {
                    times.computeIfAbsent(task.getKey(), name -> new long[rounds])[round] =
                            (System.nanoTime() - start) / 1_000_000;
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "Moving %d MB on loopback, heap limit %d MB%n",
                SIZE >> 20,
                Runtime.getRuntime().maxMemory() >> 20);
        times.forEach((name, all) -> {
            Arrays.sort(all);
            System.out.printf(
                    Locale.ROOT,
                    "  %-12s median %5d ms, best %5d ms, %5.0f MB/s at best%n",
                    name,
                    all[rounds / 2],
                    all[0],
                    SIZE / 1e3 / all[0]);
        });
        for (String method : List.of("GET", "PUT")) {
            long[] curl = times.get(method + " by curl");
            long[] us = times.get(method + " by us");
            System.out.printf(
                    Locale.ROOT,
                    "  %s: %.0f %% of curl's throughput by medians, %.0f %% by bests%n",
                    method,
                    100.0 * curl[rounds / 2] / us[rounds / 2],
                    100.0 * curl[0] / us[0]);
        }
        for (String name : List.of("sent.json", "curl.json", "received.json")) {
            Files.deleteIfExists(bench.folder.resolve(name));
        }
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private void get() throws IOException, InterruptedException {
        Path file = folder.resolve("received.json");
        Files.write(file, new byte[0]);
        try (ReceivedFile received = new ReceivedFile(file, new ManifestLocation("s3", "bench/big"), Long.MAX_VALUE)) {
            check(transfer.receive(request("GET"), received, System.out::println));
        }
    }

    private void put() throws IOException, InterruptedException {
        check(transfer.upload(request("PUT"), folder.resolve("sent.json"), System.out::println));
    }

    private SignedRequest request(String method) {
        return new SignedRequest("s3://bucket/manifest.json", method, server.url(), Map.of());
    }

    private static void check(Reply reply) throws IOException {
        if (!reply.isSuccess()) {
            throw new IOException(reply.describe());
        }
    }

    private void curl(String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("curl", "-s", "-f", server.url()));
        command.addAll(Arrays.asList(more));
        int status = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (status != 0) {
            throw new IOException("curl ended with " + status);
        }
    }
}
