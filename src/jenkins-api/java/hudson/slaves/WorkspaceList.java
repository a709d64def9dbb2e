package hudson.slaves;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.FilePath;

/** Signature of the list of workspaces in use. */
public final class WorkspaceList {
    public @CheckForNull static FilePath tempDir(FilePath ws) {
        throw new UnsupportedOperationException();
    }
}
