package io.jenkins.plugins.dbtslim.store;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.manifest.ManifestException;
import io.jenkins.plugins.dbtslim.manifest.ManifestReader;
import io.jenkins.plugins.dbtslim.manifest.Metadata;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Says whether a file is a whole dbt manifest as dbt reads it, and of which project. */
public final class ManifestCheck {
    private static final byte[] GZIP = {0x1f, (byte) 0x8b};

    private ManifestCheck() {}

    /** Plain JSON only: dbt unpacks nothing. The messages begin with the file. */
    static Metadata check(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            if (Arrays.equals(in.readNBytes(GZIP.length), GZIP)) {
                throw new ManifestException(file + " is packed with gzip: unpack it first, dbt reads plain JSON");
            }
        }
        return ManifestReader.check(file);
    }

    /** That of a copy of what lies at a store: our publisher has read all of it, so its SHA-256 needs no second look. */
    static Metadata metadata(Path file, StoredManifest from, String sha256) throws IOException {
        boolean known =
                from.publication() != null && from.publication().sha256().equals(sha256);
        return known ? ManifestReader.readMetadata(file) : check(file);
    }

    /** Whose manifest a file is, or the beginning of one; null when that cannot be told. */
    @CheckForNull
    public static ProjectIdentity identify(Path file) {
        try {
            Metadata metadata = ManifestReader.readMetadata(file);
            return new ProjectIdentity(metadata.projectName(), metadata.adapterType());
        } catch (ManifestException e) {
            return null;
        }
    }
}
