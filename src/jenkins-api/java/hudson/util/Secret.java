package hudson.util;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.Serializable;

/** Signature of a text that is encrypted when stored. */
public final class Secret implements Serializable {
    public @NonNull String getPlainText() {
        throw new UnsupportedOperationException();
    }

    public @NonNull static Secret fromString(@CheckForNull String data) {
        throw new UnsupportedOperationException();
    }

    public @NonNull static String toString(@CheckForNull Secret s) {
        throw new UnsupportedOperationException();
    }
}
