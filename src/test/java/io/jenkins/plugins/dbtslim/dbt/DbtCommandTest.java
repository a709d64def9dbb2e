package io.jenkins.plugins.dbtslim.dbt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.dbtslim.io.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which commands run beside the build, and how their line is read. */
class DbtCommandTest {
    @Test
    void wordsAreThoseOfAShell() throws UserException {
        assertThat(DbtCommand.parse("dbt  seed --select 'a b' --exclude=\"c d\" --full-refresh")
                        .words())
                .containsExactly("seed", "--select", "a b", "--exclude=c d", "--full-refresh");
        assertThat(DbtCommand.parse("run-operation m --args '{a: \"x y\"}'").words())
                .containsExactly("run-operation", "m", "--args", "{a: \"x y\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "dbt", "build", "clean", "docs serve", "docs", "deps", "seed 'a", "init x", "rm -rf /"})
    void othersAreRefused(String line) {
        assertThatThrownBy(() -> DbtCommand.parse(line))
                .hasMessageContaining("is no command that can run before or after the build");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--target", "--vars={}", "--state", "--target-path=x", "--profiles-dir"})
    void whatIsTheSameForAllIsNotForOne(String option) {
        assertThatThrownBy(() -> DbtCommand.parse("seed " + option + " x"))
                .hasMessageContaining(option.replaceAll("=.*", "") + ", which is the same for all that runs");
    }
}
