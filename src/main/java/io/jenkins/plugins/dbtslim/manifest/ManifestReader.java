package io.jenkins.plugins.dbtslim.manifest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
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
        return ManifestInput.read(file, limits, parser -> new ManifestPass(file, parser, limits).read());
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

    private static Metadata findMetadata(JsonParser parser) throws IOException {
        String key;
        while ((key = parser.nextFieldName()) != null) {
            JsonToken value = parser.nextToken();
            if ("metadata".equals(key) && value != null) {
                return MetadataReader.read(parser);
            }
            parser.skipChildren();
        }
        throw new ManifestException("is no dbt manifest: it has no metadata");
    }
}
