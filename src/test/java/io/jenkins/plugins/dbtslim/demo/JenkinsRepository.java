package io.jenkins.plugins.dbtslim.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Whether Jenkins' own Maven repository is reached, by a Maven that is new enough; where not, one sentence says so. Runs
 * from its source as the demo Jenkins begins, before anything is compiled, and so uses nothing but the JDK.
 */
public final class JenkinsRepository {
    private static final String OTHERWISE =
            "; mvn -B -q -Pdemo verify shows the main job without a Jenkins, from Maven Central alone.";
    private static final int[] OLDEST_MAVEN = {3, 9, 6};
    private static final Duration PROBE = Duration.ofMinutes(3);

    private JenkinsRepository() {}

    /**
     * Looks; the exit status is 0, or 2 with one sentence on standard error.
     *
     * @param args folder for the log, Maven's home, its version, its settings file, its local repository
     */
    public static void main(String[] args) throws InterruptedException {
        try {
            requireMaven(args[2]);
            requireRepository(maven(args[1], args[3], args[4]), Path.of(args[0]));
        } catch (IOException e) {
            System.err.println("demo-jenkins: " + e.getMessage());
            System.exit(2);
        }
    }

    /**
     * The words that start Maven on the standard Jenkins build, as the Maven around this was started.
     *
     * @param settings the settings file with {@code settings:} before it: a file alone is no text for the plugin that
     *     passes it on, and comes empty
     */
    static List<String> maven(String home, String settings, String repository) {
        String file = settings.replaceFirst("^settings:", "");
        boolean windows = System.getProperty("os.name", "").startsWith("Windows");
        List<String> maven = new ArrayList<>();
        maven.add(Path.of(home, "bin", windows ? "mvn.cmd" : "mvn").toString());
        maven.addAll(List.of("-B", "-q", "-f", "src/jenkins/pom.xml"));
        if (Files.isRegularFile(Path.of(file))) {
            maven.addAll(List.of("-s", file));
        }
        maven.add("-Dmaven.repo.local=" + repository);
        return maven;
    }

    /** What Jenkins' parent POM asks for. */
    static void requireMaven(String version) throws IOException {
        int[] numbers = Arrays.stream(version.split("[^0-9]+", -1))
                .filter(part -> !part.isEmpty())
                .mapToInt(Integer::parseInt)
                .toArray();
        if (Arrays.compare(numbers, OLDEST_MAVEN) < 0) {
            throw new IOException(
                    "Jenkins' standard build needs Maven 3.9.6 or newer, and this is " + version + OTHERWISE);
        }
    }

    /** Asks Maven itself, which knows mirrors, proxies and what it has already. */
    private static void requireRepository(List<String> maven, Path work) throws IOException, InterruptedException {
        Path log = Files.createDirectories(work).resolve("repository.log");
        List<String> command = new ArrayList<>(maven);
        command.add("validate");
        Process probe = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = probe.waitFor(PROBE.toSeconds(), TimeUnit.SECONDS);
        probe.destroy();
        if (ended && probe.exitValue() == 0) {
            return;
        }
        String said = Files.readString(log, StandardCharsets.UTF_8);
        throw new IOException(
                !ended || said.contains("Non-resolvable") || said.contains("Could not transfer")
                        ? "Jenkins' own Maven repository (repo.jenkins-ci.org) cannot be reached from here" + OTHERWISE
                        : "Maven cannot read src/jenkins/pom.xml: see " + log);
    }
}
