package io.jenkins.plugins.dbtslim.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A word about what takes long, and none about what does not. */
class HeartbeatTest {
    private final StringWriter err = new StringWriter();
    private final Consumer<String> log = new PrintWriter(err, true)::println;

    @Test
    void speaksAgainAndAgainUntilItIsOver() throws InterruptedException {
        try (Heartbeat heartbeat = Heartbeat.during("Reading", log, 1, 1)) {
            assertThat(heartbeat).isNotNull();
            while (err.toString().lines().count() < 3) {
                Thread.sleep(5);
            }
        }
        assertThat(err.toString().lines()).allMatch(line -> line.matches("Reading … \\d+ s"));
    }

    @Test
    void isSilentAboutWhatIsQuick() {
        try (Heartbeat heartbeat = Heartbeat.during("Reading", log)) {
            assertThat(heartbeat).isNotNull();
        }
        assertThat(err.toString()).isEmpty();
    }
}
