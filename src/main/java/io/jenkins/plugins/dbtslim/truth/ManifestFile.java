package io.jenkins.plugins.dbtslim.truth;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.manifest.Section;
import io.jenkins.plugins.dbtslim.store.Gzip;
import io.jenkins.plugins.dbtslim.store.transfer.TransferLimits;
import io.jenkins.plugins.dbtslim.truth.JsonPieces.Piece;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** A manifest as bytes: where its parts and the entries of some sections lie, to be read one at a time. */
final class ManifestFile implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final Path unpacked;
    private final RandomAccessFile file;
    private final Map<String, Piece> parts = new LinkedHashMap<>();
    private final Map<Section, Map<String, Piece>> entries = new EnumMap<>(Section.class);

    private ManifestFile(Path unpacked, RandomAccessFile file) {
        this.unpacked = unpacked;
        this.file = file;
    }

    /**
     * Goes through a manifest once.
     *
     * @param path a manifest that was read before, so that it is known to be one; plain or gzip
     * @param folder where a packed one is unpacked
     */
    static ManifestFile open(Path path, Path folder) throws IOException {
        Path unpacked = Gzip.isPacked(path) ? unpack(path, folder, TransferLimits.DEFAULT.maxBytes()) : null;
        ManifestFile manifest =
                new ManifestFile(unpacked, new RandomAccessFile((unpacked == null ? path : unpacked).toFile(), "r"));
        try (InputStream in = Files.newInputStream(unpacked == null ? path : unpacked)) {
            JsonPieces json = new JsonPieces(in);
            json.object(key -> manifest.part(key, json));
        } catch (IOException e) {
            manifest.close();
            throw e;
        }
        return manifest;
    }

    private void part(String key, JsonPieces json) throws IOException {
        for (Section section : Section.values()) {
            if (section.key().equals(key) && Fates.counts(section)) {
                Map<String, Piece> found = new HashMap<>();
                json.object(id -> found.put(id, json.skip()));
                entries.put(section, found);
                parts.put(key, null);
                return;
            }
        }
        parts.put(key, json.skip());
    }

    /** The top-level keys in the order of the file; null for the sections whose entries are known. */
    Map<String, Piece> parts() {
        return parts;
    }

    /** The bytes of an entry, or null. */
    @CheckForNull
    byte[] entry(Section section, String id) throws IOException {
        Piece piece = entries.getOrDefault(section, Map.of()).get(id);
        return piece == null ? null : bytes(piece);
    }

    private byte[] bytes(Piece piece) throws IOException {
        byte[] bytes = new byte[piece.length()];
        file.seek(piece.from());
        file.readFully(bytes);
        return bytes;
    }

    /** Copies a part, which may be of any size. */
    void copy(Piece piece, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER];
        file.seek(piece.from());
        long left = piece.to() - piece.from();
        while (left > 0) {
            int read = file.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (read < 0) {
                throw new IOException("the file changed while it was read");
            }
            out.write(buffer, 0, read);
            left -= read;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
        if (unpacked != null) {
            Files.deleteIfExists(unpacked);
        }
    }

    /** Packed, a manifest of a few bytes may fill a disk. */
    static Path unpack(Path path, Path folder, long maxBytes) throws IOException {
        Path plain = Files.createTempFile(folder, "manifest", ".json");
        Gzip.unpack(path, plain, path.toString(), maxBytes);
        return plain;
    }
}
