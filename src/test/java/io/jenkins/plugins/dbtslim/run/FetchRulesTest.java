package io.jenkins.plugins.dbtslim.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Options of a fetch, from text to what they mean. */
class FetchRulesTest {
    @ParameterizedTest
    @CsvSource({
        "36h, PT36H",
        "36 h, PT36H",
        "7d, PT168H",
        "7  d, PT168H",
        "90m, PT90M",
        "99999d, PT2399976H",
        "01h, PT1H"
    })
    void readsAges(String text, Duration age) throws Exception {
        assertThat(FetchRules.age("maxAge", text)).isEqualTo(age);
        assertThat(FetchRules.age("--max-age", null)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "", "0h", "00d", "123456h", "7", "h", "-1h", "1.5h", "7w", "7D"})
    void refusesWhatIsNoAge(String text) {
        for (String option : new String[] {"maxAge", "--max-age"}) {
            assertThatThrownBy(() -> FetchRules.age(option, text))
                    .hasMessage(
                            option + " is a number with m, h or d, such as 90m, 36h or 7d, and not \"" + text + "\".");
        }
    }
}
