package io.jenkins.plugins.dbtslim.store.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.dbtslim.store.AgentCallable;
import io.jenkins.plugins.dbtslim.store.FaultProxy;
import io.jenkins.plugins.dbtslim.store.ManifestLocation;
import io.jenkins.plugins.dbtslim.store.ReceivedFile;
import io.jenkins.plugins.dbtslim.store.aws.S3Answers;
import io.jenkins.plugins.dbtslim.store.object.ObjectCallables;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a transfer promises beyond the matrix of faults: abort, limits, proxies, secrets. */
class TransferTest {
    private static final String SIGNATURE = "5f3a9c0b7d1e4f2a8b6c5d4e3f2a1b0c9d8e7f6a5b4c3d2e1f0a9b8c7d6e5f4a";
    private static final String QUERY = "?X-Amz-Security-Token=FwoGZXIvYXdz%2FToken%3D&X-Amz-Signature=" + SIGNATURE;
    private static final TransferLimits LIMITS = new TransferLimits(
            Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofSeconds(60), 2, Duration.ofMillis(10), 1 << 20);

    @TempDir
    private Path folder;

    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;
    private FaultProxy proxy;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        proxy = new FaultProxy(
                URI.create("http://localhost:" + server.getAddress().getPort()));
    }

    @AfterEach
    void stop() {
        proxy.close();
        server.stop(0);
    }

    private void answer(int status, String body) {
        server.createContext("/", exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    private SignedRequest request(String method) {
        return new SignedRequest(
                "s3://bucket/manifest.json", method, proxy.endpoint() + "/bucket/manifest.json" + QUERY, Map.of());
    }

    private ObjectCallables.Download download(TransferLimits limits) throws StoreException {
        return new ObjectCallables.Download(
                new Transfer(limits, ProxySettings.NONE),
                request("GET"),
                ManifestLocation.parse("s3://bucket/manifest.json"),
                folder.resolve("manifest.json").toString());
    }

    @Test
    void abortTakesEffectLongBeforeTheTimeLimitsAndLeavesNothing() throws Exception {
        answer(200, "x".repeat(100_000));
        for (FaultProxy.Fault fault :
                List.of(FaultProxy.Fault.HANG_BEFORE, FaultProxy.Fault.HANG_WITHIN, FaultProxy.Fault.SLOW)) {
            proxy.spoil("GET", fault, 1);
            AtomicReference<Throwable> end = new AtomicReference<>();
            Thread thread = new Thread(() -> {
                try {
                    download(LIMITS).run(log::add);
                } catch (IOException | InterruptedException e) {
                    end.set(e);
                }
            });
            thread.start();
            Thread.sleep(150);
            thread.interrupt();
            thread.join(LIMITS.idle().toMillis() * 2 / 3);

            assertThat(thread.isAlive()).isFalse();
            assertThat(end.get()).isInstanceOf(InterruptedException.class);
            assertThat(folder).isEmptyDirectory();
        }
    }

    @Test
    void abortEndsUploadsAndLooksAsWell() throws Exception {
        answer(200, "");
        Transfer transfer = new Transfer(LIMITS, ProxySettings.NONE);
        transfer.send(request("HEAD"), log::add);
        Path file = Files.write(folder.resolve("m.json"), new byte[8_000_000]);
        proxy.spoil("PUT", FaultProxy.Fault.STUCK_UPLOAD, 1);
        proxy.spoil("PUT", FaultProxy.Fault.HANG_BEFORE, 1);
        proxy.spoil("HEAD", FaultProxy.Fault.HANG_BEFORE, 1);
        for (AgentCallable<Reply> callable : List.<AgentCallable<Reply>>of(
                new ObjectCallables.Upload(transfer, request("PUT"), file.toString(), false),
                new ObjectCallables.Upload(transfer, request("PUT"), file.toString(), true),
                new ObjectCallables.Send(transfer, request("HEAD")))) {
            AtomicReference<Throwable> end = new AtomicReference<>();
            Thread thread = new Thread(() -> {
                try {
                    callable.run(log::add);
                } catch (IOException | InterruptedException e) {
                    end.set(e);
                }
            });
            thread.start();
            Thread.sleep(300);
            thread.interrupt();
            thread.join(LIMITS.idle().toMillis() * 2 / 3);

            assertThat(thread.isAlive()).isFalse();
            assertThat(end.get()).isInstanceOf(InterruptedException.class);
        }
        assertThat(folder).isDirectoryContaining("glob:**/m.json");
    }

    @Test
    void proxyThatRefusesThePasswordIsNamedWithTheReason() {
        proxy.answer("HEAD", 1, 407, "", "Proxy-Authenticate: Basic realm=\"x\"");
        proxy.answer("CONNECT", 1, 407, "", "Proxy-Authenticate: Basic realm=\"x\"");
        int port = proxy.endpoint().getPort();
        ProxySettings open = new ProxySettings("localhost", port, null, null, List.of());
        ProxySettings closed = new ProxySettings("localhost", port, "jane", "p@ss:word", List.of());
        SignedRequest plain = new SignedRequest("s3://bucket/x", "HEAD", "http://store.example/x" + QUERY, Map.of());
        SignedRequest https = new SignedRequest("s3://bucket/x", "HEAD", "https://store.example/x" + QUERY, Map.of());

        assertThatThrownBy(() -> new Transfer(LIMITS, open).send(plain, log::add))
                .isInstanceOf(StoreException.class)
                .hasMessage("HEAD s3://bucket/x at store.example: the proxy localhost:" + port
                        + " wants a user and a password: give them where the proxy is configured.");
        assertThatThrownBy(() -> new Transfer(LIMITS, closed).send(https, log::add))
                .isInstanceOf(StoreException.class)
                .hasMessage("HEAD s3://bucket/x at store.example: the proxy localhost:" + port
                        + " does not accept the user and the password it was given; for https, Java gives a proxy no"
                        + " password unless it is started with -Djdk.http.auth.tunneling.disabledSchemes= (with nothing"
                        + " after the equals sign).");
        assertThat(log).noneMatch(line -> line.contains("p@ss"));
    }

    @Test
    void totalTimeIsLimitedHoweverManyBytesCome() {
        answer(200, "x".repeat(100_000));
        proxy.spoil("GET", FaultProxy.Fault.SLOW, 1);
        TransferLimits limits = new TransferLimits(
                Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofMillis(300), 2, Duration.ZERO, 1 << 20);
        assertThatThrownBy(() -> download(limits).run(log::add))
                .isInstanceOf(StoreException.class)
                .hasMessage("GET s3://bucket/manifest.json: not done within 0.3 s; is the network or localhost:"
                        + proxy.endpoint().getPort() + " slow?");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void tooLargeObjectIsRefusedBeforeItFillsTheDisk() {
        answer(200, "x".repeat(2 << 20));
        assertThatThrownBy(() -> download(LIMITS).run(log::add))
                .isInstanceOf(StoreException.class)
                .hasMessage(
                        "s3://bucket/manifest.json has more than 1048576 bytes, which is more than a manifest may have: check the location.");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void fullDiskIsNamedAndNotTriedAgain() throws StoreException {
        answer(200, "x".repeat(100_000));
        Path full = Path.of("/dev/full");
        org.junit.jupiter.api.Assumptions.assumeTrue(Files.exists(full) || System.getenv("CI") != null);
        Transfer transfer = new Transfer(LIMITS, ProxySettings.NONE);
        ManifestLocation location = ManifestLocation.parse("s3://bucket/manifest.json");
        assertThatThrownBy(() -> transfer.receive(request("GET"), new ReceivedFile(full, location, 1 << 20), log::add))
                .isInstanceOf(StoreException.class)
                .hasMessage("Cannot write s3://bucket/manifest.json into /dev: No space left on device.");
        assertThat(log).isEmpty();
    }

    @Test
    void quotedSignatureIsConcealedInEveryMessage() {
        answer(
                403,
                "<Error><Code>Odd</Code><Message>no: " + proxy.endpoint() + QUERY + " token FwoGZXIvYXdz/Token= and "
                        + SIGNATURE + "</Message></Error>");
        assertThatThrownBy(() -> {
                    Reply reply = new Transfer(LIMITS, ProxySettings.NONE).send(request("GET"), log::add);
                    throw new S3Answers().explain(ManifestLocation.parse("s3://bucket/manifest.json"), reply, false);
                })
                .hasNoCause()
                .message()
                .contains("403 Odd: no: ")
                .doesNotContain("FwoGZ", SIGNATURE);
        assertThat(request("PUT")).hasToString("PUT s3://bucket/manifest.json");
    }

    @Test
    void errorsCarryNoCauseThatMayQuoteTheUrl() {
        proxy.close();
        assertThatThrownBy(() -> download(LIMITS).run(log::add))
                .hasNoCause()
                .message()
                .doesNotContain(SIGNATURE);
        assertThat(String.join("", log)).contains("connection refused").doesNotContain(SIGNATURE);
    }

    @Test
    void proxyGetsItsPasswordAndNobodySeesIt() throws Exception {
        List<String> logins = new ArrayList<>();
        server.createContext("/", exchange -> {
            String login = exchange.getRequestHeaders().getFirst("Proxy-Authorization");
            logins.add(login == null ? "" : login);
            exchange.getResponseHeaders().add("Proxy-Authenticate", "Basic realm=\"x\"");
            exchange.sendResponseHeaders(login == null ? 407 : 200, -1);
            exchange.close();
        });
        ProxySettings settings = new ProxySettings(
                "localhost", server.getAddress().getPort(), "jane", "p@ss:word", List.of("*.internal"));
        SignedRequest far = new SignedRequest("s3://bucket/x", "HEAD", "http://store.example/b/x" + QUERY, Map.of());

        Reply reply = new Transfer(LIMITS, settings).send(far, log::add);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(logins)
                .last()
                .isEqualTo("Basic "
                        + Base64.getEncoder().encodeToString("jane:p@ss:word".getBytes(StandardCharsets.UTF_8)));
        assertThat(settings).hasToString("localhost:" + server.getAddress().getPort());
        assertThat(settings.isFor("store.internal")).isFalse();
    }

    @Test
    void proxyOfTheEnvironmentIsRead() throws Exception {
        Map<String, String> environment =
                Map.of("HTTPS_PROXY", "http://jane:secret@proxy:3128", "NO_PROXY", "localhost,.corp.example, 10.0.0.1");
        ProxySettings proxy = ProxySettings.of(environment, true);
        assertThat(proxy)
                .isEqualTo(new ProxySettings(
                        "proxy", 3128, "jane", "secret", List.of("localhost", ".corp.example", "10.0.0.1")));
        assertThat(proxy.isFor("s3.eu-west-1.amazonaws.com")).isTrue();
        assertThat(proxy.isFor("minio.corp.example")).isFalse();
        assertThat(proxy.isFor("LOCALHOST")).isFalse();
        assertThat(ProxySettings.of(environment, false)).isEqualTo(ProxySettings.NONE);
        assertThatThrownBy(() -> ProxySettings.of(Map.of("https_proxy", "http://jane:secret@"), true))
                .hasMessageNotContaining("secret");
    }
}
