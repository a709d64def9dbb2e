package io.jenkins.plugins.dbtslim.store.google;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.dbtslim.store.Cloud;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Answers signed URLs of HMAC keys as Google documents it for its XML API: signature, generations and their conditions,
 * metadata, checksums, the refusal of Amazon's headers, and that {@code If-Match} is for reads. The fake servers that exist
 * check no signature and know no condition on this way.
 */
public final class GoogleStandIn implements Cloud, AutoCloseable {
    private static final String ACCESS_ID = "GOOG1EEXAMPLEOFDBTSLIM";
    private static final String SECRET = "s3cr3t/Of+Googles/HmacKeyNeverInALog1";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'");

    private final HttpServer server;
    private final Set<String> buckets = new HashSet<>();
    private final Map<String, Stored> objects = new LinkedHashMap<>();
    private long generation = 1_700_000_000_000_000L;

    private static final class Stored {
        private final byte[] bytes;
        private final long generation;
        private final Map<String, String> headers;

        Stored(byte[] bytes, long generation, Map<String, String> headers) {
            this.bytes = bytes;
            this.generation = generation;
            this.headers = headers;
        }
    }

    /** Listens on loopback. */
    public GoogleStandIn() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "google");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", this::answer);
        server.start();
    }

    @Override
    public URI endpoint() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    @Override
    public synchronized void createBucket(String name) {
        buckets.add(name);
    }

    @Override
    public String location(String bucket, String key) {
        return "gs://" + bucket + "/" + key;
    }

    @Override
    public Map<String, String> environment() {
        return Map.of("GS_ACCESS_KEY_ID", ACCESS_ID, "GS_SECRET_ACCESS_KEY", SECRET);
    }

    @Override
    public List<String> secrets() {
        return List.of(SECRET, ACCESS_ID, "X-Goog-Signature");
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        try (exchange) {
            String problem = problem(exchange);
            if (problem != null) {
                error(exchange, problem.equals("ExcessHeaderValues") ? 400 : 403, problem);
                return;
            }
            String path = exchange.getRequestURI().getPath().substring(1);
            synchronized (this) {
                if (!buckets.contains(path.replaceFirst("/.*", ""))) {
                    error(exchange, 404, "NoSuchBucket");
                } else if (exchange.getRequestMethod().equals("PUT")) {
                    put(exchange, path, body);
                } else {
                    get(exchange, objects.get(path));
                }
            }
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private void put(HttpExchange exchange, String path, byte[] body) throws IOException, GeneralSecurityException {
        Headers headers = exchange.getRequestHeaders();
        String md5 = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("MD5").digest(body));
        String sent = headers.getFirst("Content-MD5");
        if (sent != null && !sent.equals(md5)) {
            error(exchange, 400, "BadDigest");
            return;
        }
        Stored there = objects.get(path);
        String match = headers.getFirst("x-goog-if-generation-match");
        if (match != null && !match.equals(there == null ? "0" : Long.toString(there.generation))) {
            error(exchange, 412, "PreconditionFailed");
            return;
        }
        Map<String, String> kept = new TreeMap<>();
        headers.forEach((name, values) -> {
            if (name.toLowerCase(Locale.ROOT).matches("x-goog-meta-.*|content-type")) {
                kept.put(name, values.get(0));
            }
        });
        Stored stored = new Stored(body, ++generation, kept);
        objects.put(path, stored);
        describe(exchange, stored);
        exchange.sendResponseHeaders(200, -1);
    }

    private void get(HttpExchange exchange, Stored stored) throws IOException, GeneralSecurityException {
        if (stored == null) {
            error(exchange, 404, "NoSuchKey");
            return;
        }
        describe(exchange, stored);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(stored.bytes.length));
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        String range = exchange.getRequestHeaders().getFirst("Range");
        byte[] bytes = range == null
                ? stored.bytes
                : Arrays.copyOf(
                        stored.bytes,
                        Math.min(stored.bytes.length, Integer.parseInt(range.replace("bytes=0-", "")) + 1));
        exchange.sendResponseHeaders(range == null ? 200 : 206, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static void describe(HttpExchange exchange, Stored stored) throws GeneralSecurityException {
        byte[] md5 = MessageDigest.getInstance("MD5").digest(stored.bytes);
        Headers headers = exchange.getResponseHeaders();
        stored.headers.forEach(headers::set);
        headers.set("ETag", "\"" + HexFormat.of().formatHex(md5) + "\"");
        headers.set("x-goog-generation", Long.toString(stored.generation));
        headers.add("x-goog-hash", "crc32c=AAAAAA==");
        headers.add("x-goog-hash", "md5=" + Base64.getEncoder().encodeToString(md5));
        headers.set("Last-Modified", DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)));
    }

    private static void error(HttpExchange exchange, int status, String code) throws IOException {
        // Where a test damages the middle of a reply, that is in the words.
        byte[] body = ("<?xml version='1.0'?><Error><Code>" + code + "</Code><Message>said by the stand-in"
                        + " and so by nobody else at all, whatever you may think</Message></Error>")
                .getBytes(StandardCharsets.UTF_8);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
    }

    /** What is wrong with the signature, or null. */
    private static String problem(HttpExchange exchange) throws GeneralSecurityException {
        Headers headers = exchange.getRequestHeaders();
        List<String> names = headers.keySet().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList();
        if (names.stream().anyMatch(name -> name.startsWith("x-amz-"))) {
            return "ExcessHeaderValues";
        }
        Map<String, String> query = new TreeMap<>();
        for (String parameter :
                String.valueOf(exchange.getRequestURI().getRawQuery()).split("&", -1)) {
            query.put(parameter.replaceFirst("=.*", ""), parameter.replaceFirst("[^=]*=", ""));
        }
        String signature = query.remove("X-Goog-Signature");
        String time = query.getOrDefault("X-Goog-Date", "");
        String scope = time.replaceFirst("T.*", "") + "/auto/storage/goog4_request";
        List<String> signed = List.of(query.getOrDefault("X-Goog-SignedHeaders", "")
                .replace("%3B", ";")
                .split(";", -1));
        if (!query.getOrDefault("X-Goog-Credential", "").equals((ACCESS_ID + "/" + scope).replace("/", "%2F"))
                || names.stream().anyMatch(name -> name.startsWith("x-goog-") && !signed.contains(name))
                || !signed.contains("host")) {
            return "SignatureDoesNotMatch";
        }
        Instant end = TIME.withZone(ZoneOffset.UTC)
                .parse(time, Instant::from)
                .plus(Duration.ofSeconds(Long.parseLong(query.get("X-Goog-Expires"))));
        if (Instant.now().isAfter(end)) {
            return "ExpiredToken";
        }
        String canonical = exchange.getRequestMethod() + "\n"
                + exchange.getRequestURI().getRawPath() + "\n"
                + query.entrySet().stream()
                        .map(one -> one.getKey() + "=" + one.getValue())
                        .collect(Collectors.joining("&"))
                + "\n"
                + signed.stream()
                        .map(name -> name + ":" + headers.getFirst(name) + "\n")
                        .collect(Collectors.joining())
                + "\n" + String.join(";", signed) + "\nUNSIGNED-PAYLOAD";
        String digest = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8)));
        byte[] key = ("GOOG4" + SECRET).getBytes(StandardCharsets.UTF_8);
        for (String part : scope.split("/", -1)) {
            key = hmac(key, part);
        }
        String expected =
                HexFormat.of().formatHex(hmac(key, "GOOG4-HMAC-SHA256\n" + time + "\n" + scope + "\n" + digest));
        return expected.equals(signature) ? null : "SignatureDoesNotMatch";
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
