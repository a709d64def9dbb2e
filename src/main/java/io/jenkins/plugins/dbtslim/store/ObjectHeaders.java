package io.jenkins.plugins.dbtslim.store;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.store.transfer.Reply;
import java.time.DateTimeException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the headers of an object store's reply: S3, Google Cloud Storage and Azure Blob Storage name the same things apart. */
public final class ObjectHeaders {
    private static final Pattern METADATA = Pattern.compile("x-(amz|goog|ms)-meta-(.*)");
    private static final Pattern HEX = Pattern.compile("\"?([0-9a-f]{32})\"?");
    private static final Pattern BASE64 = Pattern.compile("(?:.*md5=)?([A-Za-z0-9+/]{22}==).*");

    private ObjectHeaders() {}

    /** The object's metadata, names without the store's prefix; Azure's have underscores where ours have dashes. */
    static Map<String, String> metadata(Reply reply) {
        Map<String, String> metadata = new HashMap<>();
        reply.headers().forEach((name, value) -> {
            Matcher matcher = METADATA.matcher(name);
            if (matcher.matches()) {
                metadata.put(matcher.group(2).replace('_', '-'), value);
            }
        });
        return metadata;
    }

    /** What the store names that very content by, as a conditional write wants it: Google a generation, others an ETag. */
    public static String etag(Reply reply) {
        String generation = reply.header("x-goog-generation");
        String etag = generation == null ? reply.header("etag") : generation;
        return etag == null ? String.valueOf(reply.header("last-modified")) : etag;
    }

    public static StoredManifest stored(ManifestLocation location, Reply reply) {
        String version = reply.header("x-amz-version-id");
        return new StoredManifest(
                location,
                etag(reply),
                version == null ? reply.header("x-ms-version-id") : version,
                lastModified(reply),
                reply.wholeLength(),
                Publication.fromMetadata(metadata(reply)));
    }

    /** MD5 of what is stored, as hexadecimal, where the store tells it; a web server's ETag may be anything. */
    @CheckForNull
    static String md5(ManifestLocation location, Reply reply) {
        return switch (location.scheme()) {
            case "s3" -> etagMd5(reply);
            case "gs" -> base64(reply.header("x-goog-hash"));
            case "az" -> base64(reply.header("content-md5"));
            default -> null;
        };
    }

    // Not an MD5: of uploads in parts (has a dash), under SSE-KMS and SSE-C, and in directory buckets.
    private static String etagMd5(Reply reply) {
        String encryption = reply.headers().getOrDefault("x-amz-server-side-encryption", "AES256");
        Matcher matcher = HEX.matcher(reply.headers().getOrDefault("etag", ""));
        return encryption.equals("AES256")
                        && !reply.headers().containsKey("x-amz-server-side-encryption-customer-algorithm")
                        && matcher.matches()
                ? matcher.group(1)
                : null;
    }

    private static String base64(String header) {
        Matcher matcher = BASE64.matcher(header == null ? "" : header);
        return matcher.matches() ? HexFormat.of().formatHex(Base64.getDecoder().decode(matcher.group(1))) : null;
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
