package hudson.slaves;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.FilePath;

/** Signature of the list of workspaces in use; it works, for the same reason as {@link FilePath}. */
public final class WorkspaceList {
    public @CheckForNull static FilePath tempDir(FilePath ws) {
        return ws.getParent().child(ws.getName() + "@tmp");
    }
}
