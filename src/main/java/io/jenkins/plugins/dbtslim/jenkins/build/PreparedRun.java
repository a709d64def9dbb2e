package io.jenkins.plugins.dbtslim.jenkins.build;

import io.jenkins.plugins.dbtslim.jenkins.credentials.SecretEnvironment;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** What a run is after its preparation and before dbt starts; it is stored with the running build. */
final class PreparedRun implements Serializable {
    private static final long serialVersionUID = 1L;
    private final String id;
    private final String folder;
    private final String state;
    private final List<String> command;
    private final boolean unix;
    private final SecretEnvironment secrets;

    /**
     * Prepares nothing itself.
     *
     * @param id of the run within the build
     * @param folder on the agent, see {@link RunFolder}
     * @param state folder of production's manifest on the agent, or null
     * @param command words of the command line
     * @param unix whether the agent has sh
     * @param secrets what dbt gets by its environment
     */
    PreparedRun(String id, String folder, String state, List<String> command, boolean unix, SecretEnvironment secrets) {
        this.id = id;
        this.folder = folder;
        this.state = state;
        this.command = new ArrayList<>(command);
        this.unix = unix;
        this.secrets = secrets;
    }

    String id() {
        return id;
    }

    String folder() {
        return folder;
    }

    String state() {
        return state;
    }

    List<String> command() {
        return command;
    }

    boolean isUnix() {
        return unix;
    }

    SecretEnvironment secrets() {
        return secrets;
    }

    /** The command line as a script of the agent's shell. */
    String script() {
        return unix ? Scripts.shell(command) : Scripts.batch(command);
    }
}
