package io.jenkins.plugins.dbtslim.blackbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * Signs a browser in to the Jenkins under test, which takes an API token from no address, and puts a script of the test at the end of each page:
 * a file of the same origin, as Jenkins' own policy wants it.
 */
final class BrowserProxy implements AutoCloseable {
    private static final String PROBE = "/dbt-slim-probe.js";
    private static final String PHONE = "/dbt-slim-phone";
    private static final String POLICY = "Content-Security-Policy";

    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpServer server;
    private final Jenkins jenkins;
    private final boolean strict;

    /**
     * @param strict whether the policy that Jenkins names, if only to have breaches of it reported, binds the browser; without it nothing but escaping
     *     stops a hostile text
     */
    BrowserProxy(Jenkins jenkins, String script, boolean strict) throws IOException {
        this.jenkins = jenkins;
        this.strict = strict;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::forward);
        server.createContext(PROBE, exchange -> answer(exchange, 200, "text/javascript", bytes(script)));
        server.createContext(PHONE, BrowserProxy::phone);
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
    }

    /** The address of a page through this proxy. */
    URI address(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    /** The same as wide as a phone is: a window cannot be as narrow, a frame can. */
    URI onPhone(String path) {
        return address(PHONE + "?" + Base64.getUrlEncoder().encodeToString(bytes(path)));
    }

    private static void phone(HttpExchange exchange) throws IOException {
        byte[] path = Base64.getUrlDecoder().decode(exchange.getRequestURI().getQuery());
        String frame = "<!DOCTYPE html><html><body><iframe width=\"390\" height=\"844\" src=\""
                + Site.xml(new String(path, StandardCharsets.UTF_8)) + "\"></iframe></body></html>";
        answer(exchange, 200, "text/html; charset=UTF-8", bytes(frame));
    }

    private void forward(HttpExchange exchange) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(jenkins.url() + exchange.getRequestURI()));
        if (jenkins.login() != null) {
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(bytes(jenkins.login())));
        }
        HttpResponse<byte[]> answer;
        try {
            answer = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        String type = answer.headers().firstValue("Content-Type").orElse("text/plain");
        byte[] body = answer.body();
        if (type.startsWith("text/html")) {
            body = bytes(new String(body, StandardCharsets.UTF_8)
                    .replace("</body>", "<script src=\"" + PROBE + "\"></script></body>"));
            policy(answer).filter(policy -> strict).ifPresent(policy -> exchange.getResponseHeaders()
                    .set(POLICY, policy));
        }
        answer(exchange, answer.statusCode(), type, body);
    }

    private static Optional<String> policy(HttpResponse<?> answer) {
        return Stream.of(POLICY, POLICY + "-Report-Only")
                .flatMap(name -> answer.headers().firstValue(name).stream())
                .findFirst();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void answer(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
