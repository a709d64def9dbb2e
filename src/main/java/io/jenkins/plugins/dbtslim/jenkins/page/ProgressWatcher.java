package io.jenkins.plugins.dbtslim.jenkins.page;

import hudson.FilePath;
import hudson.model.Computer;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.dbtslim.dbt.result.ClusterWait;
import io.jenkins.plugins.dbtslim.dbt.result.FormerTimings;
import io.jenkins.plugins.dbtslim.dbt.result.RunEvents;
import io.jenkins.plugins.dbtslim.dbt.result.RunProgress;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.MasterToSlaveFileCallable;
import jenkins.util.Timer;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Looks at a running dbt every few seconds until it is over. It is a view only: whatever goes wrong in it, an agent that is
 * away above all, is tried again and troubles no build. A look may wait for an agent, so it is made on the pool that Jenkins
 * has for that; its timer only starts the looks.
 */
@Restricted(NoExternalUse.class)
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

    private ProgressLook last = ProgressLook.NONE;
    private boolean knowsFormer;

    private ProgressWatcher(Folder kept, Map<String, Double> former, Going going, Consumer<ProgressLook> show) {
        this.kept = kept;
        this.former = former;
        this.going = going;
        this.show = show;
        this.knowsFormer = former.isEmpty();
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
        Computer.threadPoolForRemoting.execute(new ProgressWatcher(kept, former, going, show));
    }

    @Override
    public void run() {
        if (!going.on() || last.progress().ended()) {
            return;
        }
        try {
            look();
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.FINE, "no look at a running dbt", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        Future<?> unused = Timer.get()
                .schedule(() -> Computer.threadPoolForRemoting.execute(this), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() throws IOException, InterruptedException {
        FilePath folder = kept.find();
        if (!knowsFormer) {
            folder.act(new TimingsCallable(former));
            knowsFormer = true;
        }
        last = folder.act(new ProgressCallable(last.progress()));
        show.accept(last);
    }

    /** Brings what nodes took formerly to the agent once, where the looks at the run use it. */
    static final class TimingsCallable extends MasterToSlaveFileCallable<Void> {
        private static final long serialVersionUID = 1L;
        private final HashMap<String, Double> seconds;

        TimingsCallable(Map<String, Double> seconds) {
            this.seconds = new HashMap<>(seconds);
        }

        @Override
        public Void invoke(File kept, VirtualChannel channel) throws IOException {
            FormerTimings.write(kept.toPath(), seconds);
            return null;
        }
    }

    /** Looks on the agent at what the driver has written since the last look. */
    static final class ProgressCallable extends MasterToSlaveFileCallable<ProgressLook> {
        private static final long serialVersionUID = 1L;
        private final RunProgress before;

        ProgressCallable(RunProgress before) {
            this.before = before;
        }

        @Override
        public ProgressLook invoke(File kept, VirtualChannel channel) throws IOException {
            Path events = kept.toPath().resolve(RunEvents.FILE);
            if (!Files.isRegularFile(events)) {
                return new ProgressLook(before, before.seconds(), null);
            }
            RunProgress now = Files.size(events) == before.position()
                    ? before
                    : RunEvents.read(kept.toPath(), before, FormerTimings.read(kept.toPath()));
            double idle = (System.currentTimeMillis()
                            - Files.getLastModifiedTime(events).toMillis())
                    / 1000.0;
            return new ProgressLook(now, now.seconds() + Math.max(0, idle), ClusterWait.read(kept.toPath(), now));
        }
    }
}
