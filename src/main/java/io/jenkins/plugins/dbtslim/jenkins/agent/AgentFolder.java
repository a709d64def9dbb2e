package io.jenkins.plugins.dbtslim.jenkins.agent;

import hudson.FilePath;
import io.jenkins.plugins.dbtslim.jenkins.JenkinsFacade;
import java.io.Serializable;
import org.jenkinsci.plugins.workflow.FilePathUtils;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * A folder on a node, by names that hold after a restart of the controller and a reconnection of the agent. The step's own
 * workspace does not: when the enclosing {@code node} could not be resumed, Jenkins stops its body and the workspace is
 * gone for good, although the node is there and dbt's results lie on it.
 */
@Restricted(NoExternalUse.class)
public final class AgentFolder implements Serializable {
    private static final long serialVersionUID = 1L;
    private final String node;
    private final String path;

    public AgentFolder(String node, String path) {
        this.node = node;
        this.path = path;
    }

    /** The names of a live folder. */
    public static AgentFolder of(FilePath folder) {
        return new AgentFolder(FilePathUtils.getNodeName(folder), folder.getRemote());
    }

    /** Whether it is that folder. */
    boolean is(FilePath other) {
        return path.equals(other.getRemote()) && node.equals(FilePathUtils.getNodeName(other));
    }

    /** The node's name; "" is the controller. */
    String node() {
        return node;
    }

    /** The path there. */
    public String path() {
        return path;
    }

    /** The live folder; fails while the agent is away. */
    public FilePath find() throws AgentAwayException {
        FilePath folder = FilePathUtils.find(node, path);
        if (folder == null) {
            throw new AgentAwayException("The agent " + node + " is away.");
        }
        return folder;
    }

    /** Whether the node is no longer configured: then it need not be waited for long. */
    boolean isRemoved() {
        return !JenkinsFacade.hasNode(node);
    }

    @Override
    public String toString() {
        return path + (node.isEmpty() ? "" : " on " + node);
    }
}
