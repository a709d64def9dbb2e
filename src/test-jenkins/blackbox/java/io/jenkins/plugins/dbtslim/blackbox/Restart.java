package io.jenkins.plugins.dbtslim.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Kills the Jenkins under test and starts it again, by a command that only its owner knows. */
record Restart(Jenkins jenkins, String command) {
    /** Without a command the test is skipped: ask before anything is started. */
    static Restart orSkip(Jenkins jenkins) {
        String command = System.getProperty("jenkins.restart");
        assumeTrue(
                command != null, "give a command that kills this Jenkins and starts it again: -Djenkins.restart=\"…\"");
        return new Restart(jenkins, command);
    }

    void now() throws Exception {
        int status = new ProcessBuilder("sh", "-c", command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        assertThat(status).as(command).isZero();
        jenkins.awaitUp();
    }
}
