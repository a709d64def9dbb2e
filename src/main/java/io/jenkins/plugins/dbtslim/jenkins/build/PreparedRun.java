package io.jenkins.plugins.dbtslim.jenkins.build;

import io.jenkins.plugins.dbtslim.jenkins.credentials.SecretEnvironment;
import io.jenkins.plugins.dbtslim.report.RunFacts;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** What a run is after its preparation and before dbt starts; it is stored with the running build. */
final class PreparedRun implements Serializable {
    private static final long serialVersionUID = 2L;
    private final String id;
    private final AgentFolder folder;
    private final String projectDir;
    private final String state;
    private final String environment;
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
     * @param folder on the agent, see {@link RunFolder}
     * @param projectDir the folder of dbt_project.yml on the agent
     * @param state folder of production's manifest on the agent, or null
     * @param environment that no other build may work in meanwhile, or null
     * @param command words of the command line
     * @param unix whether the agent has sh
     * @param secrets what dbt gets by its environment
     * @param facts what the report tells of the options
     * @param target branch that the build's change request wants to be merged into, or null
     * @param junit file on the agent for results as JUnit XML, or null
     */
    PreparedRun(
            String id,
            AgentFolder folder,
            String projectDir,
            String state,
            String environment,
            List<String> command,
            boolean unix,
            SecretEnvironment secrets,
            RunFacts facts,
            String target,
            String junit) {
        this.id = id;
        this.folder = folder;
        this.projectDir = projectDir;
        this.state = state;
        this.environment = environment;
        this.command = new ArrayList<>(command);
        this.unix = unix;
        this.secrets = secrets;
        this.facts = facts;
        this.target = target;
        this.junit = junit;
    }

    String id() {
        return id;
    }

    AgentFolder folder() {
        return folder;
    }

    String projectDir() {
        return projectDir;
    }

    String state() {
        return state;
    }

    String environment() {
        return environment;
    }

    List<String> command() {
        return command;
    }

    SecretEnvironment secrets() {
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

    /** The command line as a script of the agent's shell. */
    DriverTask task() {
        return new DriverTask(unix ? Scripts.shell(command) : Scripts.batch(command), unix);
    }
}
