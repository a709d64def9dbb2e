package io.jenkins.plugins.dbtslim.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk that is full, truly: a file system of a few kilobytes in a namespace of its own, where the kernel allows that
 * to users. One sentence, and what lay there stays as it was.
 */
class FullDiskIT {
    private static final String SMALL_DISK =
            "mount -t tmpfs -o size=128k tmpfs \"$1\" || exit 99; echo old > \"$1/manifest.json\"; cd \"$1\"; shift; \"$@\"; s=$?;"
                    + " echo; echo \"left: $(ls -A | tr '\\n' ' ')\"; echo \"kept: $(cat manifest.json)\"; exit $s";

    @TempDir
    private Path folder;

    private StoreBench bench;
    private Path disk;

    @BeforeEach
    void open() throws Exception {
        disk = Files.createDirectories(folder.resolve("a disk"));
        assumeTrue(shell("true").status() == 0, "file systems can be mounted in a namespace of one's own");
        bench = new StoreBench(folder);
    }

    @AfterEach
    void close() throws IOException {
        if (bench != null) {
            bench.close();
        }
    }

    private StoreBench.Result shell(String... command) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("unshare", "-rm", "sh", "-c", SMALL_DISK, "sh", disk.toString()));
        words.addAll(List.of(command));
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        ProcessBuilder builder =
                new ProcessBuilder(words).redirectOutput(out.toFile()).redirectError(err.toFile());
        if (bench != null) {
            builder.environment().putAll(bench.environment);
        }
        int status;
        try {
            status = builder.start().waitFor();
        } catch (IOException e) {
            return new StoreBench.Result(-1, List.of(), List.of("there is no unshare"));
        }
        return new StoreBench.Result(
                status,
                Files.readAllLines(out, StandardCharsets.UTF_8),
                Files.readAllLines(err, StandardCharsets.UTF_8));
    }

    /** The command in a JVM of its own, in the small disk; its temporary folder is there too. */
    private StoreBench.Result command(String name, String... arguments) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Djava.io.tmpdir=" + disk,
                "-cp",
                System.getProperty("java.class.path"),
                DbtSlim.class.getName(),
                name,
                "--endpoint",
                bench.proxy.endpoint().toString(),
                "--path-style"));
        words.addAll(List.of(arguments));
        return shell(words.toArray(String[]::new));
    }

    private void assertFull(StoreBench.Result result, String sentence) {
        assertThat(result.err()).containsExactly("dbt-slim " + sentence);
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.out()).contains("kept: old");
        assertThat(String.join("\n", result.out())).doesNotContain(StoreBench.SECRETS);
    }

    @Test
    void fetchNamesTheFolderAndLeavesWhatWasThere() throws Exception {
        bench.given(bench.manifest("shop", 400_000));
        StoreBench.Result plain = command("fetch", "--from", bench.uri, "--to", disk.toString());
        assertFull(plain, "fetch: Cannot write " + bench.uri + " into " + disk + ": No space left on device.");
        assertThat(plain.out()).contains("left: manifest.json ");

        // As packed it has room, as plain it has not.
        bench.given(bench.manifest("shop", 400_000), "--to", bench.uri + ".gz");
        StoreBench.Result packed = command("fetch", "--from", bench.uri + ".gz", "--to", disk.toString());
        assertFull(packed, "fetch: Cannot write " + bench.uri + ".gz into " + disk + ": No space left on device.");
        assertThat(packed.out()).contains("left: manifest.json ");
    }

    @Test
    void publishPacksNothingHalf() throws Exception {
        Path manifest = folder.resolve("random.json");
        StringBuilder text = new StringBuilder();
        java.util.Random random = new java.util.Random(7);
        while (text.length() < 600_000) {
            text.append(Long.toString(random.nextLong(), 36));
        }
        Files.writeString(manifest, StoreBench.json("shop", 0).replace("\"x\": \"", "\"x\": \"" + text));
        StoreBench.Result packed =
                command("publish", "--as-it-is", "--manifest", manifest.toString(), "--to", bench.uri + ".gz");
        assertFull(packed, "publish: Cannot pack " + manifest + " into the temporary folder: No space left on device.");
        assertThat(packed.out()).contains("left: manifest.json ");
        assertThat(bench.proxy.requests()).noneMatch(request -> request.startsWith("PUT"));

        StoreBench.Result shared =
                command("publish", "--as-it-is", "--manifest", manifest.toString(), "--to", disk + "/manifest.json");
        assertFull(shared, "publish: Cannot write file:" + disk + "/manifest.json: No space left on device.");
    }
}
