package io.jenkins.plugins.dbtslim.store.transfer;

import java.io.Serializable;
import java.time.Duration;

/**
 * How long and how often a transfer may try.
 *
 * @param connect until the connection stands
 * @param idle without a single byte in either direction, headers or body
 * @param total for one object, all attempts and pauses together
 * @param attempts at most, the first one included
 * @param firstPause before the second attempt at most; doubles each time, and is drawn at random from half of it up
 * @param maxBytes of an object, as sent and unpacked: more is refused
 */
public record TransferLimits(
        Duration connect, Duration idle, Duration total, int attempts, Duration firstPause, long maxBytes)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** 10 s to connect, 60 s idle, 15 min in total, 5 attempts, 0.5 s first pause, 4 GiB. */
    public static final TransferLimits DEFAULT = new TransferLimits(
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofMinutes(15),
            5,
            Duration.ofMillis(500),
            4L << 30);
}
