package io.jenkins.plugins.dbtslim.jenkins.store;

import io.jenkins.plugins.dbtslim.io.AtomicFile;
import io.jenkins.plugins.dbtslim.io.JsonObject;
import io.jenkins.plugins.dbtslim.store.Publication;
import io.jenkins.plugins.dbtslim.store.transfer.StoreException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Production's manifest as a job keeps it: {@code <job>/dbt-slim-manifest/<name>.publication.json} has the publisher's
 * notes, by which the manifest is named, {@code <name>-<SHA-256>.json.gz}. It is the job's and not a build's: what a build
 * published says what production is, however that build ended, and that it is discarded later changes nothing there.
 */
@Restricted(NoExternalUse.class)
public final class KeptManifests {
    /** The folder in the job's own. */
    static final String FOLDER = "dbt-slim-manifest";

    private static final String AT = "kept-at";
    private static final String BUILD = "kept-by";

    private final Path folder;
    private final String name;

    /**
     * Those of one job.
     *
     * @param job its folder
     * @param name of the manifest within the job: letters, digits and {@code . _ -}
     */
    public KeptManifests(Path job, String name) {
        this.folder = job.resolve(FOLDER);
        this.name = name;
    }

    /**
     * What is kept.
     *
     * @param build number of the build that published it
     * @param file packed
     * @param at when it was kept
     * @param publication the publisher's notes
     */
    record Kept(int build, Path file, Instant at, Publication publication) {}

    /** The one that describes production: the last that was published. */
    Optional<Kept> production() throws IOException {
        if (!Files.isRegularFile(notes())) {
            return Optional.empty();
        }
        try {
            Map<String, String> noted = JsonObject.read(notes()).scalars();
            Publication publication = Publication.fromMetadata(noted);
            return publication == null || !Files.isRegularFile(file(publication))
                    ? Optional.empty()
                    : Optional.of(new Kept(
                            Integer.parseInt(noted.getOrDefault(BUILD, "")),
                            file(publication),
                            Instant.parse(noted.getOrDefault(AT, "")),
                            publication));
        } catch (DateTimeParseException | NumberFormatException e) {
            throw new StoreException(notes() + " is damaged: delete it, and publish anew by a full build.");
        }
    }

    private Path notes() {
        return folder.resolve(name + ".publication.json");
    }

    private Path file(Publication publication) {
        return folder.resolve(name + "-" + publication.sha256() + ".json.gz");
    }

    /** A file to be filled and then kept. */
    AtomicFile open(Publication publication) throws IOException {
        return AtomicFile.of(file(publication));
    }

    /** Makes a filled file production's; the former one stays for those who read it now. */
    void keep(int build, AtomicFile filled, Publication publication) throws IOException {
        Optional<Kept> former = production();
        Map<String, Object> noted = new LinkedHashMap<>(publication.toMetadata());
        noted.put(AT, Instant.now().toString());
        noted.put(BUILD, Integer.toString(build));
        filled.commit();
        JsonObject.write(notes(), noted);
        dropOthers(file(publication), former.map(Kept::file).orElse(null));
    }

    private void dropOthers(Path kept, Path former) throws IOException {
        String digest = "[0-9a-f]".repeat(64);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, name + "-" + digest + ".json.gz")) {
            for (Path file : files) {
                if (!file.equals(kept) && !file.equals(former)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
