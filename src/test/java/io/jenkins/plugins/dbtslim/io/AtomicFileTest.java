package io.jenkins.plugins.dbtslim.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    private Path folder;

    private static void text(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private Stream<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList().stream();
        }
    }

    @Test
    void appearsWholeWithItsFolder() throws IOException {
        Path destination = folder.resolve("new/er/file.txt");
        AtomicFile.write(destination, out -> {
            text(out, "whole");
            assertThat(destination).doesNotExist();
        });
        assertThat(destination).hasContent("whole");
        AtomicFile.write(destination, out -> text(out, "other"));
        assertThat(destination).hasContent("other");
        assertThat(destination.getParent()).isDirectoryNotContaining("glob:**.part");
    }

    /** As root, /dev/null itself would be gone. */
    @Test
    void aPipeOrADeviceGetsTheContentAndStays() throws Exception {
        Path pipe = folder.resolve("pipe");
        Assumptions.assumeFalse(System.getProperty("os.name").startsWith("Windows"), "Windows has no pipes in folders");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        FutureTask<String> read = new FutureTask<>(() -> Files.readString(pipe));
        new Thread(read, "reader of the pipe").start();
        AtomicFile.write(pipe, out -> text(out, "all of it"));
        assertThat(read.get(60, TimeUnit.SECONDS)).isEqualTo("all of it");
        assertThat(Files.readAttributes(pipe, BasicFileAttributes.class).isOther())
                .isTrue();
        assertThat(files()).containsExactly("pipe");
    }

    @Test
    void whatFailsLeavesWhatWasThere() throws IOException {
        Path destination = Files.writeString(folder.resolve("file.txt"), "old");
        assertThatThrownBy(() -> AtomicFile.write(destination, out -> {
                    text(out, "half");
                    throw new IOException("no more");
                }))
                .hasMessage("no more");
        assertThat(destination).hasContent("old");
        assertThat(files()).containsExactly("file.txt");
    }

    @Test
    void whatAKilledWriterLeftGoesWithTheNextWrite() throws Exception {
        Process ended =
                new ProcessBuilder(ProcessHandle.current().info().command().orElse("java"), "-version").start();
        ended.waitFor();
        Files.createFile(folder.resolve(".file.txt." + ended.pid() + "-0011223344556677.part"));
        Files.createFile(folder.resolve(".file.txt." + ended.pid() + "-0011223344556677.part.json"));
        Files.createFile(folder.resolve(".file.txt.0011223344556677.part"));
        Path forgotten = Files.createFile(
                folder.resolve(".file.txt." + ProcessHandle.current().pid() + "-0011223344556678.part"));
        Files.setLastModifiedTime(forgotten, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
        AtomicFile.write(folder.resolve("file.txt"), out -> text(out, "new"));
        assertThat(files()).containsExactly("file.txt");
    }

    @Test
    void filesOfOthersStay() throws IOException {
        Files.createFile(folder.resolve(".other.txt.0011223344556677.part"));
        Files.createFile(folder.resolve("file.txt.part"));
        Files.createFile(folder.resolve(".file.txt.lock"));
        try (AtomicFile filled = AtomicFile.of(folder.resolve("file.txt"))) {
            AtomicFile.write(folder.resolve("file.txt"), out -> text(out, "faster"));
            assertThat(filled.temporary()).exists();
            filled.commit();
        }
        assertThat(files())
                .containsExactlyInAnyOrder(
                        ".other.txt.0011223344556677.part", "file.txt.part", ".file.txt.lock", "file.txt");
    }

    @Test
    void aLinkIsReplacedAndNotFollowed() throws IOException {
        Path other = Files.writeString(folder.resolve("other.txt"), "not mine");
        Path destination = Files.createSymbolicLink(folder.resolve("file.txt"), other);
        AtomicFile.write(destination, out -> text(out, "mine"));
        assertThat(destination).hasContent("mine").isRegularFile();
        assertThat(other).hasContent("not mine");
    }
}
