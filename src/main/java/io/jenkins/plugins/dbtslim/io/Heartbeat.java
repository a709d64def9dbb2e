package io.jenkins.plugins.dbtslim.io;

import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Says what takes so long, after two seconds and then every ten: silence looks like a hang. */
public final class Heartbeat implements AutoCloseable {
    private static final long FIRST_MILLIS = 2_000;
    private static final long NEXT_MILLIS = 10_000;

    private final Timer timer = new Timer("heartbeat", true);

    private Heartbeat() {}

    /**
     * Begins to wait for some work, until closed.
     *
     * @param work what is done, such as "Fetching"
     * @param log gets the lines, on another thread
     */
    public static Heartbeat during(String work, Consumer<String> log) {
        return during(work, log, FIRST_MILLIS, NEXT_MILLIS);
    }

    static Heartbeat during(String work, Consumer<String> log, long firstMillis, long nextMillis) {
        Heartbeat heartbeat = new Heartbeat();
        long start = System.nanoTime();
        TimerTask word = new TimerTask() {
            @Override
            public void run() {
                log.accept(work + " … " + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start) + " s");
            }
        };
        heartbeat.timer.schedule(word, firstMillis, nextMillis);
        return heartbeat;
    }

    @Override
    public void close() {
        timer.cancel();
    }
}
