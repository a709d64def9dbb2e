package io.jenkins.plugins.dbtslim.jenkins.page;

import hudson.FilePath;
import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Looks at a running dbt every few seconds, on a thread of its own, until it is over. It is a view only: whatever goes wrong
 * in it, an agent that is away above all, is tried again and troubles no build.
 */
public final class ProgressWatcher implements Runnable {
    private static final Logger LOGGER = Logger.getLogger(ProgressWatcher.class.getName());
    private static final int PAUSE_MILLIS = 2000;

    /** Finds the folder that the driver keeps things in. */
    @FunctionalInterface
    public interface Folder {
        FilePath find() throws IOException;
    }

    /** Whether the run still goes on. */
    @FunctionalInterface
    public interface Going {
        boolean on();
    }

    private final Folder kept;
    private final Map<String, Double> former;
    private final Going going;
    private final Consumer<ProgressLook> show;

    private ProgressWatcher(Folder kept, Map<String, Double> former, Going going, Consumer<ProgressLook> show) {
        this.kept = kept;
        this.former = former;
        this.going = going;
        this.show = show;
    }

    /**
     * Begins to look.
     *
     * @param kept where the driver writes; asked for at each look, because an agent may come back as another
     * @param former seconds that nodes took in former runs
     * @param going asked before each look
     * @param show gets each look
     */
    public static void begin(Folder kept, Map<String, Double> former, Going going, Consumer<ProgressLook> show) {
        Thread thread = new Thread(new ProgressWatcher(kept, former, going, show), "dbtSlimBuild progress");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        ProgressLook last = ProgressLook.NONE;
        boolean brought = former.isEmpty();
        try {
            while (going.on() && !last.progress().ended()) {
                try {
                    FilePath folder = kept.find();
                    if (!brought) {
                        folder.act(new TimingsCallable(former));
                        brought = true;
                    }
                    last = folder.act(new ProgressCallable(last.progress()));
                    show.accept(last);
                } catch (IOException | RuntimeException e) {
                    LOGGER.log(Level.FINE, "no look at a running dbt", e);
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
