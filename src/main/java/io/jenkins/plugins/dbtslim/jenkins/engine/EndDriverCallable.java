package io.jenkins.plugins.dbtslim.jenkins.engine;

import hudson.remoting.VirtualChannel;
import java.io.File;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jenkins.MasterToSlaveFileCallable;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Waits on the agent for the driver of an aborted run, which gives dbt some seconds to cancel its statements and to write
 * its results, and then ends what is left: Jenkins itself never sends more than a SIGTERM.
 */
@Restricted(NoExternalUse.class)
public final class EndDriverCallable extends MasterToSlaveFileCallable<Integer> {
    private static final long serialVersionUID = 1L;
    private static final int PATIENCE_SECONDS = 25;
    private final boolean signal;

    /**
     * Does nothing yet.
     *
     * @param signal whether the driver is still to be told; in Pipeline, Jenkins' durable task has done that
     */
    public EndDriverCallable(boolean signal) {
        this.signal = signal;
    }

    /** Gives the number of processes that had to be ended by force. */
    @Override
    public Integer invoke(File folder, VirtualChannel channel) throws InterruptedException {
        int forced = 0;
        for (ProcessHandle driver : drivers(folder)) {
            CompletableFuture<ProcessHandle> end = driver.onExit();
            if (signal) {
                driver.destroy();
            }
            try {
                end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                driver.descendants().forEach(ProcessHandle::destroyForcibly);
                driver.destroyForcibly();
                forced++;
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
        return forced;
    }

    /** The processes that run this folder's plan. */
    static List<ProcessHandle> drivers(File folder) {
        String plan = plan(folder);
        return ProcessHandle.allProcesses()
                .filter(process -> isDriver(process, plan))
                .toList();
    }

    /** The file that a driver has as its argument. */
    static String plan(File folder) {
        return new File(folder, "plan.json").getPath();
    }

    private static boolean isDriver(ProcessHandle process, String plan) {
        return process.info()
                .arguments()
                .map(arguments -> List.of(arguments).contains(plan))
                .orElse(false);
    }
}
