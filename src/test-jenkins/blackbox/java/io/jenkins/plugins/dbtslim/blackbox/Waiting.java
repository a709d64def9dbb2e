package io.jenkins.plugins.dbtslim.blackbox;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Assertions;

/** Waits for what a running Jenkins does in its own time. */
final class Waiting {
    private static final int PAUSE_MILLIS = 300;

    private Waiting() {}

    static void until(String what, Duration atMost, BooleanSupplier condition) throws InterruptedException {
        until(what, atMost, condition, () -> "");
    }

    /** Fails with what is shown then, when the time is over. */
    static void until(String what, Duration atMost, BooleanSupplier condition, Supplier<String> shown)
            throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                Assertions.fail("Not within " + atMost + ": " + what + "\n" + shown.get());
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }
}
