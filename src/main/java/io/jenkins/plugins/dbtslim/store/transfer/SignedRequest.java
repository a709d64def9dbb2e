package io.jenkins.plugins.dbtslim.store.transfer;

import java.io.Serializable;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One HTTP request that somebody with keys has signed: good for one object, one verb and some minutes. Plain data for
 * the journey to an agent. The URL's query is a secret and never part of {@link #toString()}.
 *
 * @param subject what is meant, for messages: {@code s3://bucket/key}
 * @param method GET, HEAD or PUT
 * @param url with the signature in its query
 * @param headers names and values that are signed and so must be sent as they are; without Host
 */
public record SignedRequest(String subject, String method, String url, SortedMap<String, String> headers)
        implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int SHORTEST_SECRET = 8;

    public SignedRequest(String subject, String method, String url, Map<String, String> headers) {
        this(subject, method, url, new TreeMap<>(headers));
    }

    /** The host and port that is called, for messages. */
    public String host() {
        URI uri = URI.create(url);
        return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
    }

    /** The text without any value of this URL's query, in case that a server or a library quotes it. */
    public String conceal(String text) {
        if (text == null) {
            return "";
        }
        String concealed = text;
        int question = url.indexOf('?');
        if (question >= 0) {
            String query = url.substring(question + 1);
            concealed = concealed.replace(query, "…");
            for (String parameter : query.split("&", -1)) {
                String value = parameter.substring(parameter.indexOf('=') + 1);
                if (value.length() >= SHORTEST_SECRET) {
                    concealed = concealed
                            .replace(value, "…")
                            .replace(URLDecoder.decode(value, StandardCharsets.UTF_8), "…");
                }
            }
        }
        return concealed;
    }

    @Override
    public String toString() {
        return method + " " + subject;
    }
}
