package io.jenkins.plugins.dbtslim.store.object;

import io.jenkins.plugins.dbtslim.store.transfer.StoreException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Addresses of object stores: what users name, and how a path is written in one. */
public final class Endpoint {
    private Endpoint() {}

    /** Reads an address that a user names. */
    public static URI parse(String text) throws StoreException {
        try {
            URI uri = URI.create(text.trim());
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (http
                    && uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getQuery() == null
                    && uri.getFragment() == null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Said below, without the text: it may hold a password.
        }
        throw new StoreException(
                "An endpoint is the URL of a store without user and query, such as https://minio.example:9000.");
    }

    /** The endpoint without a slash at its end, so that a path can follow. */
    public static String base(URI endpoint) {
        return endpoint.toString().replaceFirst("/+$", "");
    }

    /** A text as all but letters, digits and {@code - . _ ~} are written in a URL; slashes stay where it is a path. */
    public static String encode(String text, boolean path) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0);
            if (plain || (path && c == '/')) {
                encoded.append(c);
            } else {
                encoded.append('%').append(String.format("%02X", (int) c));
            }
        }
        return encoded.toString();
    }
}
