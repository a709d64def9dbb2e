package io.jenkins.plugins.dbtslim.store;

import io.jenkins.plugins.dbtslim.io.Heartbeat;
import io.jenkins.plugins.dbtslim.store.transfer.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Publishes production's manifest to any store, so that of racing deploys each either wins or is told: the write is
 * conditional on what the deploy started from.
 */
public final class ManifestPublish {
    private static final int MAX_BUSY = 6;
    private static final int MAX_REFUSED = 3;
    private static final long PAUSE_MILLIS = 200;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final ManifestStore store;
    private final PublishOptions options;
    private final String id;
    private final boolean beside;

    public ManifestPublish(ManifestStore store, PublishOptions options) {
        this(store, options, null, false);
    }

    private ManifestPublish(ManifestStore store, PublishOptions options, String id, boolean beside) {
        this.store = store;
        this.options = options;
        this.id = id;
        this.beside = beside;
    }

    /** The same with what lies beside the file of the manifest and {@linkplain Companion travels with it}. */
    public ManifestPublish withCompanions() {
        return new ManifestPublish(store, options, id, true);
    }

    /**
     * The same for what may be tried again: where a publication of this id lies already, none is written.
     *
     * @param id tells it from all others
     */
    public ManifestPublish once(String id) {
        return new ManifestPublish(store, options, id, beside);
    }

    /** The condition that nothing changes from now on: for a deploy that starts without a fetch. */
    public static Condition asOfNow(ManifestStore store) throws IOException, InterruptedException {
        return condition(store.head());
    }

    private static Condition condition(Optional<StoredManifest> stored) {
        return Condition.unchanged(stored.map(StoredManifest::etag).orElse(null));
    }

    /**
     * Refuses what {@link #run} would refuse later, for a deploy that asks before it changes production; its manifest need
     * not be there yet. Gives what must still lie there then.
     *
     * @throws ManifestConflict if somebody else published since the deploy began
     */
    public Condition check() throws IOException, InterruptedException {
        checkAllowed();
        return checkUnchanged(store.head());
    }

    private void checkAllowed() throws StoreException {
        if (store.location().isReadOnly()) {
            throw new StoreException("Not published to " + store.location()
                    + ": an https location is read only; publish to s3://, gs://, az://, file: or build:.");
        }
        if (options.changeRequest() != null && !options.allowFromChangeRequest()) {
            throw new StoreException(
                    "Not published to " + store.location() + ": this build is for the change request "
                            + options.changeRequest()
                            + ", whose manifest would make production skip changes; only production publishes (allowFromChangeRequest overrules that).");
        }
    }

    private Condition checkUnchanged(Optional<StoredManifest> now) throws StoreException {
        Condition condition = options.expected() == null ? condition(now) : options.expected();
        if (!options.overwriteOnConflict() && !condition.equals(condition(now))) {
            throw conflict(now);
        }
        return condition;
    }

    /** Does it; the log gets a line on what was published. */
    public PublishResult run() throws IOException, InterruptedException {
        checkAllowed();
        try (Heartbeat heartbeat = Heartbeat.during("Publishing to " + store.location(), this::log)) {
            return publish();
        }
    }

    private PublishResult publish() throws IOException, InterruptedException {
        Publication publication = store.agent()
                .act(new ManifestCallables.PrepareUpload(options.manifest(), options.build(), options.commit()))
                .named(id);
        Optional<StoredManifest> before = store.head();
        if (isOurs(publication, before)) {
            log("Published to " + store.location() + " before");
            return new PublishResult(
                    store.location().toString(),
                    before.get().etag(),
                    before.get().publication(),
                    null,
                    true);
        }
        checkProject(publication, before);
        Condition condition = checkUnchanged(before);
        String history = options.history() ? writeHistory(publication) : null;
        String etag = write(publication, condition);
        boolean verified = verify(publication);
        writeCompanions(publication);
        log("Published " + store.location() + " (dbt " + publication.dbtVersion() + ", SHA-256 " + publication.sha256()
                + ")");
        return new PublishResult(store.location().toString(), etag, publication, history, verified);
    }

    private void checkProject(Publication publication, Optional<StoredManifest> before)
            throws IOException, InterruptedException {
        if (before.isEmpty()) {
            return;
        }
        Publication there = before.get().publication();
        ProjectIdentity theirs =
                there != null ? there.identity() : store.peek().orElse(new ProjectIdentity(null, null));
        if (publication.identity().differsFrom(theirs)) {
            throw new StoreException("Not published: " + store.location() + " holds the manifest of " + theirs
                    + ", and this one is of " + publication.identity() + "; choose another location.");
        }
    }

