package io.jenkins.plugins.dbtslim.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Kills the Jenkins under test and starts it again, by a command that only its owner knows. */
record Restart(Jenkins jenkins, String command) {
    /** Without a command the test is skipped: ask before anything is started. */
    static Restart orSkip(Jenkins jenkins) {
        String command = System.getProperty("jenkins.restart");
        assumeTrue(
                command != null, "give a command that kills this Jenkins and starts it again: -Djenkins.restart=\"…\"");
        return new Restart(jenkins, command);
    }

    /**
     * What waits in the queue is saved once a minute. A build that began since then would begin twice after a kill, in one
     * workspace ("something already locked"): Jenkins itself does that to any Pipeline, so the queue is saved before.
     */
    void now() throws Exception {
        String form = "script=" + URLEncoder.encode("Jenkins.get().queue.save()", StandardCharsets.UTF_8);
        jenkins.post("/scriptText", "application/x-www-form-urlencoded", form).good();
        int status = new ProcessBuilder("sh", "-c", command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        assertThat(status).as(command).isZero();
        jenkins.awaitUp();
    }
}
