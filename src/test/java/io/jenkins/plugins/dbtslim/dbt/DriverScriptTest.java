package io.jenkins.plugins.dbtslim.dbt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs the driver's own tests ({@code src/test/python}), so that one Maven build runs everything. */
class DriverScriptTest {
    @Test
    @Timeout(180)
    void passesItsOwnTests() throws Exception {
        Process python;
        try {
            python = new ProcessBuilder(
                            "python3", "-B", "-W", "error", "-m", "unittest", "discover", "-s", "src/test/python")
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            assumeTrue("true".equals(System.getenv("CI")), "there is no python3 here");
            throw e;
        }
        String output = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(python.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(output)
                .containsPattern("Ran [1-9]\\d* tests")
                .contains("\nOK")
                .doesNotContain("skipped=");
        assertThat(python.exitValue()).as(output).isZero();
    }
}
