package io.jenkins.plugins.dbtslim.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;
import io.jenkins.plugins.dbtslim.report.file.SlimReportFile;
import io.jenkins.plugins.dbtslim.store.FaultProxy.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A command that is told to end: a transfer leaves half a file nowhere, a build tells what came of it. */
class SignalIT {
    @TempDir
    private Path folder;

    private Path temporary;
    private StoreBench bench;

    @BeforeEach
    void open() throws IOException {
        assumeFalse(System.getProperty("os.name").startsWith("Windows"), "Windows has no signals");
        temporary = Files.createDirectories(folder.resolve("tmp"));
        bench = new StoreBench(folder);
    }

    @AfterEach
    void close() throws IOException {
        if (bench != null) {
            bench.close();
        }
    }

    private Process command(String name, String... arguments) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                DbtSlim.class.getName(),
                name,
                "--endpoint",
                bench.proxy.endpoint().toString(),
                "--path-style"));
        words.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.redirectOutput(folder.resolve("out.txt").toFile());
        builder.environment().putAll(bench.environment);
        return builder.start();
    }

    private static boolean has(Path directory, String glob) throws IOException {
        try (var files = Files.newDirectoryStream(directory, glob)) {
            return files.iterator().hasNext();
        }
    }

    private void endWhen(Process process, Path directory, String glob, String method) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!has(directory, glob) || bench.proxy.requests().stream().noneMatch(one -> one.startsWith(method))) {
            assertThat(process.isAlive() && System.nanoTime() < deadline)
                    .as(Files.readString(folder.resolve("out.txt")))
                    .isTrue();
            Thread.sleep(20);
        }
        process.destroy();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(128 + 15);
        assertThat(Files.readString(folder.resolve("out.txt")))
                .doesNotContain(StoreBench.SECRETS)
                .doesNotContain("\tat ");
    }

    @Test
    void fetchTakesAwayItsHalfFile() throws Exception {
        bench.given(bench.manifest("shop", 20_000));
        bench.fetch();
        String before = bench.fetched();
        bench.given(bench.manifest("shop", 40_000));
        bench.proxy.spoil("GET", Fault.HANG_WITHIN, 1);
        endWhen(
                command("fetch", "--from", bench.uri, "--to", bench.state.toString()),
                bench.state,
                ".manifest.json.*.part",
                "GET");
        try (Stream<Path> left = Files.list(bench.state)) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("manifest.json", "provenance.json");
        }
        assertThat(bench.fetched()).isEqualTo(before);
    }

    @Test
    void publishTakesAwayWhatItPacked() throws Exception {
        Path manifest = bench.manifest("shop", 20_000);
        bench.proxy.spoil("PUT", Fault.HANG_BEFORE, 1);
        endWhen(
                command("publish", "--as-it-is", "--manifest", manifest.toString(), "--to", bench.uri + ".gz"),
                temporary,
                "manifest*.json.gz",
                "PUT");
        assertThat(has(temporary, "manifest*")).isFalse();
        assertThat(manifest).exists();
    }

    /** dbt's last lines, the report and the sentence come although the JVM is ending. */
    @Test
    void buildEndsLikeAnAbort() throws Exception {
        Path report = Files.writeString(folder.resolve("report.zip"), "of an earlier run");
        assertThat(abortedBuild(report, "")).contains("dbt-slim build: dbt was aborted");
        try (SlimReportFile read = SlimReportFile.open(report)) {
            assertThat(read.head().outcome()).isEqualTo(RunStatus.ABORTED);
        }
    }

    /** What goes wrong after the signal is told, too. */
    @Test
    void buildTellsWhyItsReportIsMissing() throws Exception {
        Path reports = Files.createDirectories(folder.resolve("reports"));
        Path report = reports.resolve("report.zip");
        assertThat(abortedBuild(report, "rmdir " + reports + "; echo > " + reports + ";"))
                .contains("dbt-slim build: " + reports);
    }

    private String abortedBuild(Path report, String atTheEnd) throws Exception {
        Path python = Files.createDirectories(folder.resolve("venv/bin")).resolve("python");
        Files.writeString(python, """
                #!/bin/sh
                trap 'kill $!; echo "CANCEL query one"; sleep 1; echo "Exited because of keyboard interrupt"; AT_THE_END exit 2' TERM
                echo begun
                sleep 120 &
                wait
                """.replace("AT_THE_END", atTheEnd));
        assertThat(python.toFile().setExecutable(true)).isTrue();
        Files.writeString(folder.resolve("dbt_project.yml"), "name: shop\n");
        Path out = folder.resolve("out.txt");
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                DbtSlim.class.getName(),
                "build",
                "--project-dir",
                folder.toString(),
                "--venv",
                folder.resolve("venv").toString(),
                "--keep",
                folder.resolve("kept").toString(),
                "--report",
                report.toString()));
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!Files.readString(out).contains("begun")) {
            assertThat(process.isAlive() && System.nanoTime() < deadline)
                    .as(Files.readString(out))
                    .isTrue();
            Thread.sleep(20);
        }
        process.destroy();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(128 + 15);
        assertThat(Files.readString(out))
                .contains("CANCEL query one", "Exited because of keyboard interrupt")
                .doesNotContain("\tat ");
        return Files.readString(out);
    }
}
