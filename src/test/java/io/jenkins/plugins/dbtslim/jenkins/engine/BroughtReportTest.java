package io.jenkins.plugins.dbtslim.jenkins.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import hudson.FilePath;
import io.jenkins.plugins.dbtslim.io.AgentLimits;
import io.jenkins.plugins.dbtslim.jenkins.TestBuild;
import io.jenkins.plugins.dbtslim.jenkins.page.ActionReport;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A report comes from an agent: what is too big or none is not kept, and the run's own result is known without it. */
class BroughtReportTest {
    @TempDir
    private Path folder;

    private TestBuild build;
    private Path sent;

    @BeforeEach
    void makeBuild() {
        build = new TestBuild(folder.resolve("builds/7"));
        sent = folder.resolve("report.zip");
    }

    @Test
    void moreThanAReportCanBeIsNotKept() throws Exception {
        try (RandomAccessFile file = new RandomAccessFile(sent.toFile(), "rw")) {
            file.setLength(AgentLimits.REPORT_BYTES + 1);
        }
        assertThat(bring()).isSameAs(ActionReport.NOTHING);
        assertThat(build.log())
                .contains("is not kept: " + sent + " is larger than 64 MiB")
                .hasLineCount(1);
        assertThat(kept()).isEmpty();
    }

    @Test
    void aBombIsNotKept() throws Exception {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(sent))) {
            zip.putNextEntry(new ZipEntry("report.json"));
            zip.write("{\"format\":1,\"project\":\"p\",\"outcome\":\"success\"}".getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("nodes.json"));
            zip.write('[');
            byte[] many = "{\"unique_id\":\"a\"},".repeat(4096).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 900; i++) {
                zip.write(many);
            }
            zip.write("{}]".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(bring()).isSameAs(ActionReport.NOTHING);
        assertThat(build.log())
                .contains("is not kept: " + sent + " has a block that is too big")
                .hasLineCount(1);
        assertThat(kept()).isEmpty();
    }

    @Test
    void whatIsNoReportIsNotKept() throws Exception {
        Files.writeString(sent, "<html>");
        assertThat(bring()).isSameAs(ActionReport.NOTHING);
        assertThat(build.log()).contains("is not kept: " + sent + " is not a dbt-slim report");
        assertThat(kept()).isEmpty();
    }

    /** Whoever waits for the other end of a pipe, or for the end of a device, waits for ever. */
    @Test
    void aPipeOrADeviceIsNotRead() throws Exception {
        assertThat(new ProcessBuilder("mkfifo", sent.toString()).start().waitFor())
                .isZero();
        assertTimeoutPreemptively(
                Duration.ofMinutes(1), () -> assertThat(bring()).isSameAs(ActionReport.NOTHING));
        Files.delete(sent);
        Files.createSymbolicLink(sent, Path.of("/dev/zero"));
        assertTimeoutPreemptively(
                Duration.ofMinutes(1), () -> assertThat(bring()).isSameAs(ActionReport.NOTHING));
        assertThat(build.log())
                .contains("is not kept: " + sent + " is no file or an empty one")
                .hasLineCount(2);
    }

    private ActionReport bring() throws IOException, InterruptedException {
        PrintStream out = build.listener().getLogger();
        return FinishedRun.bring(new FilePath(sent.toFile()), build, "dbt-slim", null, out);
    }

    private List<Path> kept() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("builds"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
