package io.jenkins.plugins.dbtslim.jenkins.agent;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Tries something on an agent again and again while the agent is away, and tells so once. */
@Restricted(NoExternalUse.class)
public final class AgentRetry {
    private static final Logger LOGGER = Logger.getLogger(AgentRetry.class.getName());
    private static final int MINUTES = 30;
    /** As long as Jenkins itself waits for a node that is gone. */
    private static final int MINUTES_IF_REMOVED = 5;

    private static final int PAUSE_MILLIS = 3000;
    private final AgentFolder folder;
    private final PrintStream log;

    public AgentRetry(AgentFolder folder, PrintStream log) {
        this.folder = folder;
        this.log = log;
    }

    public <T> T until(Callable<T> work) throws Exception {
        long since = System.nanoTime();
        boolean told = false;
        while (true) {
            try {
                return work.call();
            } catch (Exception e) {
                int minutes = folder.isRemoved() ? MINUTES_IF_REMOVED : MINUTES;
                if (!AgentLoss.isMeantBy(e) || System.nanoTime() - since > TimeUnit.MINUTES.toNanos(minutes)) {
                    throw e;
                }
                if (!told) {
                    LOGGER.log(Level.FINE, e, () -> "the agent of " + folder + " is away");
                    log.println("The agent is away; dbt's results lie there in " + folder + ". Waiting for it.");
                    told = true;
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        }
    }
}
