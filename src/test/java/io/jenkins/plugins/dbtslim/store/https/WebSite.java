package io.jenkins.plugins.dbtslim.store.https;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.jenkins.plugins.dbtslim.store.Cloud;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A web server with a certificate that this JVM trusts while it runs. */
public final class WebSite implements Cloud, AutoCloseable {
    /** Answers one request. */
    @FunctionalInterface
    public interface Page {
        void answer(HttpExchange exchange) throws IOException;
    }

    private final HttpsServer server;
    private final SSLContext before;
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

    /** The folder gets its key. */
    public WebSite(Path folder) throws IOException, GeneralSecurityException, InterruptedException {
        before = SSLContext.getDefault();
        Path keys = folder.resolve("site.p12");
        if (!Files.exists(keys)) {
            Process keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            "site",
                            "-keyalg",
                            "EC",
                            "-dname",
                            "CN=localhost",
                            "-ext",
                            "san=dns:localhost",
                            "-storetype",
                            "PKCS12",
                            "-storepass",
                            "changeit",
                            "-keystore",
                            keys.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("keytool.log").toFile())
                    .start();
            if (keytool.waitFor() != 0) {
                throw new IOException(Files.readString(folder.resolve("keytool.log")));
            }
        }
        SSLContext context = context(keys);
        SSLContext.setDefault(context);
        HttpsURLConnection.setDefaultSSLSocketFactory(context.getSocketFactory());
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.start();
    }

    private static SSLContext context(Path keys) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, "changeit".toCharArray());
        }
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(store, "changeit".toCharArray());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("site", store.getCertificate("site"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    /** What answers at a path; the log-in of each request is noted. */
    public void page(String path, Page page) {
        server.createContext(path, exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                String login = exchange.getRequestHeaders().getFirst("Authorization");
                String token = exchange.getRequestHeaders().getFirst("PRIVATE-TOKEN");
                requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                        + (login == null ? token : login));
                page.answer(exchange);
            }
        });
    }

    /** Answers with a body. */
    public static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    /** Answers with another address. */
    public static void redirect(HttpExchange exchange, String location) throws IOException {
        exchange.getResponseHeaders().set("Location", location);
        exchange.sendResponseHeaders(302, -1);
    }

    /** Method, path and log-in of all that came. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    @Override
    public URI endpoint() {
        return URI.create("https://localhost:" + server.getAddress().getPort());
    }

    @Override
    public void createBucket(String name) {
        // A path is one without being made.
    }

    @Override
    public String location(String bucket, String key) {
        return endpoint() + "/" + bucket + "/" + key;
    }

    @Override
    public Map<String, String> environment() {
        return Map.of();
    }

    @Override
    public List<String> secrets() {
        return List.of("t0ken-of-the-site", "p4ssword");
    }

    @Override
    public void close() {
        server.stop(0);
        SSLContext.setDefault(before);
        HttpsURLConnection.setDefaultSSLSocketFactory(before.getSocketFactory());
    }
}
