package io.jenkins.plugins.dbtslim.jenkins.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.dbtslim.dbt.RunProcesses;
import io.jenkins.plugins.dbtslim.io.AtomicFile;
import io.jenkins.plugins.dbtslim.io.UserException;
import io.jenkins.plugins.dbtslim.jenkins.JenkinsFacade;
import java.io.File;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.MasterToSlaveFileCallable;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Environments in which processes of an ended build may still be at work, because they could not be ended: a process of
 * another user, or one that the system itself waits for. They stay locked until those processes are gone, or the node on
 * which they were is. A file holds them, because the processes outlive a restart of the controller.
 */
@Restricted(NoExternalUse.class)
public final class StuckRuns {
    private static final Logger LOGGER = Logger.getLogger(StuckRuns.class.getName());
    private static final String FILE = "dbt-slim-stuck-runs.properties";
    private static final Object WRITING = new Object();

    private final Path file;

    StuckRuns(Path file) {
        this.file = file;
    }

    /** Those that this controller knows. */
    public static StuckRuns known() {
        return new StuckRuns(JenkinsFacade.home().resolve(FILE));
    }

    /** Processes of a machine, by their names; in the file a line for each part. */
    private record Stuck(AgentFolder folder, List<String> processes) {
        static Stuck of(String text) {
            List<String> parts = List.of(text.split("\n", -1));
            return new Stuck(new AgentFolder(parts.get(0), parts.get(1)), parts.subList(2, parts.size()));
        }

        String text() {
            return folder.node() + "\n" + folder.path() + "\n" + String.join("\n", processes);
        }

        /** Where the agent does not answer, they may be. */
        boolean isThere() {
            try {
                return folder.find().act(new LookCallable(processes));
            } catch (IOException e) {
                LOGGER.log(Level.FINE, e, () -> "cannot look for " + processes);
                return !folder.isRemoved();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return true;
            }
        }
    }

    /** Notes that they are at work in these environments. */
    public void note(Collection<String> environments, AgentFolder folder, List<String> processes) throws IOException {
        String text = new Stuck(folder, processes).text();
        synchronized (WRITING) {
            Properties all = read();
            environments.forEach(environment -> all.setProperty(environment, text));
            write(all);
        }
    }

    /** Refuses an environment in which one is still at work. */
    public void require(String environment) throws IOException {
        Stuck stuck = stuck(environment);
        if (stuck != null) {
            throw new UserException("A dbt that could not be ended may still be at work in this environment ("
                    + environment + "): end " + sentence(stuck.processes()) + " of the run in " + stuck.folder()
                    + ", then build again.");
        }
    }

    /** Whether one is still at work there; where that cannot be read, it may be. */
    public boolean isStuck(String environment) {
        try {
            return stuck(environment) != null;
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "cannot tell whether a dbt is still at work in " + environment);
            return true;
        }
    }

    @CheckForNull
    private Stuck stuck(String environment) throws IOException {
        String text = read().getProperty(environment);
        if (text == null) {
            return null;
        }
        Stuck stuck = Stuck.of(text);
        if (stuck.isThere()) {
            return stuck;
        }
        synchronized (WRITING) {
            Properties all = read();
            if (all.remove(environment, text)) {
                write(all);
            }
        }
        return null;
    }

    private Properties read() throws IOException {
        Properties all = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            all.load(in);
        } catch (NoSuchFileException e) {
            LOGGER.log(Level.FINEST, e, () -> "none is known");
        }
        return all;
    }

    private void write(Properties all) throws IOException {
        if (all.isEmpty()) {
            Files.deleteIfExists(file);
        } else {
            AtomicFile.write(file, out -> all.store(new OutputStreamWriter(out, UTF_8), null));
        }
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
