package io.jenkins.plugins.dbtslim.jenkins.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.dbt.RunProcesses;
import io.jenkins.plugins.dbtslim.jenkins.agent.AgentFolder;
import io.jenkins.plugins.dbtslim.jenkins.agent.DriverScript;
import io.jenkins.plugins.dbtslim.jenkins.agent.EndDriverCallable;
import io.jenkins.plugins.dbtslim.jenkins.agent.RunFolder;
import io.jenkins.plugins.dbtslim.jenkins.agent.StuckRuns;
import io.jenkins.plugins.dbtslim.jenkins.credentials.SecretEnvironment;
import io.jenkins.plugins.dbtslim.report.make.RunFacts;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** What a run is after its preparation and before dbt starts; it is stored with the running build. */
@Restricted(NoExternalUse.class)
public final class PreparedRun implements Serializable {
    private static final long serialVersionUID = 3L;
    private final String id;
    private final AgentFolder folder;
    private final String state;
    private final List<String> environments;
    private final List<String> command;
    private final boolean unix;
    private final SecretEnvironment secrets;
    private final RunFacts facts;
    private final String target;
    private final String junit;

    /**
     * Prepares nothing itself.
     *
     * @param id of the run within the build
     * @param folder on the agent, see {@link RunFolder}; null where dbt need not run
     * @param state folder of production's manifest on the agent, or null
     * @param environments that no other build may work in meanwhile
     * @param command words of the command line; none where dbt need not run
     * @param unix whether the agent has sh
     * @param secrets what dbt gets by its environment
     * @param facts what the report tells of the options, or null where there is no report
     * @param target branch that the build's change request wants to be merged into, or null
     * @param junit file on the agent for results as JUnit XML, or null
     */
    public PreparedRun(
            String id,
            @CheckForNull AgentFolder folder,
            @CheckForNull String state,
            List<String> environments,
            List<String> command,
            boolean unix,
            SecretEnvironment secrets,
            @CheckForNull RunFacts facts,
            @CheckForNull String target,
            @CheckForNull String junit) {
        this.id = id;
        this.folder = folder;
        this.state = state;
        this.environments = new ArrayList<>(environments);
        this.command = new ArrayList<>(command);
        this.unix = unix;
        this.secrets = secrets;
        this.facts = facts;
        this.target = target;
        this.junit = junit;
    }

    /** For a step that finds nothing for dbt to do. */
    public static PreparedRun withoutDbt(SecretEnvironment secrets) {
        return new PreparedRun(null, null, null, List.of(), List.of(), true, secrets, null, null, null);
    }

    String id() {
        return id;
    }

    /** The folder on the agent. */
    public AgentFolder folder() {
        return folder;
    }

    public String state() {
        return state;
    }

    List<String> environments() {
        return environments;
    }

    List<String> command() {
        return command;
    }

    /** What dbt gets by its environment. */
    public SecretEnvironment secrets() {
        return secrets;
    }

    RunFacts facts() {
        return facts;
    }

    String target() {
        return target;
    }

    String junit() {
        return junit;
    }

    /** Whether there is something for dbt to do. */
    boolean startsDbt() {
        return !command.isEmpty();
    }

    /**
     * Waits for dbt to cancel its statements and to write its results, and ends by force what takes too long or what a killed
     * driver has left behind. What cannot be ended is told, and keeps the environments.
     *
     * @param signal whether it is still to be told; in Pipeline, Jenkins' durable task has done that after an abort
     */
    public void endDriver(PrintStream log, boolean signal) throws IOException, InterruptedException {
        RunProcesses.Ended ended = folder.find().act(new EndDriverCallable(signal));
        if (ended.drivers() > 0) {
            log.println("dbt did not end by itself after the abort and was killed");
        }
        if (ended.others() > 0) {
            log.println("What dbt had started and left behind was killed (processes: " + ended.others() + ")");
        }
        if (!ended.left().isEmpty()) {
            StuckRuns.known().note(environments, folder, ended.left());
            log.println("dbt goes on and could not be ended: end " + StuckRuns.sentence(ended.left())
                    + " of the run in " + folder
                    + (environments.isEmpty()
                            ? ""
                            : "; until then " + String.join(", ", environments) + " stays locked"));
        }
    }

    /** The command line as a script of the agent's shell. */
    DriverTask task() {
        return new DriverTask(unix ? DriverScript.shell(command) : DriverScript.batch(command), unix);
    }
}
