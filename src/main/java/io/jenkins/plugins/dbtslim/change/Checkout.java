package io.jenkins.plugins.dbtslim.change;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Asks the git of this machine about the checkout around a folder, which neither fetches nor runs anything that the
 * repository names.
 */
final class Checkout {
    private static final int SECONDS = 20;
    private static final int LONGEST = 32 << 20;
    private static final List<String> GIT = List.of(
            "git",
            "--no-pager",
            "-c",
            "core.fsmonitor=false",
            "-c",
            "core.hooksPath=",
            "-c",
            "protocol.allow=never",
            "-c",
            "log.showSignature=false",
            "-c",
            "safe.bareRepository=explicit");

    private final Path folder;

    Checkout(Path folder) {
        this.folder = folder;
    }

    /** git's answer; throws where it has none: no git, no checkout, nothing of that name. */
    String ask(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(GIT);
        command.addAll(List.of(words));
        Path answer = Files.createTempFile("dbt-slim-git", ".txt");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toAbsolutePath().toFile())
                    .redirectOutput(answer.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().put("GIT_NO_LAZY_FETCH", "1");
            builder.environment().put("GIT_TERMINAL_PROMPT", "0");
            Process git = builder.start();
            try {
                git.getOutputStream().close();
                if (!git.waitFor(SECONDS, TimeUnit.SECONDS) || git.exitValue() != 0) {
                    throw new IOException("git does not answer");
                }
            } finally {
                git.destroyForcibly();
            }
            try (InputStream in = Files.newInputStream(answer)) {
                return new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8);
            }
        } finally {
            Files.deleteIfExists(answer);
        }
    }

    /** The same, or null where it has none. */
    @CheckForNull
    String answer(String... words) throws InterruptedException {
        try {
            return ask(words);
        } catch (IOException e) {
            return null;
        }
    }
}
