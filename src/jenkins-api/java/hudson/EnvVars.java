package hudson;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.Map;
import java.util.TreeMap;

/** Signature of a build's environment; it works, for the same reason as {@link FilePath}. */
public class EnvVars extends TreeMap<String, String> {
    public EnvVars() {
        super(String.CASE_INSENSITIVE_ORDER);
    }

    public EnvVars(@NonNull Map<String, String> m) {
        this();
        putAll(m);
    }

    public EnvVars(@NonNull EnvVars m) {
        this((Map<String, String>) m);
    }

    public EnvVars(String... keyValuePairs) {
        this();
        for (int i = 0; i < keyValuePairs.length; i += 2) {
            put(keyValuePairs[i], keyValuePairs[i + 1]);
        }
    }

    public EnvVars overrideExpandingAll(@NonNull Map<String, String> all) {
        throw new UnsupportedOperationException();
    }

    public String put(String key, String value) {
        return super.put(key, value);
    }

    public String expand(String s) {
        return s;
    }

    public static final Map<String, String> masterEnvVars = null;
}
