package io.jenkins.plugins.dbtslim.store;

import io.jenkins.plugins.dbtslim.io.FileErrors;
import io.jenkins.plugins.dbtslim.store.transfer.BrokenTransfer;
import io.jenkins.plugins.dbtslim.store.transfer.Digests;
import io.jenkins.plugins.dbtslim.store.transfer.StoreException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Unpacks manifests that are kept compressed. */
public final class Gzip {
    private static final int MAGIC = 0x1f8b;
    private static final int BUFFER = 128 * 1024;

    private Gzip() {}

    /** Whether a file is packed, by its first bytes. */
    public static boolean isPacked(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return (in.read() << 8 | in.read()) == MAGIC;
        }
    }

    /**
     * Unpacks into a file, which is removed again when that fails.
     *
     * @param name of what is unpacked, for messages
     * @param maxBytes of the result
     * @return SHA-256 of the result
     */
    public static String unpack(Path packed, Path plain, String name, long maxBytes) throws IOException {
        MessageDigest digest = Digests.sha256();
        try (InputStream in = new GZIPInputStream(Files.newInputStream(packed), 64 * 1024);
                OutputStream out = new DigestOutputStream(Files.newOutputStream(plain), digest)) {
            byte[] buffer = new byte[BUFFER];
            long size = 0;
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                size += n;
                ReceivedFile.checkSize(name, size, maxBytes);
                out.write(buffer, 0, n);
            }
        } catch (ZipException | EOFException e) {
            FileErrors.deleteQuietly(plain);
            throw new BrokenTransfer("its gzip data is damaged or cut off");
        } catch (StoreException e) {
            FileErrors.deleteQuietly(plain);
            throw e;
        } catch (IOException e) {
            FileErrors.deleteQuietly(plain);
            throw StoreException.cannotWrite(name, plain, e);
        }
        return Digests.hex(digest);
    }
}
