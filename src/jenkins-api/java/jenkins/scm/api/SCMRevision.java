package jenkins.scm.api;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.Serializable;

/** Signature of a commit of a head. */
public abstract class SCMRevision implements Serializable {
    private static final long serialVersionUID = 1L;

    private final transient SCMHead head;

    protected SCMRevision(@NonNull SCMHead head) {
        this.head = head;
    }

    public @NonNull final SCMHead getHead() {
        return head;
    }
}
