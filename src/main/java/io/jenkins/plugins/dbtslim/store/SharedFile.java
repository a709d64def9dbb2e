package io.jenkins.plugins.dbtslim.store;

import io.jenkins.plugins.dbtslim.io.FileErrors;
import io.jenkins.plugins.dbtslim.io.JsonObject;
import io.jenkins.plugins.dbtslim.io.UserException;
import io.jenkins.plugins.dbtslim.io.UserPath;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A file as a store: its digest is its ETag, conditional writes hold a lock (a lock file beside it, for other
 * processes), and the publisher's notes lie in {@code <name>.publication.json}, which names the digest that it is for.
 */
final class SharedFile {
    // A file lock belongs to the whole JVM, so threads need one of their own.
    private static final Map<Path, ReentrantLock> LOCKS = new ConcurrentHashMap<>();

    private static final String NOTED_FOR = "stored-sha256";

    private final ManifestLocation location;
    private final Path file;

    SharedFile(ManifestLocation location) throws UserException {
        this.location = location;
        this.file = UserPath.of("The location " + location, location.path())
                .toAbsolutePath()
                .normalize();
    }

    /** Null when there is none. */
    StoredManifest head() throws IOException {
        try {
            if (!Files.exists(file)) {
                return null;
            }
            String digest = Digests.sha256(file);
            return new StoredManifest(
                    location,
                    "\"" + digest + "\"",
                    null,
                    Files.getLastModifiedTime(file).toInstant().toString(),
                    Files.size(file),
                    noted(digest));
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw cannot("read", e);
        }
    }

    // Notes of another content are of no use: the file was replaced by hand, or just now.
    private Publication noted(String digest) {
        try {
            Map<String, String> noted = JsonObject.read(notes()).scalars();
            return digest.equals(noted.get(NOTED_FOR)) ? Publication.fromMetadata(noted) : null;
        } catch (IOException e) {
            return null;
        }
    }

    /** Null when there is none. */
    FetchedManifest fetch(Path goal) throws IOException {
        StoredManifest stored = head();
        if (stored == null) {
            return null;
        }
        Provenance known = new IsKnownCallable(goal.toString(), location.toString())
                .run(line -> {})
                .provenance();
        if (known != null && known.etag().equals(stored.etag())) {
            return new FetchedManifest(known, false);
        }
        try (GoalFile copy = new GoalFile(goal)) {
            try (InputStream in = open()) {
                Files.copy(in, copy.temporary(), StandardCopyOption.REPLACE_EXISTING);
            } catch (NoSuchFileException e) {
                return null;
            } catch (IOException e) {
                throw cannot("copy", e);
            }
            String digest = Digests.sha256(copy.temporary());
            // The file may have been replaced between looking and copying: say what was copied.
            StoredManifest copied = location.isGzip() || stored.etag().equals("\"" + digest + "\"")
                    ? stored
                    : new StoredManifest(location, "\"" + digest + "\"", null, stored.lastModified(), 0, null);
            return new FetchedManifest(copy.accept(copied, digest), true);
        }
    }

    private InputStream open() throws IOException {
        InputStream in = Files.newInputStream(file);
        return location.isGzip() ? new GZIPInputStream(in, 64 * 1024) : in;
    }

    /** Null when it cannot be told. */
    ProjectIdentity peek() {
        return ManifestCheck.identify(file);
    }

    WriteResult put(Path manifest, Publication publication, Condition condition) throws IOException {
        try {
            Files.createDirectories(file.resolveSibling(""));
        } catch (IOException e) {
            throw cannot("write", e);
        }
        ReentrantLock threads = LOCKS.computeIfAbsent(file, key -> new ReentrantLock());
        threads.lock();
        try (FileChannel channel = FileChannel.open(
                        file.resolveSibling("." + file.getFileName() + ".lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            return lock.isValid() && holds(condition)
                    ? write(manifest, publication)
                    : new WriteResult(WriteResult.Status.CHANGED, null);
        } catch (StoreException e) {
            throw e;
        } catch (IOException e) {
            throw cannot("write", e);
        } finally {
            threads.unlock();
        }
    }

    private boolean holds(Condition condition) throws IOException {
        if (condition instanceof Condition.Absent) {
            return !Files.exists(file);
        }
        if (condition instanceof Condition.Unchanged unchanged) {
            return Files.exists(file) && unchanged.etag().equals("\"" + Digests.sha256(file) + "\"");
        }
        return true;
    }

    private WriteResult write(Path manifest, Publication publication) throws IOException {
        Path temporary = FileErrors.temporaryBeside(file);
        try {
            try (OutputStream out = location.isGzip()
                    ? new GZIPOutputStream(Files.newOutputStream(temporary), 64 * 1024)
                    : Files.newOutputStream(temporary)) {
                Files.copy(manifest, out);
            }
            String digest = Digests.sha256(temporary);
            FileErrors.move(temporary, file);
            Map<String, Object> noted = new LinkedHashMap<>(publication.toMetadata());
            noted.put(NOTED_FOR, digest);
            JsonObject.write(notes(), noted);
            return new WriteResult(WriteResult.Status.DONE, "\"" + digest + "\"");
        } finally {
            FileErrors.deleteQuietly(temporary);
        }
    }

    private Path notes() {
        return file.resolveSibling(file.getFileName() + ".publication.json");
    }

    private StoreException cannot(String verb, IOException e) {
        return new StoreException("Cannot " + verb + " " + location + ": " + FileErrors.reason(e) + ".");
    }
}
