package io.jenkins.plugins.dbtslim.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A real browser without a window: loads a page and gives the document as it is after its scripts ran. */
public final class Chromium {
    private static final int SECONDS = 60;

    private final Path executable;
    private final Path folder;

    /** Finds the browser; without one the test is skipped on a laptop and fails in CI. */
    public Chromium(Path folder) {
        Optional<Path> found = Stream.of("chromium", "chromium-browser", "google-chrome", "chrome")
                .flatMap(name -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .map(directory -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst();
        if (found.isEmpty() && "true".equals(System.getenv("CI"))) {
            throw new AssertionError("The tests of the report need a Chromium on the PATH.");
        }
        Assumptions.assumeTrue(found.isPresent(), "no Chromium on the PATH");
        this.executable = found.get();
        this.folder = folder;
    }

    /** The document after a page and its scripts ran. */
    String dom(String page, String... options) throws IOException, InterruptedException {
        return domOf(Files.writeString(folder.resolve("page.html"), page).toUri(), options);
    }

    /** The document at an address, likewise. */
    public String domOf(URI address, String... options) throws IOException, InterruptedException {
        Path dom = folder.resolve("dom.html");
        List<String> command = new ArrayList<>(List.of(
                executable.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--window-size=1300,900",
                "--virtual-time-budget=20000",
                "--user-data-dir=" + Files.createTempDirectory(folder, "profile"),
                "--dump-dom"));
        command.addAll(List.of(options));
        command.add(address.toString());
        Process process = new ProcessBuilder(command)
                .redirectOutput(dom.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS))
                    .as("Chromium ends")
                    .isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return Files.readString(dom, StandardCharsets.UTF_8);
    }
}
