package io.jenkins.plugins.dbtslim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** A word about what takes long, and none about what does not. */
class PatienceTest {
    private final StringWriter err = new StringWriter();

    @Test
    void speaksAgainAndAgainUntilItIsOver() throws InterruptedException {
        try (Patience patience = Patience.with("Reading", new PrintWriter(err, true), 1, 1)) {
            assertThat(patience).isNotNull();
            while (err.toString().lines().count() < 3) {
                Thread.sleep(5);
            }
        }
        assertThat(err.toString().lines()).allMatch(line -> line.matches("Reading … \\d+ s"));
    }

    @Test
    void isSilentAboutWhatIsQuick() {
        try (Patience patience = Patience.with("Reading", new PrintWriter(err, true))) {
            assertThat(patience).isNotNull();
        }
        assertThat(err.toString()).isEmpty();
    }
}
