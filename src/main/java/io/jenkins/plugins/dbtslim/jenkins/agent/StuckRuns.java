package io.jenkins.plugins.dbtslim.jenkins.agent;

import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.dbtslim.dbt.RunProcesses;
import io.jenkins.plugins.dbtslim.io.UserException;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.MasterToSlaveFileCallable;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Environments in which processes of an ended build may still be at work, because they could not be ended: a process of
 * another user, or one that the system itself waits for. They stay locked until those processes are gone. This is memory
 * only: a restart of the controller forgets it.
 */
@Restricted(NoExternalUse.class)
public final class StuckRuns {
    private static final Logger LOGGER = Logger.getLogger(StuckRuns.class.getName());
    private static final Map<String, Stuck> STUCK = new ConcurrentHashMap<>();

    private StuckRuns() {}

    /** Processes of a machine, by their names. */
    private record Stuck(AgentFolder folder, List<String> processes) {
        /** Where the agent does not answer, they may be. */
        boolean isThere() {
            try {
                return folder.find().act(new LookCallable(processes));
            } catch (IOException e) {
                LOGGER.log(Level.FINE, e, () -> "cannot look for " + processes);
                return true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return true;
            }
        }
    }

    /** Notes that they are at work in these environments. */
    public static void note(Collection<String> environments, AgentFolder folder, List<String> processes) {
        environments.forEach(environment -> STUCK.put(environment, new Stuck(folder, processes)));
    }

    /** Refuses an environment in which one is still at work. */
    public static void require(String environment) throws UserException {
        if (isStuck(environment)) {
            Stuck stuck = STUCK.get(environment);
            throw new UserException("A dbt that could not be ended may still be at work in this environment ("
                    + environment + "): end " + sentence(stuck.processes()) + " of the run in " + stuck.folder()
                    + ", then build again.");
        }
    }

    /** Whether one is still at work there. */
    public static boolean isStuck(String environment) {
        Stuck stuck = STUCK.get(environment);
        boolean there = stuck != null && stuck.isThere();
        if (stuck != null && !there) {
            STUCK.remove(environment, stuck);
        }
        return there;
    }

    /** Their numbers for people. */
    public static String sentence(List<String> processes) {
        List<String> numbers =
                processes.stream().map(name -> name.replaceFirst("@.*", "")).toList();
        return (numbers.size() == 1 ? "process " : "processes ") + String.join(", ", numbers);
    }

    /** Looks on the agent. */
    private static final class LookCallable extends MasterToSlaveFileCallable<Boolean> {
        private static final long serialVersionUID = 1L;
        private final ArrayList<String> processes;

        LookCallable(List<String> processes) {
            this.processes = new ArrayList<>(processes);
        }

        @Override
        public Boolean invoke(File folder, VirtualChannel channel) {
            return RunProcesses.isThere(processes);
        }
    }
}
