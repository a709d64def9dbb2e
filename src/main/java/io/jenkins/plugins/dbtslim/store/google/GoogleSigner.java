package io.jenkins.plugins.dbtslim.store.google;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.store.Condition;
import io.jenkins.plugins.dbtslim.store.ManifestLocation;
import io.jenkins.plugins.dbtslim.store.object.Endpoint;
import io.jenkins.plugins.dbtslim.store.object.RequestSigner;
import io.jenkins.plugins.dbtslim.store.object.StoreAnswers;
import io.jenkins.plugins.dbtslim.store.object.StoreLogin;
import io.jenkins.plugins.dbtslim.store.transfer.Digests;
import io.jenkins.plugins.dbtslim.store.transfer.SignedRequest;
import io.jenkins.plugins.dbtslim.store.transfer.StoreException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Signs URLs for Google Cloud Storage's XML API with an HMAC key, by Google's own form of Amazon's version 4. Amazon's form,
 * which that API knows as well, would not do: it refuses {@code x-amz-*} beside {@code x-goog-*} headers, and only {@code
 * x-goog-if-generation-match} makes a write conditional there ({@code If-Match} is for reads).
 */
public final class GoogleSigner implements RequestSigner {
    private static final String ALGORITHM = "GOOG4-HMAC-SHA256";
    private static final URI GOOGLE = URI.create("https://storage.googleapis.com");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final StoreLogin key;
    private final URI endpoint;
    private final Duration validity;

    GoogleSigner(StoreLogin key, URI endpoint, Duration validity) {
        this.key = key;
        this.endpoint = endpoint;
        this.validity = validity;
    }

    /**
     * Signs with the key that was named, else with that of the environment.
     *
     * @param endpoint of a store that is not Google's public one, or null
     * @param validity of each URL, at most 7 days
     */
    public static GoogleSigner of(
            @CheckForNull StoreLogin named,
            Map<String, String> environment,
            @CheckForNull String endpoint,
            Duration validity)
            throws StoreException {
        StoreLogin key = named == null
                ? StoreLogin.ofEnvironment(environment, "GS_ACCESS_KEY_ID", "GS_SECRET_ACCESS_KEY")
                : named;
        if (key == null) {
            throw new StoreException("There is no HMAC key for Google Cloud Storage: name credentials, or set"
                    + " GS_ACCESS_KEY_ID and GS_SECRET_ACCESS_KEY.");
        }
        if (key.user() == null) {
            throw new StoreException("A gs: location wants an HMAC key, and a secret text alone is in " + key + ": name"
                    + " credentials of the kind \"Username with password\" (access id and secret).");
        }
        return new GoogleSigner(key, endpoint == null ? GOOGLE : Endpoint.parse(endpoint), validity);
    }

    @Override
    public SignedRequest sign(Intent intent) throws StoreException {
        if (intent instanceof Head) {
            return sign("HEAD", intent.location(), Map.of());
        }
        if (intent instanceof Get get) {
            // Without the first header Google unpacks on the way what is stored packed, and no checksum fits.
            return sign(
                    "GET",
                    intent.location(),
                    get.firstBytes() == 0
                            ? Map.of("accept-encoding", "gzip")
                            : Map.of("accept-encoding", "gzip", "range", "bytes=0-" + (get.firstBytes() - 1)));
        }
        Put put = (Put) intent;
        Map<String, String> headers = new TreeMap<>();
        headers.put("content-type", put.location().isGzip() ? "application/gzip" : "application/json");
        if (put.contentMd5() != null) {
            headers.put("content-md5", put.contentMd5());
        }
        put.publication().toMetadata().forEach((name, value) -> headers.put("x-goog-meta-" + name, value));
        if (put.condition() instanceof Condition.Absent) {
            headers.put("x-goog-if-generation-match", "0");
        } else if (put.condition() instanceof Condition.Unchanged unchanged) {
            headers.put("x-goog-if-generation-match", unchanged.etag());
        }
        return sign("PUT", put.location(), headers);
    }

    private SignedRequest sign(String method, ManifestLocation location, Map<String, String> headers)
            throws StoreException {
        String time = TIME.format(Instant.now());
        String path = URI.create(Endpoint.base(endpoint)).getRawPath() + "/" + Endpoint.encode(location.path(), true);
        SortedMap<String, String> signed = new TreeMap<>(headers);
        signed.put("host", endpoint.getAuthority());
        String scope = time.substring(0, 8) + "/auto/storage/goog4_request";
        Map<String, String> query = new TreeMap<>(Map.of(
                "X-Goog-Algorithm",
                ALGORITHM,
                "X-Goog-Credential",
                key.user() + "/" + scope,
                "X-Goog-Date",
                time,
                "X-Goog-Expires",
                Long.toString(validity.toSeconds()),
                "X-Goog-SignedHeaders",
                String.join(";", signed.keySet())));
        String text = query.entrySet().stream()
                .map(one -> one.getKey() + "=" + Endpoint.encode(one.getValue(), false))
                .collect(Collectors.joining("&"));
        String canonical = canonical(method, path, text, signed);
        byte[] secret = ("GOOG4" + key.secret()).getBytes(StandardCharsets.UTF_8);
        for (String part : scope.split("/", -1)) {
            secret = RequestSigner.hmac(secret, part);
        }
        String toSign = String.join(
                "\n",
                ALGORITHM,
                time,
                scope,
                Digests.hex(Digests.sha256(), canonical.getBytes(StandardCharsets.UTF_8)));
        return new SignedRequest(
                location.toString(),
                method,
                endpoint.getScheme() + "://" + endpoint.getAuthority() + path + "?" + text + "&X-Goog-Signature="
                        + HexFormat.of().formatHex(RequestSigner.hmac(secret, toSign)),
                headers);
    }

    /** The request in the one form that both sides digest. */
    static String canonical(String method, String path, String query, SortedMap<String, String> headers) {
        StringBuilder lines = new StringBuilder();
        headers.forEach((name, value) ->
                lines.append(name).append(':').append(value.trim()).append('\n'));
        return String.join("\n", method, path, query, lines, String.join(";", headers.keySet()), "UNSIGNED-PAYLOAD");
    }

    @Override
    public boolean renew() {
        return true;
    }

    @Override
    public String identity() {
        return key.description();
    }

    @Override
    public StoreAnswers answers() {
        return new GoogleAnswers();
    }
}
