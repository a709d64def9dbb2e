package io.jenkins.plugins.dbtslim.dbt.result;

import io.jenkins.plugins.dbtslim.io.Artifacts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the driver leaves in the kept folder of a run: the run's own, or an earlier one's until it is removed. */
public final class KeptFiles {
    /** The id of the run, which the driver notes before all else. */
    private static final String RUN = "run";

    private static final String LOCK = ".dbt-slim.lock";
    private static final Pattern HOLDER = Pattern.compile("^process (\\d{1,18})");

    private static final List<String> ALL = List.of(
            RUN,
            DbtOutcome.FILE,
            DbtOutcome.EVENTS,
            Artifacts.MANIFEST,
            Artifacts.RUN_RESULTS,
            "sources.json",
            "selected.json",
            DeploymentState.FILE);

    private KeptFiles() {}

    /**
     * Removes what an earlier run left: it must not be taken for this one's, of which nothing is there. What another run
     * is still at is left to it.
     */
    public static void forget(Path keep) throws IOException {
        if (isAtWork(keep)) {
            return;
        }
        for (String file : ALL) {
            Files.deleteIfExists(keep.resolve(file));
        }
    }

    /** By the driver's lock, which its end opens, and which Python's way of locking does not show to Java. */
    private static boolean isAtWork(Path keep) throws IOException {
        Path lock = keep.resolve(LOCK);
        if (Files.exists(keep.resolve(DbtOutcome.FILE)) || !Files.isRegularFile(lock)) {
            return false;
        }
        Matcher holder = HOLDER.matcher(Files.readString(lock));
        return holder.find()
                && ProcessHandle.of(Long.parseLong(holder.group(1)))
                        .filter(ProcessHandle::isAlive)
                        .isPresent();
    }

    /** Whether what is kept there is of the run, by the note of its id. */
    public static boolean isOf(String run, Path keep) throws IOException {
        Path note = keep.resolve(RUN);
        return Files.isRegularFile(note)
                && Files.size(note) == run.length()
                && new String(Files.readAllBytes(note), StandardCharsets.UTF_8).equals(run);
    }
}
