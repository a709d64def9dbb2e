package io.jenkins.plugins.dbtslim.store.file;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.store.AgentCallable;
import io.jenkins.plugins.dbtslim.store.Condition;
import io.jenkins.plugins.dbtslim.store.FetchedManifest;
import io.jenkins.plugins.dbtslim.store.ManifestLocation;
import io.jenkins.plugins.dbtslim.store.ProjectIdentity;
import io.jenkins.plugins.dbtslim.store.Publication;
import io.jenkins.plugins.dbtslim.store.StoredManifest;
import io.jenkins.plugins.dbtslim.store.WriteResult;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.function.Consumer;

/** What {@link FileManifestStore} asks to be done where the files lie. */
public final class FileCallables {
    private FileCallables() {}

    /**
     * A result that may be null, for the journey.
     *
     * @param value or null
     */
    public record Found<T extends Serializable>(
            @CheckForNull T value) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Look what is there.
     *
     * @param location of the file
     */
    public record Head(ManifestLocation location) implements AgentCallable<Found<StoredManifest>> {
        private static final long serialVersionUID = 1L;

        @Override
        public Found<StoredManifest> run(Consumer<String> log) throws IOException {
            return new Found<>(new SharedFile(location).head());
        }
    }

    /**
     * Copy it.
     *
     * @param location of the file
     * @param destination absolute path of the copy
     * @param maxBytes of a manifest, as stored and unpacked: more is refused
     */
    public record Fetch(ManifestLocation location, String destination, long maxBytes)
            implements AgentCallable<Found<FetchedManifest>> {
        private static final long serialVersionUID = 1L;

        @Override
        public Found<FetchedManifest> run(Consumer<String> log) throws IOException {
            return new Found<>(new SharedFile(location).fetch(Path.of(destination), maxBytes));
        }
    }

    /**
     * Copy what is no manifest.
     *
     * @param location of the file
     * @param destination absolute path of the copy
     * @param maxBytes unpacked: more is refused
     */
    record Bring(ManifestLocation location, String destination, long maxBytes) implements AgentCallable<Boolean> {
        private static final long serialVersionUID = 1L;

        @Override
        public Boolean run(Consumer<String> log) throws IOException {
            return new SharedFile(location).bring(Path.of(destination), maxBytes);
        }
    }

    /**
     * See whose it is.
     *
     * @param location of the file
     */
    public record Peek(ManifestLocation location) implements AgentCallable<Found<ProjectIdentity>> {
        private static final long serialVersionUID = 1L;

        @Override
        public Found<ProjectIdentity> run(Consumer<String> log) throws IOException {
            return new Found<>(new SharedFile(location).peek());
        }
    }

    /**
     * Write it.
     *
     * @param location of the file
     * @param manifest absolute path of what to write
     * @param publication to be noted
     * @param condition that must hold
     */
    public record Put(ManifestLocation location, String manifest, Publication publication, Condition condition)
            implements AgentCallable<WriteResult> {
        private static final long serialVersionUID = 1L;

        @Override
        public WriteResult run(Consumer<String> log) throws IOException {
            return new SharedFile(location).put(Path.of(manifest), publication, condition);
        }
    }
}
