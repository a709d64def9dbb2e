package io.jenkins.plugins.dbtslim.demo;

import io.jenkins.plugins.dbtslim.dbt.DbtVenv;
import io.jenkins.plugins.dbtslim.store.S3Server;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A Jenkins with the plugin and jobs to click: {@code mvn -B -q -Pdemo-jenkins verify}. Maven's standard Jenkins build
 * starts it, which needs Jenkins' own repository ({@link JenkinsRepository} has looked before).
 */
public final class DemoJenkins {
    private static final String BUCKET = "roastery-production";
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
     * @param args folder, Maven's home, its settings file, its local repository, port
     */
    public static void main(String[] args) throws InterruptedException {
        try {
            List<String> maven = JenkinsRepository.maven(args[1], args[2], args[3]);
            new DemoJenkins(Path.of(args[0]), maven, Integer.parseInt(args[4])).run();
        } catch (IOException e) {
            System.err.println("demo-jenkins: " + e.getMessage());
            System.exit(2);
        }
    }

    private void run() throws IOException, InterruptedException {
        Files.createDirectories(work);
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
