package io.jenkins.plugins.dbtslim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.io.UserException;
import io.jenkins.plugins.dbtslim.manifest.ManifestException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors of the command: one sentence, exit status 2, no stack trace unless asked for. */
class CliErrorsTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void withoutAnyWordItShowsTheCommands() {
        StringWriter err = new StringWriter();
        assertThat(DbtSlim.run(new PrintWriter(err, true), new PrintWriter(err, true)))
                .isEqualTo(2);
        assertThat(err.toString()).startsWith("Usage: dbt-slim").contains("build", "fetch", "doctor");
    }

    @Test
    void ourExceptionsSpeakForThemselves() {
        assertThat(CliErrors.sentence(new ManifestException("m.json is empty.")))
                .isEqualTo("m.json is empty.");
        assertThat(CliErrors.sentence(new UserException("--state is missing\n  in the plan.")))
                .isEqualTo("--state is missing in the plan.");
    }

    @Test
    void jdkExceptionsGetWords() {
        assertThat(CliErrors.sentence(new UncheckedIOException(new NoSuchFileException("a/b.json"))))
                .isEqualTo("a/b.json does not exist: check the path.");
        assertThat(CliErrors.sentence(new IOException("Connection reset"))).isEqualTo("Connection reset");
    }

    @Test
    void aBugIsSaidToBeOne() {
        assertThat(CliErrors.sentence(new IllegalStateException("x")))
                .startsWith("internal error: java.lang.IllegalStateException: x");
    }

    @Test
    void neitherIsAnArgumentThatWeGaveWrongTheUsersFault() {
        assertThat(CliErrors.sentence(new IllegalArgumentException("no such resource: model.p.a")))
                .startsWith("internal error: ")
                .endsWith("please report it with the output of --debug.");
    }

    @Test
    void aPathThatIsNoneIsNamedWithItsOption() {
        assertThat(run("ls", "--manifest", "a\0b")).isEqualTo(2);
        assertThat(err.toString())
                .contains("--manifest", "is no path on this machine")
                .doesNotContain("Exception");
    }

    /** As of a variable that is not set: the folder where one happens to be is not meant. */
    @Test
    void anEmptyPathIsNone() {
        assertThat(run("fetch", "--from", "file:m.json", "--to", "")).isEqualTo(2);
        assertThat(err.toString()).contains("--to", "an empty name is no path: give one");
    }

    @Test
    void unknownCommandIsAUsageError() {
        assertThat(run("biuld")).isEqualTo(2);
        assertThat(err.toString()).contains("dbt-slim: ").contains("biuld").doesNotContain("\tat ");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void helpListsTheExitStatuses() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("Exit status:", "the dbt run had failures");
    }

    /** A line that is wrapped cannot be copied. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "build",
                "compare",
                "doctor",
                "drop-environment",
                "fetch",
                "generate-completion",
                "ls",
                "publish",
                "report"
            })
    void helpEndsWithAnExampleAndTellsEachStatusOnce(String command) {
        assertThat(run(command, "--help")).isZero();
        assertThat(out.toString()).containsOnlyOnce("Exit status");
        String example = out.toString().replaceFirst("(?s).*Example:", "");
        assertThat(example.replaceAll("\\\\\\n", "").strip().lines())
                .as("one line, or lines that a shell joins")
                .hasSizeLessThanOrEqualTo(command.equals("generate-completion") ? 99 : 1);
    }

    private int run(String... args) {
        return DbtSlim.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }
}
