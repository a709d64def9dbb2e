package io.jenkins.plugins.dbtslim.manifest;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Two manifests that are to be compared, read side by side.
 *
 * @param state what production was built from
 * @param current the project now
 */
public record ManifestPair(Manifest state, Manifest current) {
    /** Bytes from which a thread of its own pays. */
    private static final long BIG = 1 << 20;

    /**
     * Reads both files, big ones at the same time.
     *
     * @throws ManifestException one sentence with the file, what is wrong, and where
     */
    public static ManifestPair read(Path state, Path current) throws ManifestException {
        return read(state, current, ReadLimits.defaults());
    }

    /**
     * Reads both files within limits, big ones at the same time.
     *
     * @throws ManifestException one sentence with the file, what is wrong, and where
     */
    public static ManifestPair read(Path state, Path current, ReadLimits limits) throws ManifestException {
        CompletableFuture<Manifest> other = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return ManifestReader.read(state, limits);
                    } catch (ManifestException e) {
                        throw new CompletionException(e);
                    }
                },
                task -> {
                    if (state.toFile().length() < BIG) {
                        task.run();
                    } else {
                        new Thread(task, "read " + state.getFileName()).start();
                    }
                });
        Manifest now = ManifestReader.read(current, limits);
        try {
            return new ManifestPair(other.join(), now);
        } catch (CompletionException e) {
            if (e.getCause() instanceof ManifestException unreadable) {
                throw unreadable;
            }
            throw e;
        }
    }
}
