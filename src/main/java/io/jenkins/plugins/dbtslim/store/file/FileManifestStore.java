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
    private final Agent agent;
    private final long maxBytes;

    /** A relative location is one of the agent's working directory. */
    public FileManifestStore(ManifestLocation location, Agent agent) {
        this(location, agent, TransferLimits.DEFAULT.maxBytes());
    }

    public FileManifestStore(ManifestLocation location, Agent agent, long maxBytes) {
        this.location = location;
        this.agent = agent;
        this.maxBytes = maxBytes;
    }

    @Override
    public ManifestLocation location() {
        return location;
    }

    @Override
    public ManifestStore at(ManifestLocation other) {
        return new FileManifestStore(other, agent, maxBytes);
    }

    @Override
    public Agent agent() {
        return agent;
    }

    @Override
    public Optional<StoredManifest> head() throws IOException, InterruptedException {
        return Optional.ofNullable(agent.act(new FileCallables.Head(location)).value());
    }

    @Override
    public Optional<FetchedManifest> fetch(String destination) throws IOException, InterruptedException {
        return Optional.ofNullable(agent.act(new FileCallables.Fetch(location, destination, maxBytes))
                .value());
    }

    @Override
    public boolean keepsCompanions() {
        return true;
    }

    @Override
    public boolean bring(String destination) throws IOException, InterruptedException {
        return agent.act(new FileCallables.Bring(location, destination, maxBytes));
    }

    @Override
    public Optional<ProjectIdentity> peek() throws IOException, InterruptedException {
        return Optional.ofNullable(agent.act(new FileCallables.Peek(location)).value());
    }

    @Override
    public WriteResult put(String manifest, Publication publication, Condition condition)
            throws IOException, InterruptedException {
        return agent.act(new FileCallables.Put(location, manifest, publication, condition));
    }
}
