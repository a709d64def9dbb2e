package io.jenkins.plugins.dbtslim.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Where dbt calls a node modified and its two texts look alike, the reason says in what they differ. */
class InvisibleDifferenceTest {
    @Test
    void lineEndsBlanksMarksAndForms() {
        assertThat(InvisibleDifference.of("a\nb\n", "a\r\nb\r\n")).isEqualTo("line ends only: LF became CRLF");
        assertThat(InvisibleDifference.of("a\r\nb\nc", "a\nb\nc")).isEqualTo("line ends only: CRLF and LF became LF");
        assertThat(InvisibleDifference.of("a\nb", "a  \nb\t"))
                .isEqualTo("blanks at the end of lines only: nothing that is to be seen differs");
        assertThat(InvisibleDifference.of("\uFEFFa", "a"))
                .isEqualTo("a byte order mark only: nothing that is to be seen differs");
        assertThat(InvisibleDifference.of("'é'", "'e\u0301'"))
                .isEqualTo("Unicode forms of the same characters only: nothing that is to be seen differs");
        assertThat(InvisibleDifference.of("a \r\nb", "a\nb"))
                .isEqualTo("line ends and blanks at the end of lines only: nothing that is to be seen differs");
    }

    /** A search that begins anew at each of many blanks would take hours, on an agent's thread that nothing ends. */
    @Test
    void aRunOfBlanksIsReadOnce() {
        String blanks = " ".repeat(1_000_000);
        assertTimeoutPreemptively(
                Duration.ofMinutes(1), () -> assertThat(InvisibleDifference.of("a" + blanks + "b", "a" + blanks + "b "))
                        .contains("blanks at the end of lines"));
    }

    @Test
    void whatIsToBeSeenNeedsNoWords() {
        assertThat(InvisibleDifference.of("a\nb", "a\r\nc")).isNull();
        assertThat(InvisibleDifference.of("a", "a")).isNull();
        assertThat(InvisibleDifference.of(null, "a")).isNull();
        assertThat(InvisibleDifference.of("a  b", "a b"))
                .as("blanks within a line")
                .isNull();
    }
}
