package hudson.model;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/** Signature of what is attached to builds and jobs. */
public interface Action extends ModelObject {
    @CheckForNull
    String getIconFileName();

    @CheckForNull
    String getDisplayName();

    @CheckForNull
    String getUrlName();
}
