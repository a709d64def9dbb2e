package io.jenkins.plugins.dbtslim.report.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is cut says so, and of two values none vanishes. */
class DisplayTextTest {
    @Test
    void cutSaysWhatAndIsWorthIt() {
        assertThat(DisplayText.cut("a".repeat(60), 60)).hasSize(60);
        assertThat(DisplayText.cut("a".repeat(67), 60))
                .as("a note would be longer")
                .isEqualTo("a".repeat(67));
        assertThat(DisplayText.cut("a".repeat(5000), 60)).isEqualTo("a".repeat(60) + "… (4,940 more characters)");
        assertThat(DisplayText.cut("\uD83D\uDE00".repeat(50), 61)).doesNotContain("\uD83D…");
    }

    @Test
    void bothValuesOfAChangeStayVisible() {
        assertThat(DisplayText.cutChange("materialized: view → table", 60)).isEqualTo("materialized: view → table");
        String before = "test17481234567890_test_schema_of_a_previous_version_before";
        String after = "test17481234567890_test_schema_of_a_previous_version_after";
        assertThat(DisplayText.cutChange("target_schema: " + before + " → " + after, 60))
                .isEqualTo("target_schema: …previous_version_before → …previous_version_after");
        String cut = DisplayText.cutChange("x: " + "a".repeat(500) + " → b" + "c".repeat(500), 60);
        assertThat(cut).startsWith("x: aaaa").contains("… → bccc").endsWith("…");
        assertThat(cut.length()).isLessThan(100);
    }
}
