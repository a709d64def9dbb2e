package io.jenkins.plugins.dbtslim.blackbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Assertions;

/**
 * The Jenkins under test, as a user or a script reaches it: {@code -Djenkins.url=…}, and {@code -Djenkins.user=…
 * -Djenkins.token=…} (a password does as well) where it wants a log-in.
 */
final class Jenkins {
    private static final Jenkins RUNNING = new Jenkins(System.getProperty("jenkins.user"));

    private final String url;
    private final String user;
    private final HttpClient client = HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private String[] crumb;

    private Jenkins(String user) {
        this.url = System.getProperty("jenkins.url", "").replaceFirst("/+$", "");
        this.user = user;
    }

    /** As the user that was given. */
    static Jenkins running() {
        return RUNNING;
    }

    /** As nobody. */
    static Jenkins anonymous() {
        return new Jenkins(null);
    }

    String url() {
        if (url.isEmpty()) {
            Assertions.fail("Give the address of a running Jenkins with the plugin: -Djenkins.url=http://host:port");
        }
        return url;
    }

    boolean hasUser() {
        return user != null;
    }

    /** What {@code user:token} is, or null. */
    String login() {
        return user == null ? null : user + ":" + System.getProperty("jenkins.token", "");
    }

    Answer get(String path) {
        return send(path, request(path).GET());
    }

    JsonNode json(String path) {
        return get(path).json();
    }

    Answer post(String path) {
        return post(path, "application/x-www-form-urlencoded", "");
    }

    Answer post(String path, String type, String body) {
        String[] header = crumb();
        HttpRequest.Builder request = request(path)
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
        if (header.length == 2) {
            request.header(header[0], header[1]);
        }
        return send(path, request);
    }

    private synchronized String[] crumb() {
        if (crumb == null) {
            Answer answer = get("/crumbIssuer/api/json");
            crumb = answer.status() == 200
                    ? new String[] {
                        answer.json().get("crumbRequestField").asText(),
                        answer.json().get("crumb").asText()
                    }
                    : new String[0];
        }
        return crumb;
    }

    /** After a restart, sessions are gone. */
    synchronized void forgetCrumb() {
        crumb = null;
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url() + path)).timeout(Duration.ofSeconds(60));
        if (user != null) {
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(login().getBytes(StandardCharsets.UTF_8)));
        }
        return request;
    }

    private Answer send(String path, HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(
                    path,
                    response.statusCode(),
                    response.body(),
                    response.headers().firstValue("Location").orElse(null));
        } catch (IOException e) {
            throw new UncheckedIOException(url + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Runs a command of Jenkins' own command line; the output of a command that fails is in the exception. */
    String cli(String input, String... words) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(java(), "-jar", jar("jenkins-cli.jar").toString(), "-s", url(), "-webSocket"));
        if (user != null) {
            command.addAll(List.of("-auth", login()));
        }
        command.addAll(List.of(words));
        Path stdin = Files.createTempFile("stdin", ".txt");
        Files.writeString(stdin, input);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(stdin.toFile())
                .start();
        String output;
        try (InputStream in = process.getInputStream()) {
            output = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        Files.delete(stdin);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", words) + " failed: " + output);
        }
        return output;
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Downloads one of the jars that Jenkins hands out: of its command line or of its agents. */
    Path jar(String name) throws IOException, InterruptedException {
        Path file = Path.of(System.getProperty("project.build.directory", "target"), "blackbox", name);
        Files.createDirectories(file.getParent());
        client.send(request("/jnlpJars/" + name).build(), HttpResponse.BodyHandlers.ofFile(file));
        return file;
    }

    /** Waits until it answers after a start. */
    void awaitUp() throws InterruptedException {
        Waiting.until("Jenkins is up", Duration.ofMinutes(5), () -> {
            try {
                return get("/api/json").status() == 200;
            } catch (UncheckedIOException e) {
                return false;
            }
        });
        forgetCrumb();
    }
}
