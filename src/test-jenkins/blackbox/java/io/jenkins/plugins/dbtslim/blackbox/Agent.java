package io.jenkins.plugins.dbtslim.blackbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An inbound agent: a process of this machine that connects to the Jenkins under test. */
final class Agent implements AutoCloseable {
    private static final Pattern SECRET = Pattern.compile("<argument>([0-9a-f]{64})</argument>");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Jenkins jenkins = Jenkins.running();
    private final String name;
    private final Path folder;
    private final List<String> options;
    private Process process;

    private Agent(String name, Path folder, List<String> options) {
        this.name = name;
        this.folder = folder;
        this.options = options;
    }

    /** Makes the node and connects; with options of its JVM. */
    static Agent connect(String name, String... options) throws IOException, InterruptedException {
        Agent agent = new Agent(Site.name(name), Files.createTempDirectory("dbt-slim-agent"), List.of(options));
        agent.jenkins.cli(
                "<slave><name>" + agent.name + "</name><remoteFS>" + agent.folder
                        + "</remoteFS><numExecutors>1</numExecutors>"
                        + "<mode>EXCLUSIVE</mode><label>" + agent.name + "</label>"
                        + "<retentionStrategy class=\"hudson.slaves.RetentionStrategy$Always\"/>"
                        + "<launcher class=\"hudson.slaves.JNLPLauncher\"><webSocket>true</webSocket></launcher></slave>",
                "create-node",
                agent.name);
        agent.start();
        return agent;
    }

    /** The label of jobs that are to run there. */
    String label() {
        return name;
    }

    /** Starts the process and waits until it is connected. */
    void start() throws IOException, InterruptedException {
        Matcher secret = SECRET.matcher(
                jenkins.get("/computer/" + name + "/jenkins-agent.jnlp").good());
        if (!secret.find()) {
            throw new IOException("no secret for the agent " + name);
        }
        List<String> command = new ArrayList<>(List.of(Jenkins.java()));
        command.addAll(options);
        command.addAll(List.of(
                "-jar",
                jenkins.jar("agent.jar").toString(),
                "-url",
                jenkins.url() + "/",
                "-name",
                name,
                "-secret",
                secret.group(1),
                "-webSocket",
                "-workDir",
                folder.toString()));
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("agent.log").toFile())
                .start();
        Waiting.until("the agent is connected", PATIENCE, () -> !isOffline(), () -> {
            try {
                return Files.readString(folder.resolve("agent.log"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Kills it, as a crash would, and waits until Jenkins knows. */
    void crash() throws InterruptedException {
        process.destroyForcibly().waitFor();
        Waiting.until("the agent is away", PATIENCE, this::isOffline);
    }

    private boolean isOffline() {
        return jenkins.json("/computer/" + name + "/api/json?tree=offline")
                .get("offline")
                .asBoolean();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor();
        jenkins.post("/computer/" + name + "/doDelete");
    }
}
