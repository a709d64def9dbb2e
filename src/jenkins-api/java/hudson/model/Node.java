package hudson.model;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.ExtensionPoint;
import hudson.FilePath;
import hudson.security.AccessControlled;

/** Signature of the controller or an agent. */
public abstract class Node implements ExtensionPoint, AccessControlled, PersistenceRoot {
    public String getDisplayName() {
        throw new UnsupportedOperationException();
    }

    public @NonNull abstract String getNodeName();

    public @CheckForNull final Computer toComputer() {
        throw new UnsupportedOperationException();
    }

    public @CheckForNull abstract FilePath getRootPath();

    public @CheckForNull FilePath createPath(String absolutePath) {
        throw new UnsupportedOperationException();
    }
}
