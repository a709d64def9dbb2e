package io.jenkins.plugins.dbtslim.demo;

import io.jenkins.plugins.dbtslim.dbt.DbtVenv;
import io.jenkins.plugins.dbtslim.store.S3Server;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A Jenkins with the plugin and jobs to click: {@code mvn -B -q -Pdemo-jenkins verify}. Maven's standard Jenkins build
 * starts it, which needs Jenkins' own repository; where that is not reached, one sentence says so.
 */
public final class DemoJenkins {
    private static final String OTHERWISE =
            "; mvn -B -q -Pdemo verify shows the main job without a Jenkins, from Maven Central alone.";
    private static final String BUCKET = "roastery-production";
    private static final int[] OLDEST_MAVEN = {3, 9, 6};
    private static final Duration PROBE = Duration.ofMinutes(3);
    private static final Duration START = Duration.ofMinutes(15);

    private final Path work;
    private final List<String> maven;
    private final int port;

    private DemoJenkins(Path work, List<String> maven, int port) {
        this.work = work.toAbsolutePath();
        this.maven = maven;
        this.port = port;
    }

    /**
     * Runs until it is ended (Ctrl+C).
     *
     * @param args folder, Maven's home, its version, its settings file, its local repository, port
     */
    public static void main(String[] args) throws InterruptedException {
        try {
            requireMaven(args[2]);
            List<String> maven =
                    new ArrayList<>(List.of(mvn(Path.of(args[1])), "-B", "-q", "-f", "src/jenkins/pom.xml"));
            if (Files.exists(Path.of(args[3]))) {
                maven.addAll(List.of("-s", args[3]));
            }
            maven.add("-Dmaven.repo.local=" + args[4]);
            new DemoJenkins(Path.of(args[0]), maven, Integer.parseInt(args[5])).run();
        } catch (IOException e) {
            System.err.println("demo-jenkins: " + e.getMessage());
            System.exit(2);
        }
    }

    /** What Jenkins' parent POM asks for. */
    static void requireMaven(String version) throws IOException {
        int[] numbers = Arrays.stream(version.split("[^0-9]+"))
                .filter(part -> !part.isEmpty())
                .mapToInt(Integer::parseInt)
                .toArray();
        if (Arrays.compare(numbers, OLDEST_MAVEN) < 0) {
            throw new IOException(
                    "Jenkins' standard build needs Maven 3.9.6 or newer, and this is " + version + OTHERWISE);
        }
    }

    private static String mvn(Path home) {
        boolean windows = System.getProperty("os.name", "").startsWith("Windows");
        return home.resolve("bin").resolve(windows ? "mvn.cmd" : "mvn").toString();
    }

    private void run() throws IOException, InterruptedException {
        Files.createDirectories(work);
        requireRepository();
        Path venv = DbtVenv.obtain(Path.of("src/demo/requirements.txt"), System.out::println);
        try (S3Server s3 = S3Server.start()) {
            s3.createBucket(BUCKET);
            new DemoHome(Map.of(
                            "sources", Path.of("src/demo").toAbsolutePath().toString(),
                            "demo", work.toString(),
                            "venv", venv.toString(),
                            "manifest", "s3://" + BUCKET + "/dbt/manifest.json",
                            "endpoint", s3.endpoint().toString(),
                            "access-key", S3Server.ACCESS_KEY,
                            "secret-key", S3Server.SECRET_KEY))
                    .write(work.resolve("home"));
            Process jenkins = maven("hpi:run", "-Dport=" + port, "-DjenkinsHome=" + work.resolve("home"))
                    .start();
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(() -> jenkins.descendants().forEach(ProcessHandle::destroy)));
            String address = "http://localhost:" + port + "/jenkins/";
            System.out.println("Starting Jenkins, at first with downloads of some minutes; its log is " + log());
            awaitUp(jenkins, address);
            System.out.println("Ready: " + address + " (build deploy, then pull-request; Ctrl+C ends it)");
            jenkins.waitFor();
        }
    }

    /** Asks Maven itself, which knows mirrors, proxies and what it has already. */
    private void requireRepository() throws IOException, InterruptedException {
        Process probe = maven("validate").start();
        boolean ended = probe.waitFor(PROBE.toSeconds(), TimeUnit.SECONDS);
        probe.destroy();
        if (ended && probe.exitValue() == 0) {
            return;
        }
        String said = Files.readString(log(), StandardCharsets.UTF_8);
        throw new IOException(
                !ended || said.contains("Non-resolvable") || said.contains("Could not transfer")
                        ? "Jenkins' own Maven repository (repo.jenkins-ci.org) cannot be reached from here" + OTHERWISE
                        : "Maven cannot read src/jenkins/pom.xml: see " + log());
    }

    private void awaitUp(Process jenkins, String address) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + "api/json"))
                .timeout(Duration.ofSeconds(10))
                .build();
        long end = System.nanoTime() + START.toNanos();
        while (System.nanoTime() < end) {
            if (!jenkins.isAlive()) {
                throw new IOException("Jenkins did not start: see " + log());
            }
            try {
                if (client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                // Not yet.
            }
            Thread.sleep(1000);
        }
        throw new IOException("Jenkins did not answer within " + START.toMinutes() + " minutes: see " + log());
    }

    private ProcessBuilder maven(String... words) {
        List<String> command = new ArrayList<>(maven);
        command.addAll(List.of(words));
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log().toFile());
    }

    private Path log() {
        return work.resolve("jenkins.log");
    }
}
