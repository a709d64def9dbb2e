package io.jenkins.plugins.dbtslim.jenkins.agent;

import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.dbtslim.dbt.RunProcesses;
import java.io.File;
import java.time.Duration;
import jenkins.MasterToSlaveFileCallable;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Waits on the agent for the driver of an aborted run, which gives dbt some seconds to cancel its statements and to write
 * its results, and then ends what is left, also of a driver that was killed: Jenkins itself never sends more than a SIGTERM,
 * and nothing at all to what a killed process has started.
 */
@Restricted(NoExternalUse.class)
public final class EndDriverCallable extends MasterToSlaveFileCallable<RunProcesses.Ended> {
    private static final long serialVersionUID = 2L;
    private static final Duration PATIENCE = Duration.ofSeconds(25);
    private final boolean signal;

    /**
     * Does nothing yet.
     *
     * @param signal whether the driver is still to be told; in Pipeline, Jenkins' durable task has done that
     */
    public EndDriverCallable(boolean signal) {
        this.signal = signal;
    }

    @Override
    public RunProcesses.Ended invoke(File folder, VirtualChannel channel) throws InterruptedException {
        return new RunProcesses(folder.toPath()).end(signal, PATIENCE);
    }
}
