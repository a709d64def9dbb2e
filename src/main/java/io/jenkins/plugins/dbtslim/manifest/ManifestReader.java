package io.jenkins.plugins.dbtslim.manifest;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Reads {@code manifest.json} of dbt 1.0 to 2.x (schemas v4 to v12), plain or gzip, in one streaming pass: keys in any
 * order, unknown keys skipped, absent optional ones as dbt's loader fills them.
 */
public final class ManifestReader {
    private ManifestReader() {}

    /**
     * Reads the index of a manifest.
     *
     * @throws ManifestException one sentence with the file, what is wrong, and where
     */
    public static Manifest read(Path file) throws ManifestException {
        return read(file, ReadLimits.defaults());
    }

    /**
     * Reads the index of a manifest within limits.
     *
     * @throws ManifestException one sentence with the file, what is wrong, and where
     */
    public static Manifest read(Path file, ReadLimits limits) throws ManifestException {
        return ManifestInput.read(file, limits, json -> {
            Manifest manifest = new ManifestPass(file, json).read();
            json.end();
            return manifest;
        });
    }

    /**
     * Reads only until the metadata is found, which in files by dbt is at once, and checks that this is a dbt manifest
     * of a known schema.
     *
     * @throws ManifestException if it is not, or is empty, cut off before the metadata, no JSON, or a web page
     */
    public static Metadata readMetadata(Path file) throws ManifestException {
        return ManifestInput.read(file, ReadLimits.defaults(), ManifestReader::findMetadata);
    }

    /**
     * Reads the metadata like {@link #readMetadata}, and checks that the whole file is JSON, with nothing kept: half a
     * manifest must not pass for one whose other half was deleted.
     *
     * @throws ManifestException one sentence with the file, what is wrong, and where
     */
    public static Metadata check(Path file) throws ManifestException {
        return ManifestInput.read(file, ReadLimits.defaults(), json -> {
            Metadata metadata = findMetadata(json);
            while (json.nextName() != null) {
                json.skip();
            }
            json.end();
            return metadata;
        });
    }

    private static Metadata findMetadata(ValueReader json) throws IOException {
        String key;
        while ((key = json.nextName()) != null) {
            if ("metadata".equals(key)) {
                return MetadataReader.read(json);
            }
            json.skip();
        }
        throw new ManifestException("is no dbt manifest: it has no metadata" + ManifestException.RIGHT_FILE);
    }
}
