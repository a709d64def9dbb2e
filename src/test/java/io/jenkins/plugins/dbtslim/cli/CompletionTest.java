package io.jenkins.plugins.dbtslim.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a shell completes, with the script that the command prints. */
class CompletionTest {
    @TempDir
    Path folder;

    @Test
    void bashCompletesCommandsAndOptions() throws Exception {
        assertThat(completed("bu")).isEqualTo("build");
        assertThat(completed("doctor", "--prof")).contains("--profile", "--profiles-dir");
    }

    private String completed(String... words) throws IOException, InterruptedException {
        StringWriter script = new StringWriter();
        assertThat(DbtSlim.run(new PrintWriter(script, true), new PrintWriter(script, true), "generate-completion"))
                .isZero();
        Path file = Files.writeString(folder.resolve("completion"), script.toString());
        String bash = "source '" + file + "'; COMP_WORDS=(dbt-slim " + String.join(" ", words) + "); COMP_CWORD="
                + words.length + "; _complete_dbt-slim; echo ${COMPREPLY[@]}";
        Process process;
        try {
            process = new ProcessBuilder("bash", "-c", bash)
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            assertThat(System.getenv("CI")).as("there is no bash").isNotEqualTo("true");
            assumeThat(true).as("there is no bash").isFalse();
            throw e;
        }
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return answer.strip();
    }
}
