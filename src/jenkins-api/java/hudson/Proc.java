package hudson;

import hudson.model.TaskListener;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Signature of a running process. */
public abstract class Proc {
    public abstract boolean isAlive() throws IOException, InterruptedException;

    public abstract void kill() throws IOException, InterruptedException;

    public abstract int join() throws IOException, InterruptedException;

    public final int joinWithTimeout(long timeout, TimeUnit unit, TaskListener listener)
            throws IOException, InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        Thread killer = new Thread(() -> {
            try {
                if (!ended.await(timeout, unit)) {
                    kill();
                }
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        killer.setDaemon(true);
        killer.start();
        try {
            return join();
        } catch (InterruptedException e) {
            kill();
            throw e;
        } finally {
            ended.countDown();
        }
    }
}
