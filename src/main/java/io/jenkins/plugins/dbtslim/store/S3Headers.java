package io.jenkins.plugins.dbtslim.store;

import io.jenkins.plugins.dbtslim.store.transfer.Reply;
import java.time.DateTimeException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;

/** Reads the headers of an S3 reply. */
public final class S3Headers {
    private static final String METADATA = "x-amz-meta-";

    private S3Headers() {}

    /** The object's metadata, names without S3's prefix. */
    static Map<String, String> metadata(Reply reply) {
        Map<String, String> metadata = new HashMap<>();
        reply.headers().forEach((name, value) -> {
            if (name.startsWith(METADATA)) {
                metadata.put(name.substring(METADATA.length()), value);
            }
        });
        return metadata;
    }

    public static StoredManifest stored(ManifestLocation location, Reply reply) {
        return new StoredManifest(
                location,
                reply.header("etag"),
                reply.header("x-amz-version-id"),
                lastModified(reply),
                reply.length(),
                Publication.fromMetadata(metadata(reply)));
    }

    private static String lastModified(Reply reply) {
        String header = reply.header("last-modified");
        if (header == null) {
            return null;
        }
        try {
            return ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant()
                    .toString();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
