package io.jenkins.plugins.dbtslim.store.file;

import io.jenkins.plugins.dbtslim.store.Agent;
import io.jenkins.plugins.dbtslim.store.Condition;
import io.jenkins.plugins.dbtslim.store.FetchedManifest;
import io.jenkins.plugins.dbtslim.store.ManifestLocation;
import io.jenkins.plugins.dbtslim.store.ManifestStore;
import io.jenkins.plugins.dbtslim.store.ProjectIdentity;
import io.jenkins.plugins.dbtslim.store.Publication;
import io.jenkins.plugins.dbtslim.store.StoredManifest;
import io.jenkins.plugins.dbtslim.store.WriteResult;
import io.jenkins.plugins.dbtslim.store.transfer.TransferLimits;
import java.io.IOException;
import java.util.Optional;

/** A manifest on a disk that the machine with the files sees, with the same promises as one in a bucket. */
public final class FileManifestStore implements ManifestStore {
    private final ManifestLocation location;
    private final Agent carrier;
    private final long maxBytes;

    /** A relative location is one of the carrier's working directory. */
    public FileManifestStore(ManifestLocation location, Agent carrier) {
        this(location, carrier, TransferLimits.DEFAULT.maxBytes());
    }

    public FileManifestStore(ManifestLocation location, Agent carrier, long maxBytes) {
        this.location = location;
        this.carrier = carrier;
        this.maxBytes = maxBytes;
    }

    @Override
    public ManifestLocation location() {
        return location;
    }

    @Override
    public ManifestStore at(ManifestLocation other) {
        return new FileManifestStore(other, carrier, maxBytes);
    }

    @Override
    public Agent carrier() {
        return carrier;
    }

    @Override
    public Optional<StoredManifest> head() throws IOException, InterruptedException {
        return Optional.ofNullable(
                carrier.carry(new FileCallables.Head(location)).value());
    }

    @Override
    public Optional<FetchedManifest> fetch(String goal) throws IOException, InterruptedException {
        return Optional.ofNullable(
                carrier.carry(new FileCallables.Fetch(location, goal, maxBytes)).value());
    }

    @Override
    public boolean keepsCompanions() {
        return true;
    }

    @Override
    public boolean bring(String goal) throws IOException, InterruptedException {
        return carrier.carry(new FileCallables.Bring(location, goal, maxBytes));
    }

    @Override
    public Optional<ProjectIdentity> peek() throws IOException, InterruptedException {
        return Optional.ofNullable(
                carrier.carry(new FileCallables.Peek(location)).value());
    }

    @Override
    public WriteResult put(String manifest, Publication publication, Condition condition)
            throws IOException, InterruptedException {
        return carrier.carry(new FileCallables.Put(location, manifest, publication, condition));
    }
}
