package io.jenkins.plugins.dbtslim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.io.FileTree;
import io.jenkins.plugins.dbtslim.store.Agent;
import io.jenkins.plugins.dbtslim.store.Cloud;
import io.jenkins.plugins.dbtslim.store.Condition;
import io.jenkins.plugins.dbtslim.store.FaultProxy;
import io.jenkins.plugins.dbtslim.store.ManifestLocation;
import io.jenkins.plugins.dbtslim.store.ManifestStore;
import io.jenkins.plugins.dbtslim.store.Publication;
import io.jenkins.plugins.dbtslim.store.S3Server;
import io.jenkins.plugins.dbtslim.store.aws.AwsKeyRule;
import io.jenkins.plugins.dbtslim.store.aws.S3Settings;
import io.jenkins.plugins.dbtslim.store.aws.S3Settings.Encryption;
import io.jenkins.plugins.dbtslim.store.aws.S3Signer;
import io.jenkins.plugins.dbtslim.store.object.ObjectManifestStore;
import io.jenkins.plugins.dbtslim.store.object.RequestSigner;
import io.jenkins.plugins.dbtslim.store.transfer.ProxySettings;
import io.jenkins.plugins.dbtslim.store.transfer.SignedRequest;
import io.jenkins.plugins.dbtslim.store.transfer.Transfer;
import io.jenkins.plugins.dbtslim.store.transfer.TransferLimits;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import picocli.CommandLine;

/** Runs fetch and publish against a bucket of its own, through a proxy that can spoil what passes. */
final class StoreBench implements AutoCloseable {
    private static final AtomicInteger BUCKETS = new AtomicInteger();

    /** What must never be seen: the secret key, whole and as URLs write it. */
    static final String[] SECRETS = {
        S3Server.SECRET_KEY, URLEncoder.encode(S3Server.SECRET_KEY, StandardCharsets.UTF_8), S3Server.ACCESS_KEY
    };

    final FaultProxy proxy;
    private String idle = "20";
    final String bucket = "prod-" + BUCKETS.incrementAndGet();
    final String uri;
    final Path folder;
    final Path state;
    final Map<String, String> environment;
    /** All that any command of this bench has printed. */
    final StringBuilder printed = new StringBuilder();

    /** Where the commands note what they fetched; not among the files that tests look at. */
    final Path cache = Files.createTempDirectory("cache of dbt-slim");

    StoreBench(Path folder) throws IOException {
        this(folder, S3Server.shared());
    }