    /** What else is known of the run travels with the manifest, which is published whether or not that can be written. */
    private void writeCompanions(Publication publication) throws IOException, InterruptedException {
        Path folder = Path.of(options.manifest()).resolveSibling("");
        List<Companion> companions = new ArrayList<>();
        if (beside && store.keepsCompanions()) {
            companions.addAll(Companion.OF_A_RUN);
            companions.addAll(store.agent().act(new ManifestCallables.Parses(folder.toString())));
        }
        for (Companion companion : companions) {
            String file = folder.resolve(companion.fileName()).toString();
            String digest = store.agent().act(new ManifestCallables.LocalDigest(file));
            if (digest != null) {
                ManifestLocation location = companion.beside(store.location());
                try {
                    store.at(location).put(file, publication.of(digest), new Condition.Always());
                } catch (StoreException e) {
                    log("Not written beside the manifest: " + location + ": " + e.getMessage());
                }
            }
        }
    }

    private String writeHistory(Publication publication) throws IOException, InterruptedException {
        String name = TIME.format(Instant.now()) + "-"
                + (options.buildName() == null
                        ? publication.id().substring(0, 8)
                        : options.buildName().replaceAll("[^A-Za-z0-9._-]", "-"));
        ManifestStore history = store.at(store.location().history(name));
        history.put(options.manifest(), publication, new Condition.Always());
        log("Kept a copy at " + history.location());
        return history.location().toString();
    }

    /** Writes under the condition. Whatever the store says, a fresh look decides what became of it. */
    private String write(Publication publication, Condition condition) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            WriteResult written = null;
            StoreException failure = null;
            try {
                written = store.put(options.manifest(), publication, condition);
            } catch (StoreException e) {
                failure = e;
            }
            if (written != null && written.status() == WriteResult.Status.DONE) {
                return written.etag();
            }
            Optional<StoredManifest> now = store.head();
            // An attempt whose answer was lost may have done it.
            if (isOurs(publication, now)) {
                return now.get().etag();
            }
            if (!condition.equals(condition(now))) {
                return replace(publication, now);
            }
            if (failure != null) {
                throw failure;
            }
            pauseOrGiveUp(written.status(), attempt);
        }
    }

    private String replace(Publication publication, Optional<StoredManifest> now)
            throws IOException, InterruptedException {
        if (!options.overwriteOnConflict()) {
            throw conflict(now);
        }
        log("Replacing what " + publisher(now) + " published to " + store.location() + " meanwhile");
        return store.put(options.manifest(), publication, new Condition.Always())
                .etag();
    }

    private void pauseOrGiveUp(WriteResult.Status status, int attempt) throws StoreException, InterruptedException {
        boolean busy = status == WriteResult.Status.BUSY;
        if (attempt == (busy ? MAX_BUSY : MAX_REFUSED)) {
            throw new StoreException("Not published: " + store.location()
                    + (busy
                            ? " stays busy with another write; production is built, so publish again later."
                            : " refuses a conditional write although nothing has changed there: if this store does not"
                                    + " know If-Match, publish with onConflict: overwrite (--on-conflict overwrite)."));
        }
        log(store.location() + (busy ? ": another write is under way" : ": the store says that it has changed")
                + "; looking again");
        Thread.sleep(ThreadLocalRandom.current().nextLong(PAUSE_MILLIS / 2, PAUSE_MILLIS + 1) * attempt);
    }

    private static boolean isOurs(Publication publication, Optional<StoredManifest> now) {
        return now.map(StoredManifest::publication)
                .filter(there -> Objects.equals(there.id(), publication.id()))
                .isPresent();
    }

    private boolean verify(Publication publication) throws IOException, InterruptedException {
        Optional<StoredManifest> now = store.head();
        if (isOurs(publication, now)) {
            return true;
        }
        log("Warning: " + store.location() + " no longer holds what was just published, but "
                + (now.isEmpty() ? "nothing" : "what " + publisher(now) + " published")
                + ": either another deploy followed at once, or this store ignores If-Match and If-None-Match;"
                + " if so, let no two deploys run at a time.");
        return false;
    }

    private ManifestConflict conflict(Optional<StoredManifest> now) {
        return new ManifestConflict(
                store.location(),
                now.isEmpty()
                        ? "the manifest there was deleted"
                        : publisher(now) + " published another manifest there"
                                + (now.get().lastModified() == null
                                        ? ""
                                        : " at " + now.get().lastModified()));
    }

    private static String publisher(Optional<StoredManifest> now) {
        Publication publication = now.map(StoredManifest::publication).orElse(null);
        return publication == null ? "somebody" : publication.publisher();
    }

    private void log(String line) {
        store.agent().log().accept(line);
    }
}
