package io.jenkins.plugins.dbtslim.store;

import io.jenkins.plugins.dbtslim.store.transfer.StoreException;
import java.io.IOException;
import java.util.Optional;

/**
 * One place where a manifest lives. What all places share (what to do when nothing is there, how old it may be, whose
 * it is, what a conflict means) is decided by {@link ManifestFetch} and {@link ManifestPublish}; a new kind of place
 * needs only this. Failures are {@link StoreException}s with one sentence for the user.
 */
public interface ManifestStore {
    /** Where. */
    ManifestLocation location();

    /** The store at another location of the same kind, such as the history beside this one. */
    ManifestStore at(ManifestLocation other) throws StoreException;

    /** What lies there now; empty when nothing does. */
    Optional<StoredManifest> head() throws IOException, InterruptedException;

    /**
     * Brings it to that file, checked, with its provenance beside it, or leaves the file alone when it is that already.
     * Empty when nothing is there.
     *
     * @param destination absolute path where the files lie
     */
    Optional<FetchedManifest> fetch(String destination) throws IOException, InterruptedException;

    /**
     * Brings what lies there to that file as it is, for what travels beside a manifest; tells whether something lay there.
     * A store that keeps manifests only has nothing else.
     */
    default boolean bring(String destination) throws IOException, InterruptedException {
        return false;
    }

    /** Whether other files than manifests can be put beside one. */
    default boolean keepsCompanions() {
        return false;
    }

    /** Whose manifest lies there, read from its first bytes; empty when that cannot be told. */
    Optional<ProjectIdentity> peek() throws IOException, InterruptedException;

    /**
     * Writes a manifest there if the condition holds.
     *
     * @param manifest absolute path where the files lie, of a checked manifest as plain JSON
     */
    WriteResult put(String manifest, Publication publication, Condition condition)
            throws IOException, InterruptedException;

    /** Runs callables where the files lie. */
    Agent agent();
}
