package io.jenkins.plugins.dbtslim.cli;

import java.io.PrintWriter;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.TimeUnit;

/** Says on standard error what takes so long, after two seconds and then every ten: silence looks like a hang. */
final class Patience implements AutoCloseable {
    private static final long FIRST_MILLIS = 2_000;
    private static final long NEXT_MILLIS = 10_000;

    private final Timer timer = new Timer("patience", true);

    private Patience() {}

    /** Begins to wait for some work, until closed. */
    static Patience with(String work, PrintWriter err) {
        return with(work, err, FIRST_MILLIS, NEXT_MILLIS);
    }

    static Patience with(String work, PrintWriter err, long firstMillis, long nextMillis) {
        Patience patience = new Patience();
        long start = System.nanoTime();
        TimerTask word = new TimerTask() {
            @Override
            public void run() {
                err.println(work + " … " + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start) + " s");
            }
        };
        patience.timer.schedule(word, firstMillis, nextMillis);
        return patience;
    }

    @Override
    public void close() {
        timer.cancel();
    }
}
