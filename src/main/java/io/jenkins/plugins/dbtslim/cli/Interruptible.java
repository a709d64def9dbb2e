package io.jenkins.plugins.dbtslim.cli;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Work that a signal breaks off, such as Ctrl-C or the end of a CI job: by itself the JVM would go at once and leave half a
 * file behind. Here the work is interrupted, takes away what it began, and is waited for.
 */
final class Interruptible {
    private static final int SECONDS_TO_END = 5;

    private Interruptible() {}

    /** Does it on this thread. */
    static <T> T run(Callable<T> work) throws Exception {
        Thread worker = Thread.currentThread();
        CountDownLatch ended = new CountDownLatch(1);
        Thread hook = new Thread(() -> interrupt(worker, ended), "end of the command");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return work.call();
        } finally {
            ended.countDown();
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The JVM is ending: the hook is at work, or has done its work.
            }
        }
    }

    /**
     * Does work that a signal does not break off, because what it started hears of the signal itself: the JVM waits for
     * its end.
     *
     * @param seconds for which it waits at most
     */
    static <T> T toItsEnd(int seconds, Callable<T> work) throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        Thread hook = new Thread(() -> await(ended, seconds), "end of the run");
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            throw new InterruptedException();
        }
        try {
            return work.call();
        } finally {
            ended.countDown();
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The JVM is ending: the hook is at work, or has done its work.
            }
        }
    }

    private static void await(CountDownLatch ended, int seconds) {
        try {
            if (!ended.await(seconds, TimeUnit.SECONDS)) {
                System.err.println("dbt-slim: did not end within " + seconds + " s; its report may be missing.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void interrupt(Thread worker, CountDownLatch ended) {
        worker.interrupt();
        try {
            if (!ended.await(SECONDS_TO_END, TimeUnit.SECONDS)) {
                System.err.println("dbt-slim: did not end within " + SECONDS_TO_END + " s and may leave a .part file.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
