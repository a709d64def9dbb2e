package io.jenkins.plugins.dbtslim.doctor;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.manifest.ManifestException;
import io.jenkins.plugins.dbtslim.manifest.ManifestReader;
import io.jenkins.plugins.dbtslim.manifest.Metadata;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

/** The look at the state: production's manifest, as it lies in the state directory. */
public final class StateProbe {
    private static final String CHECK = "state";

    private StateProbe() {}

    /**
     * Looks at a manifest.
     *
     * @param file the manifest, or null when no state was named
     * @param now for its age
     */
    public static Finding look(@CheckForNull Path file, Instant now) {
        if (file == null) {
            return Finding.skipped(CHECK, "none was named; without one everything is built");
        }
        if (!Files.exists(file)) {
            return new Finding(
                    CHECK,
                    Level.WARNING,
                    file + " does not exist",
                    "Fetch production's manifest; until the first deploy there is none, and everything is built.");
        }
        try {
            Metadata metadata = ManifestReader.readMetadata(file);
            return Finding.ok(
                    CHECK, "project " + metadata.projectName() + ", dbt " + metadata.dbtVersion() + age(metadata, now));
        } catch (ManifestException e) {
            return Finding.problem(CHECK, e.getMessage(), "Fetch it again.");
        }
    }

    private static String age(Metadata metadata, Instant now) {
        if (metadata.generatedAt() == null) {
            return "";
        }
        try {
            Instant made = OffsetDateTime.parse(metadata.generatedAt()).toInstant();
            long hours = Duration.between(made, now).toHours();
            return ", " + (hours < 48 ? hours + " h" : hours / 24 + " days") + " old";
        } catch (DateTimeException e) {
            return "";
        }
    }
}
