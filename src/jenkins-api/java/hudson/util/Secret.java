package hudson.util;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.Serializable;

/** Signature of a text that is encrypted when stored; here it is plain, for tests. */
public final class Secret implements Serializable {
    private static final long serialVersionUID = 1L;
    private final String text;

    private Secret(String text) {
        this.text = text;
    }

    public @NonNull String getPlainText() {
        return text;
    }

    public @NonNull static Secret fromString(@CheckForNull String data) {
        return new Secret(data == null ? "" : data);
    }

    public @NonNull static String toString(@CheckForNull Secret s) {
        return s == null ? "" : s.text;
    }
}
