package io.jenkins.plugins.dbtslim.jenkins.engine;

import io.jenkins.plugins.dbtslim.secret.SecretMask;
import io.jenkins.plugins.dbtslim.secret.SecretScrub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * What a run leaves on the agent's disk: what was kept of it, dbt's log (which our environment sends into the run's folder), and the
 * project's target folder. A project can print a password into any of it, and manifest and results travel further.
 */
public final class Residue {
    private final Path folder;
    private final Path project;

    /**
     * Looks at nothing yet.
     *
     * @param folder of the run
     * @param project the folder of dbt_project.yml
     */
    public Residue(Path folder, Path project) {
        this.folder = folder;
        this.project = project;
    }

    /** Takes the secrets out of all that this run wrote; gives the number of files that held one. */
    public int clean(SecretMask mask) throws IOException {
        SecretScrub scrub = mask.scrub();
        Instant started = started();
        scrub.clean(folder.resolve(RunFolder.KEPT), Instant.EPOCH);
        scrub.clean(folder.resolve(RunFolder.LOGS), Instant.EPOCH);
        scrub.clean(target(), started);
        return scrub.found();
    }

    /** The plan is the last file that is written before dbt starts. */
    private Instant started() throws IOException {
        Path plan = folder.resolve("plan.json");
        return Files.exists(plan) ? Files.getLastModifiedTime(plan).toInstant() : Instant.EPOCH;
    }

    /** As the driver found it; the default where it came to nothing. */
    private Path target() throws IOException {
        Path note = folder.resolve(RunFolder.KEPT).resolve("target_path");
        return Files.exists(note) ? Path.of(Files.readString(note)) : project.resolve("target");
    }
}
