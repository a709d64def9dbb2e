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
import java.util.concurrent.Executors;

/**
 * Signs a browser in to the Jenkins under test, which takes an API token from no address, and puts a script of the test at the end of each page.
 * The policy of the pages is left out for that: what stops a hostile text must be that it is escaped.
 */
final class BrowserProxy implements AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpServer server;
    private final Jenkins jenkins;
    private final String script;

    BrowserProxy(Jenkins jenkins, String script) throws IOException {
        this.jenkins = jenkins;
        this.script = script;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::forward);
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
    }

    /** The address of a page through this proxy. */
    URI address(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private void forward(HttpExchange exchange) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(jenkins.url() + exchange.getRequestURI()));
        if (jenkins.login() != null) {
            request.header(
                    "Authorization",
                    "Basic "
                            + Base64.getEncoder().encodeToString(jenkins.login().getBytes(StandardCharsets.UTF_8)));
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
            body = new String(body, StandardCharsets.UTF_8)
                    .replace("</body>", "<script>" + script.replace("</script", "<\\/script") + "</script></body>")
                    .getBytes(StandardCharsets.UTF_8);
        }
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
