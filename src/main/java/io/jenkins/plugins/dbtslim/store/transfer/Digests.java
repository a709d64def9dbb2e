package io.jenkins.plugins.dbtslim.store.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** Digests as lower case hexadecimal. */
public final class Digests {
    private static final int BUFFER = 128 * 1024;

    private Digests() {}

    public static MessageDigest sha256() {
        return get("SHA-256");
    }

    /** Only to compare with the ETag of a plain S3 object, which is an MD5. */
    public static MessageDigest md5() {
        return get("MD5");
    }

    private static MessageDigest get(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Of bytes. */
    public static String hex(MessageDigest digest, byte[] bytes) {
        return HexFormat.of().formatHex(digest.digest(bytes));
    }

    public static String sha256(Path file) throws IOException {
        return hex(of(file, sha256()));
    }

    private static MessageDigest of(Path file, MessageDigest digest) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[BUFFER];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
        return digest;
    }

    /** The header Content-MD5 of a file, by which a store refuses what was damaged on the way. */
    public static String contentMd5(Path file) throws IOException {
        return Base64.getEncoder().encodeToString(of(file, md5()).digest());
    }
}
