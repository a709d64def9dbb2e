package io.jenkins.plugins.dbtslim.store.transfer;

import java.io.Serializable;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * One HTTP request of somebody with keys: signed, good for one object, one verb and some minutes, or with a log-in among
 * its headers. Plain data for the journey to an agent. The URL's query and the log-in are secrets and never part of {@link
 * #toString()}.
 *
 * @param subject what is meant, for messages: {@code s3://bucket/key}
 * @param method GET, HEAD or PUT
 * @param url with the signature in its query
 * @param headers names and values that must be sent as they are; without Host
 */
public record SignedRequest(String subject, String method, String url, SortedMap<String, String> headers)
        implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int SHORTEST_SECRET = 8;
    /** What stores and their signatures want; any other header may be a log-in, whatever it is called. */
    private static final Pattern OPEN = Pattern.compile("(?i)(accept|content|if|range|x-amz|x-goog|x-ms)(-.*)?");

    public SignedRequest(String subject, String method, String url, Map<String, String> headers) {
        this(subject, method, url, new TreeMap<>(headers));
    }

    /** The host and port that is called, for messages. */
    public String host() {
        URI uri = URI.create(url);
        return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
    }

    /**
     * The same request to where the server redirects it. The log-in goes to the very host that it is for, and to none
     * after another.
     *
     * @throws StoreException if that is no https address
     */
    SignedRequest redirected(String location) throws StoreException {
        URI to;
        try {
            to = URI.create(url).resolve(location == null ? "" : location);
        } catch (IllegalArgumentException e) {
            throw new StoreException(this + ": " + host() + " redirects to what is no address: ask its administrator.");
        }
        if (!"https".equalsIgnoreCase(to.getScheme()) || to.getHost() == null || to.getUserInfo() != null) {
            throw new StoreException(this + ": " + host() + " redirects to " + to.getScheme() + "://" + to.getHost()
                    + ", and only https is followed: name the address where the manifest lies.");
        }
        SignedRequest next = new SignedRequest(subject, method, to.toString(), new TreeMap<>(headers));
        if (!next.host().equalsIgnoreCase(host())) {
            next.headers.keySet().removeIf(name -> !OPEN.matcher(name).matches());
        }
        return next;
    }

    /**
     * The text without any value of this URL's query and without the log-in, in case that a server or a library quotes
     * it.
     */
    public String conceal(String text) {
        if (text == null) {
            return "";
        }
        String concealed = text;
        for (Map.Entry<String, String> header : headers.entrySet()) {
            if (!OPEN.matcher(header.getKey()).matches()) {
                String value = header.getValue();
                for (String secret : new String[] {value, value.substring(value.indexOf(' ') + 1)}) {
                    concealed = secret.length() < SHORTEST_SECRET ? concealed : concealed.replace(secret, "…");
                }
            }
        }
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