    StoreBench(Path folder, Cloud cloud) throws IOException {
        this.folder = folder;
        state = folder.resolve("state of prod");
        uri = cloud.location(bucket, "shop/manifest.json");
        environment = new HashMap<>(cloud.environment());
        environment.put("XDG_CACHE_HOME", cache.toString());
        try {
            cloud.createBucket(bucket);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        proxy = new FaultProxy(cloud.endpoint());
    }

    /** Puts bytes there as another tool would: without any of our notes. */
    void upload(String content) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("foreign"), content);
        SignedRequest request = new S3Signer(
                        S3Settings.of(null, proxy.endpoint().toString(), true, Encryption.BUCKET_DEFAULT, Map.of()),
                        AwsKeyRule.fixed(S3Server.ACCESS_KEY, S3Server.SECRET_KEY, null, "test"),
                        Duration.ofMinutes(1))
                .sign(new RequestSigner.Put(
                        ManifestLocation.parse(uri),
                        new Condition.Always(),
                        new Publication(null, null, null, null, null, null, null, null),
                        null));
        Transfer transfer = new Transfer(TransferLimits.DEFAULT, ProxySettings.NONE);
        assertThat(transfer.upload(request, file, line -> {}).status()).isEqualTo(200);
        Files.delete(file);
        proxy.reset();
    }

    /** The bucket's manifest as a command opens it. */
    ManifestStore store() throws IOException {
        return new ObjectManifestStore(
                ManifestLocation.parse(uri),
                new S3Signer(
                        S3Settings.of(null, proxy.endpoint().toString(), true, Encryption.BUCKET_DEFAULT, Map.of()),
                        AwsKeyRule.fixed(S3Server.ACCESS_KEY, S3Server.SECRET_KEY, null, "test"),
                        Duration.ofMinutes(1)),
                new Transfer(TransferLimits.DEFAULT, ProxySettings.NONE),
                Agent.local(line -> {}));
    }

    /**
     * What a command did.
     *
     * @param status of its exit
     * @param out its lines, with the pauses and the port replaced by "…"
     * @param err likewise
     */
    record Result(int status, List<String> out, List<String> err) {}

    /** A manifest with that name of its project and some padding, as a file. */
    Path manifest(String project, int padding) throws IOException {
        Path file = folder.resolve(project + ".json");
        Files.writeString(file, json(project, padding));
        return file;
    }

    static String json(String project, int padding) {
        return "{\"metadata\": {\"dbt_schema_version\": \"https://schemas.getdbt.com/dbt/manifest/v12.json\","
                + " \"dbt_version\": \"1.9.4\", \"generated_at\": \"2026-11-20T10:00:00.000000Z\", \"invocation_id\":"
                + " \"4f1d\", \"project_name\": \"" + project + "\", \"adapter_type\": \"materialize\"}, \"nodes\": {},"
                + " \"docs\": {\"x\": \"" + "é".repeat(padding / 2) + "\"}}";
    }

    /** From now on a connection that stands still is given up soon; otherwise a slow machine is waited for. */
    void impatient() {
        idle = "1";
    }

    Result fetch(String... more) {
        return run(new FetchCommand(environment), "--from", uri, "--to", state.toString(), more);
    }

    Result publish(Path manifest, String... more) {
        return run(new PublishCommand(environment), "--manifest", manifest.toString(), "--to", uri, asItIs(more));
    }

    /** The manifests of these tests are of no run. */
    private static String[] asItIs(String... more) {
        List<String> words = new ArrayList<>(List.of(more));
        words.add("--as-it-is");
        return words.toArray(String[]::new);
    }

    /** Publishes past the proxy's rules; for the scene before the fault. */
    void given(Path manifest, String... more) {
        assertThat(publish(manifest, more).err()).isEmpty();
        proxy.reset();
    }

    private Result run(Object command, String option, String value, String option2, String value2, String... more) {
        List<String> args = new ArrayList<>(List.of(
                option, value, option2, value2, "--endpoint", proxy.endpoint().toString(), "--path-style"));
        args.addAll(
                List.of("--attempts", "2", "--retry-pause", "0.02", "--idle-timeout", idle, "--total-timeout", "60"));
        args.addAll(List.of(more));
        return run(command, args);
    }

    Result run(Object command, List<String> args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CliErrors errors = new CliErrors(() -> false);
        int status = new CommandLine(command)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .setOverwrittenOptionsAllowed(true)
                .setParameterExceptionHandler(errors)
                .setExecutionExceptionHandler(errors)
                .execute(args.toArray(String[]::new));
        synchronized (printed) {
            printed.append(out).append(err);
        }
        return new Result(status, lines(out), lines(err));
    }

    private List<String> lines(StringWriter text) {
        return text.toString()
                .replace(proxy.endpoint().getAuthority(), "…")
                .replaceAll("follows in \\d+\\.\\d s", "follows in … s")
                .lines()
                .filter(line -> !line.matches("(Fetching|Publishing to) .* … \\d+ s")) // a machine may be slow
                .toList();
    }

    /** The files below the folder and their sizes, without those that the test itself put there. */
    Map<String, Long> filesIn(Path directory) throws IOException {
        Map<String, Long> files = new TreeMap<>();
        if (Files.isDirectory(directory)) {
            try (Stream<Path> all = Files.walk(directory)) {
                for (Path file : all.filter(Files::isRegularFile).toList()) {
                    files.put(directory.relativize(file).toString(), Files.size(file));
                }
            }
        }
        return files;
    }

    String fetched() throws IOException {
        return Files.readString(state.resolve("manifest.json"), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        FileTree.delete(cache);
        proxy.close();
    }
}
