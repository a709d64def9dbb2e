package jenkins.scm.api;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.ExtensionPoint;
import hudson.model.Item;

/** Signature of a branch or change request; it holds its name, for the same reason as {@link hudson.FilePath}. */
public class SCMHead {
    private final String name;

    public SCMHead(@NonNull String name) {
        this.name = name;
    }

    public @NonNull String getName() {
        return name;
    }

    public @NonNull SCMHeadOrigin getOrigin() {
        return SCMHeadOrigin.DEFAULT;
    }

    /** Signature of what knows of which head a job is. */
    public abstract static class HeadByItem implements ExtensionPoint {
        public @CheckForNull static SCMHead findHead(Item item) {
            throw new UnsupportedOperationException();
        }
    }
}
