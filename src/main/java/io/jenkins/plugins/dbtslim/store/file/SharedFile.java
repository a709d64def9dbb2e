package io.jenkins.plugins.dbtslim.store.file;

import io.jenkins.plugins.dbtslim.io.AtomicFile;
import io.jenkins.plugins.dbtslim.io.FileErrors;
import io.jenkins.plugins.dbtslim.io.JsonObject;
import io.jenkins.plugins.dbtslim.io.UserPath;
import io.jenkins.plugins.dbtslim.store.Condition;
import io.jenkins.plugins.dbtslim.store.DestinationFile;
import io.jenkins.plugins.dbtslim.store.FetchedManifest;
import io.jenkins.plugins.dbtslim.store.Gzip;
import io.jenkins.plugins.dbtslim.store.ManifestCallables;
import io.jenkins.plugins.dbtslim.store.ManifestCheck;
import io.jenkins.plugins.dbtslim.store.ManifestLocation;
import io.jenkins.plugins.dbtslim.store.ProjectIdentity;
import io.jenkins.plugins.dbtslim.store.Provenance;
import io.jenkins.plugins.dbtslim.store.Publication;
import io.jenkins.plugins.dbtslim.store.ReceivedFile;
import io.jenkins.plugins.dbtslim.store.StoredManifest;
import io.jenkins.plugins.dbtslim.store.WriteResult;
import io.jenkins.plugins.dbtslim.store.transfer.Digests;
import io.jenkins.plugins.dbtslim.store.transfer.StoreException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.GZIPOutputStream;

/**
 * A file as a store: its digest is its ETag, conditional writes hold a lock (a lock file beside it, for other
 * processes), and the publisher's notes lie in {@code <name>.publication.json}, which names the digest that it is for.
 */
final class SharedFile {
    // A file lock belongs to the whole JVM, so threads need one of their own.
    private static final Map<Path, ReentrantLock> LOCKS = new ConcurrentHashMap<>();

    private static final int MAX_LINKS = 40;

    private static final String NOTED_FOR = "stored-sha256";

    private final ManifestLocation location;
    private final Path file;

    SharedFile(ManifestLocation location) throws IOException {
        this.location = location;
        this.file = behindLinks(UserPath.of("The location " + location, location.path())
                .toAbsolutePath()
                .normalize());
    }

    /** What a link leads to is what is replaced, and has the notes: it has the same under each of its names. */
    private Path behindLinks(Path named) throws StoreException {
        Path real = named;
        try {
            for (int links = 0; links < MAX_LINKS && Files.isSymbolicLink(real); links++) {
                real = real.resolveSibling(Files.readSymbolicLink(real));
            }
            return real;
        } catch (IOException e) {
            throw cannot("read", e);
        }
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

    /** Tells whether there is one; its copy is plain JSON and is not looked into. */
    boolean bring(Path destination, long maxBytes) throws IOException {
        try (AtomicFile copy = AtomicFile.of(destination)) {
            if (Gzip.isPacked(file)) {
                Gzip.unpack(file, copy.temporary(), location.toString(), maxBytes);
            } else {
                copy(copy.temporary(), maxBytes);
            }
            copy.commit();
            return true;
        } catch (NoSuchFileException e) {
            return false;
        } catch (StoreException e) {
            throw e;
        } catch (IOException e) {
            throw cannot("copy", e);
        }
    }

    /** Null when there is none. */
    FetchedManifest fetch(Path destination, long maxBytes) throws IOException {
        StoredManifest stored = head();
        if (stored == null) {
            return null;
        }
        String here = new ManifestCallables.LocalDigest(destination.toString()).run(line -> {});
        if (here != null && here.equals(plainDigest(stored))) {
            Provenance known = new ManifestCallables.Known(destination.toString(), stored, here).run(line -> {});
            if (known != null) {
                return new FetchedManifest(known, false);
            }
        }
        try (DestinationFile copy = new DestinationFile(destination)) {
            boolean packed;
            String digest;
            try {
                packed = Gzip.isPacked(file);
                digest = packed
                        ? Gzip.unpack(file, copy.temporary(), location.toString(), maxBytes)
                        : copy(copy.temporary(), maxBytes);
            } catch (NoSuchFileException e) {
                return null;
            } catch (StoreException e) {
                throw e;
            } catch (IOException e) {
                throw cannot("copy", e);
            }
            // The file may have been replaced between looking and copying: say what was copied.
            StoredManifest copied = packed || stored.etag().equals("\"" + digest + "\"")
                    ? stored
                    : new StoredManifest(location, "\"" + digest + "\"", null, stored.lastModified(), 0, null);
            return new FetchedManifest(copy.accept(copied, digest), true);
        }
    }

    private String copy(Path destination, long maxBytes) throws IOException {
        ReceivedFile.checkSize(location.toString(), Files.size(file), maxBytes);
        try (OutputStream out = Files.newOutputStream(destination)) {
            Files.copy(file, out);
        }
        return Digests.sha256(destination);
    }

    /** SHA-256 of the manifest as plain JSON, if that is what lies there. */
    private static String plainDigest(StoredManifest stored) {
        return stored.publication() == null
                ? stored.etag().replace("\"", "")
                : stored.publication().sha256();
    }

    /** Null when it cannot be told. */
    ProjectIdentity peek() {
        return ManifestCheck.identify(file);
    }

    WriteResult put(Path manifest, Publication publication, Condition condition) throws IOException {
        Path folder = file.resolveSibling("");
        ReentrantLock threads;
        try {
            Files.createDirectories(folder);
            Path key = folder.toRealPath().resolve(file.getFileName());
            threads = LOCKS.computeIfAbsent(key, unlocked -> new ReentrantLock());
        } catch (IOException e) {
            throw cannot("write", e);
        }
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
        try (AtomicFile filled = AtomicFile.of(file)) {
            try (OutputStream out = location.isGzip()
                    ? new GZIPOutputStream(Files.newOutputStream(filled.temporary()), 64 * 1024)
                    : Files.newOutputStream(filled.temporary())) {
                Files.copy(manifest, out);
            }
            String digest = Digests.sha256(filled.temporary());
            filled.commit();
            Map<String, Object> noted = new LinkedHashMap<>(publication.toMetadata());
            noted.put(NOTED_FOR, digest);
            JsonObject.write(notes(), noted);
            return new WriteResult(WriteResult.Status.DONE, "\"" + digest + "\"");
        }
    }

    private Path notes() {
        return file.resolveSibling(file.getFileName() + ".publication.json");
    }

    private StoreException cannot(String verb, IOException e) {
        return new StoreException("Cannot " + verb + " " + location + ": " + FileErrors.reason(e) + ".");
    }
}
