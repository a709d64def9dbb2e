package jenkins.scm.api;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.Serializable;

/** Signature of where a head lies: in the repository itself, or elsewhere; each class has one value here. */
public abstract class SCMHeadOrigin implements Serializable {
    private static final long serialVersionUID = 1L;

    public static final SCMHeadOrigin.Default DEFAULT = new SCMHeadOrigin.Default();

    /** Signature of the repository itself. */
    public static final class Default extends SCMHeadOrigin {
        private static final long serialVersionUID = 1L;
    }

    /** Signature of a fork. */
    public static class Fork extends SCMHeadOrigin {
        private static final long serialVersionUID = 1L;

        private final String name;

        public Fork(@NonNull String name) {
            this.name = name;
        }

        public String getName() {
            return name;
        }
    }
}
