package io.jenkins.plugins.dbtslim.dbt;

import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * How far production is ahead of what is checked out, by the commit that it was published from: what others merged since then
 * differs from production too, and is none of this branch's changes. Asked is the git of this machine, which neither fetches
 * nor runs anything that a repository names.
 *
 * @param commits how many production has and the branch has not
 * @param files of the project that only production changed since the two parted, relative to the project
 */
public record BehindProduction(int commits, Set<String> files) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Nothing is known, or the branch has all that production has. */
    public static final BehindProduction NOT = new BehindProduction(0, Set.of());

    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{7,64}");
    private static final int SECONDS = 20;
    private static final List<String> GIT = List.of(
            "git", "--no-pager", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=", "-c", "protocol.allow=never");

    public BehindProduction {
        files = Set.copyOf(files);
    }

    /**
     * Asks git.
     *
     * @param project folder of the dbt project
     * @param commit that production was published from, or null
     */
    public static BehindProduction of(Path project, String commit) throws InterruptedException {
        if (commit == null || !COMMIT.matcher(commit).matches()) {
            return NOT;
        }
        try {
            String base = line(ask(project, "merge-base", "HEAD", commit));
            String count = line(ask(project, "rev-list", "--count", "HEAD.." + commit, "--"));
            if (base == null || count == null || count.equals("0")) {
                return NOT;
            }
            Set<String> theirs = files(project, base, commit);
            theirs.removeAll(files(project, base, "HEAD"));
            return new BehindProduction(Integer.parseInt(count), theirs);
        } catch (IOException | NumberFormatException e) {
            return NOT;
        }
    }

    private static Set<String> files(Path project, String from, String to) throws IOException, InterruptedException {
        return new HashSet<>(Arrays.asList(
                ask(project, "diff", "--name-only", "-z", "--relative", "--no-renames", "--no-ext-diff", from, to, "--")
                        .split("\0")));
    }

    private static String line(String answer) {
        return answer.isBlank() ? null : answer.strip().lines().findFirst().orElse(null);
    }

    private static String ask(Path project, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(GIT);
        command.addAll(List.of(words));
        Path answer = Files.createTempFile("dbt-slim-git", ".txt");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(project.toAbsolutePath().toFile())
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
            return Files.readString(answer, StandardCharsets.UTF_8);
        } finally {
            Files.deleteIfExists(answer);
        }
    }
}
