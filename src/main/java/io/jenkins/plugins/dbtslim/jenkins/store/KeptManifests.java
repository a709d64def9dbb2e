package io.jenkins.plugins.dbtslim.jenkins.store;

import io.jenkins.plugins.dbtslim.io.AtomicFile;
import io.jenkins.plugins.dbtslim.io.JsonObject;
import io.jenkins.plugins.dbtslim.store.Publication;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * The manifests that the builds of one job keep with themselves: {@code <build>/dbt-slim-manifest/<name>.json.gz} and
 * its publisher's notes in {@code <name>.publication.json}. They go with their build; of those that stay, the newest
 * {@value #KEEP} are kept, and production's in any case. The files are the only index, so that no build has to be
 * loaded that keeps none.
 */
@Restricted(NoExternalUse.class)
public final class KeptManifests {
    private static final Logger LOGGER = Logger.getLogger(KeptManifests.class.getName());
    /** How many are kept of a job and a name. */
    static final int KEEP = 10;

    /** The folder in a build's own. */
    static final String FOLDER = "dbt-slim-manifest";

    private static final String AT = "kept-at";

    /** What a build's end makes of the manifest that it keeps. */
    public enum Standing {
        /** Not known yet. */
        RUNNING,
        /** It describes production. */
        SUCCESSFUL,
        /** It does not. */
        FAILED
    }

    private final Path builds;
    private final String name;
    private final IntFunction<Standing> standing;

    /**
     * Those of one job.
     *
     * @param builds the folder with a folder for each build, named by its number
     * @param name of the manifest within a build: letters, digits and {@code . _ -}
     * @param standing of the build with that number
     */
    public KeptManifests(Path builds, String name, IntFunction<Standing> standing) {
        this.builds = builds;
        this.name = name;
        this.standing = standing;
    }

    /**
     * One of them.
     *
     * @param build its number
     * @param file packed
     * @param at when it was kept
     * @param publication the publisher's notes
     */
    record Kept(int build, Path file, Instant at, Publication publication) {}

    /** The one that describes production: the last kept of all builds that ended well. */
    Optional<Kept> production() throws IOException {
        return newestFirst().stream()
                .filter(kept -> standing.apply(kept.build()) == Standing.SUCCESSFUL)
                .findFirst();
    }

    /** The last that was published, be its build still running. */
    Optional<Kept> published() throws IOException {
        return newestFirst().stream()
                .filter(kept -> standing.apply(kept.build()) != Standing.FAILED)
                .findFirst();
    }

    private List<Kept> newestFirst() throws IOException {
        List<Kept> all = new ArrayList<>();
        if (Files.isDirectory(builds)) {
            try (DirectoryStream<Path> folders = Files.newDirectoryStream(builds, "[0-9]*")) {
                for (Path folder : folders) {
                    read(folder).ifPresent(all::add);
                }
            }
        }
        all.sort(Comparator.comparing(Kept::at).thenComparing(Kept::build).reversed());
        return all;
    }

    private Optional<Kept> read(Path build) {
        Path file = file(build);
        String number = String.valueOf(build.getFileName());
        if (!number.matches("\\d{1,9}") || !Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            Map<String, String> noted = JsonObject.read(notes(file)).scalars();
            Publication publication = Publication.fromMetadata(noted);
            return publication == null
                    ? Optional.empty()
                    : Optional.of(new Kept(
                            Integer.parseInt(number), file, Instant.parse(noted.getOrDefault(AT, "")), publication));
        } catch (IOException | DateTimeParseException e) {
            LOGGER.log(Level.WARNING, e, () -> "half written when Jenkins ended, so as good as none: " + notes(file));
            return Optional.empty();
        }
    }

    private Path file(Path build) {
        return build.resolve(FOLDER).resolve(name + ".json.gz");
    }

    private Path notes(Path file) {
        return file.resolveSibling(name + ".publication.json");
    }

    /** A file in the folder of that build, to be filled and then kept. */
    AtomicFile open(int build) throws IOException {
        return AtomicFile.of(file(builds.resolve(Integer.toString(build))));
    }

    /** Keeps a filled file with that build, and drops old ones. */
    void keep(int build, AtomicFile filled, Publication publication) throws IOException {
        Path file = file(builds.resolve(Integer.toString(build)));
        Map<String, Object> noted = new LinkedHashMap<>(publication.toMetadata());
        noted.put(AT, Instant.now().toString());
        filled.commit();
        JsonObject.write(notes(file), noted);
        dropOld();
    }

    private void dropOld() throws IOException {
        Optional<Kept> production = production();
        for (Kept old : newestFirst().stream().skip(KEEP).toList()) {
            if (production.isEmpty() || production.get().build() != old.build()) {
                Files.deleteIfExists(notes(old.file()));
                Files.deleteIfExists(old.file());
            }
        }
    }
}
