package io.jenkins.plugins.dbtslim.store;

import io.jenkins.plugins.dbtslim.store.transfer.BrokenTransfer;
import io.jenkins.plugins.dbtslim.store.transfer.Digests;
import io.jenkins.plugins.dbtslim.store.transfer.Reply;
import io.jenkins.plugins.dbtslim.store.transfer.Sink;
import io.jenkins.plugins.dbtslim.store.transfer.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/**
 * A manifest on its way into a file: counts and digests the bytes as they come, unpacks gzip, and compares length and
 * checksum (our own SHA-256 where the publisher noted it, else the MD5 that the store names).
 */
public final class ReceivedFile implements Sink, AutoCloseable {
    private final Path file;
    private final ManifestLocation location;
    private final long maxBytes;
    private FileChannel channel;
    private MessageDigest sha256;
    private MessageDigest md5;
    private Reply reply;
    private long received;
    private String digest;

    public ReceivedFile(Path file, ManifestLocation location, long maxBytes) {
        this.file = file;
        this.location = location;
        this.maxBytes = maxBytes;
    }

    /** SHA-256 of the file as plain JSON, once it is complete. */
    public String digest() {
        return digest;
    }

    @Override
    public void begin(Reply head) throws IOException {
        close();
        reply = head;
        received = 0;
        sha256 = Digests.sha256();
        md5 = Publication.fromMetadata(ObjectHeaders.metadata(head)) == null && expectedMd5() != null
                ? Digests.md5()
                : null;
        checkSize(head.length());
        try {
            channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        } catch (IOException e) {
            throw disk(e);
        }
    }

    private String expectedMd5() {
        return ObjectHeaders.md5(location, reply);
    }

    private void checkSize(long size) throws StoreException {
        checkSize(location.toString(), size, maxBytes);
    }

    public static void checkSize(String name, long size, long maxBytes) throws StoreException {
        if (size > maxBytes) {
            throw new StoreException(name + " has more than " + maxBytes
                    + " bytes, which is more than a manifest may have: check the location.");
        }
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        received += bytes.remaining();
        checkSize(received);
        sha256.update(bytes.duplicate());
        if (md5 != null) {
            md5.update(bytes.duplicate());
        }
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw disk(e);
        }
    }

    @Override
    public void end() throws IOException {
        close();
        long length = reply.length();
        if (length >= 0 && length != received) {
            throw new BrokenTransfer("got " + received + " bytes instead of " + length);
        }
        if (md5 != null && !Digests.hex(md5).equals(expectedMd5())) {
            throw new BrokenTransfer("the checksum differs: what came is not what is stored (MD5)");
        }
        digest = Gzip.isPacked(file) ? unpack() : Digests.hex(sha256);
        Publication publication = Publication.fromMetadata(ObjectHeaders.metadata(reply));
        if (publication != null && !publication.sha256().equals(digest)) {
            throw new BrokenTransfer("the checksum differs: what came is not what was published (SHA-256)");
        }
    }

    private String unpack() throws IOException {
        Path unpacked = file.resolveSibling(file.getFileName() + ".json");
        String plain = Gzip.unpack(file, unpacked, location.toString(), maxBytes);
        Files.move(unpacked, file, StandardCopyOption.REPLACE_EXISTING);
        return plain;
    }

    private StoreException disk(IOException e) {
        return StoreException.cannotWrite(location.toString(), file, e);
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
