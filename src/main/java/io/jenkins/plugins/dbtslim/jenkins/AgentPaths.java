package io.jenkins.plugins.dbtslim.jenkins;

import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Paths as text on the controller, while the files are on an agent that may be a Windows one. */
@Restricted(NoExternalUse.class)
public final class AgentPaths {
    private AgentPaths() {}

    /** The path as the agent writes it; absolute ones stay. */
    public static String child(String workspace, String path) {
        if (path.equals(".")) {
            return workspace;
        }
        if (path.startsWith("/") || path.startsWith("\\") || path.matches("[A-Za-z]:[/\\\\].*")) {
            return path;
        }
        boolean windows = workspace.indexOf('\\') >= 0 || workspace.matches("[A-Za-z]:.*");
        return windows ? workspace + "\\" + path.replace('/', '\\') : workspace + "/" + path;
    }
}
