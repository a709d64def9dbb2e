package io.jenkins.plugins.dbtslim.jenkins.store;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.io.AtomicFile;
import io.jenkins.plugins.dbtslim.jenkins.store.KeptManifests.Kept;
import io.jenkins.plugins.dbtslim.store.Agent;
import io.jenkins.plugins.dbtslim.store.Condition;
import io.jenkins.plugins.dbtslim.store.FetchedManifest;
import io.jenkins.plugins.dbtslim.store.ManifestCallables;
import io.jenkins.plugins.dbtslim.store.ManifestLocation;
import io.jenkins.plugins.dbtslim.store.ManifestStore;
import io.jenkins.plugins.dbtslim.store.ProjectIdentity;
import io.jenkins.plugins.dbtslim.store.Provenance;
import io.jenkins.plugins.dbtslim.store.Publication;
import io.jenkins.plugins.dbtslim.store.ReceivedFile;
import io.jenkins.plugins.dbtslim.store.StoredManifest;
import io.jenkins.plugins.dbtslim.store.WriteResult;
import io.jenkins.plugins.dbtslim.store.transfer.Digests;
import io.jenkins.plugins.dbtslim.store.transfer.StoreException;
import io.jenkins.plugins.dbtslim.store.transfer.TransferLimits;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPOutputStream;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * A job as a store: production's manifest is the last one that a build of it published, whatever became of the build.
 */
@Restricted(NoExternalUse.class)
public final class KeptManifestStore implements ManifestStore {
    // Writers of one job are builds of one controller.
    private static final Map<ManifestLocation, Object> LOCKS = new ConcurrentHashMap<>();

    private final ManifestLocation location;
    private final KeptManifests manifests;
    private final Integer build;
    private final Agent agent;

    /**
     * The store of one job.
     *
     * @param build number of the build of this job that publishes, or null when a build of another job reads
     */
    public KeptManifestStore(
            ManifestLocation location, KeptManifests manifests, @CheckForNull Integer build, Agent agent) {
        this.location = location;
        this.manifests = manifests;
        this.build = build;
        this.agent = agent;
    }

    @Override
    public ManifestLocation location() {
        return location;
    }

    @Override
    public ManifestStore at(ManifestLocation other) throws StoreException {
        throw new StoreException("No history is written at " + location + ": leave history out.");
    }

    @Override
    public Agent agent() {
        return agent;
    }

    @Override
    public Optional<StoredManifest> head() throws IOException {
        return manifests.production().map(this::stored);
    }

    private StoredManifest stored(Kept kept) {
        return new StoredManifest(
                location,
                "\"" + kept.publication().sha256() + "\"",
                "#" + kept.build(),
                kept.at().toString(),
                kept.file().toFile().length(),
                kept.publication());
    }

    @Override
    public Optional<FetchedManifest> fetch(String destination) throws IOException, InterruptedException {
        Optional<Kept> kept = manifests.production();
        if (kept.isEmpty()) {
            return Optional.empty();
        }
        StoredManifest stored = stored(kept.get());
        String digest = stored.publication().sha256();
        if (digest.equals(agent.act(new ManifestCallables.LocalDigest(destination)))) {
            Provenance known = agent.act(new ManifestCallables.Known(destination, stored, digest));
            if (known != null) {
                return Optional.of(new FetchedManifest(known, false));
            }
        }
        String copy = AtomicFile.sentTo(destination);
        agent.send(kept.get().file(), copy);
        return Optional.of(
                new FetchedManifest(agent.act(new ManifestCallables.AcceptGzip(copy, destination, stored)), true));
    }

    @Override
    public Optional<ProjectIdentity> peek() throws IOException {
        return manifests.production().map(kept -> kept.publication().identity());
    }

    @Override
    public WriteResult put(String manifest, Publication publication, Condition condition)
            throws IOException, InterruptedException {
        if (build == null) {
            throw new StoreException("Not published: a build publishes to its own job only, and " + location
                    + " is another job; name the job of this build.");
        }
        try (AtomicFile filled = manifests.open(publication)) {
            bring(manifest, publication, filled.temporary());
            synchronized (LOCKS.computeIfAbsent(location, key -> new Object())) {
                if (!holds(condition)) {
                    return new WriteResult(WriteResult.Status.CHANGED, null);
                }
                manifests.keep(build, filled, publication);
            }
            return new WriteResult(WriteResult.Status.DONE, "\"" + publication.sha256() + "\"");
        }
    }

    private boolean holds(Condition condition) throws IOException {
        Optional<StoredManifest> there = head();
        if (condition instanceof Condition.Absent) {
            return there.isEmpty();
        }
        return !(condition instanceof Condition.Unchanged unchanged)
                || (there.isPresent() && unchanged.etag().equals(there.get().etag()));
    }

    private void bring(String manifest, Publication publication, Path filled) throws IOException, InterruptedException {
        MessageDigest digest = Digests.sha256();
        try (OutputStream packed = new GZIPOutputStream(Files.newOutputStream(filled), 64 * 1024)) {
            agent.bring(manifest, new Measured(packed, digest));
        }
        if (!Digests.hex(digest).equals(publication.sha256())) {
            throw new StoreException("Not published: " + manifest + " changed while it was read; publish again.");
        }
    }

    /** Digests what passes, and keeps an agent from filling this disk. */
    private final class Measured extends FilterOutputStream {
        private final MessageDigest digest;
        private long size;

        Measured(OutputStream out, MessageDigest digest) {
            super(out);
            this.digest = digest;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            size += length;
            ReceivedFile.checkSize(location.toString(), size, TransferLimits.DEFAULT.maxBytes());
            digest.update(bytes, offset, length);
            out.write(bytes, offset, length);
        }
    }
}
