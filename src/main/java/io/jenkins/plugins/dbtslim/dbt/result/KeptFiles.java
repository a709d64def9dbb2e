package io.jenkins.plugins.dbtslim.dbt.result;

import io.jenkins.plugins.dbtslim.io.Artifacts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the driver leaves in the kept folder of a run: the run's own, or an earlier one's until it is removed. */
public final class KeptFiles {
    /** The id of the run, which the driver notes before all else. */
    private static final String RUN = "run";

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

    /** Removes what an earlier run left: it must not be taken for this one's, of which nothing is there. */
    public static void forget(Path keep) throws IOException {
        for (String file : ALL) {
            Files.deleteIfExists(keep.resolve(file));
        }
    }

    /** Whether what is kept there is of the run, by the note of its id. */
    static boolean isOf(String run, Path keep) throws IOException {
        Path note = keep.resolve(RUN);
        return Files.isRegularFile(note)
                && Files.size(note) == run.length()
                && new String(Files.readAllBytes(note), StandardCharsets.UTF_8).equals(run);
    }
}
