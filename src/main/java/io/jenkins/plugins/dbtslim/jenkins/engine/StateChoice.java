package io.jenkins.plugins.dbtslim.jenkins.engine;

import io.jenkins.plugins.dbtslim.io.UserException;
import io.jenkins.plugins.dbtslim.jenkins.store.FetchedState;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Which state a run compares with.
 *
 * @param path of the folder in the workspace that holds its manifest.json, or null: then everything is built
 * @param missingAt where a fetch of this build found nothing, or null
 */
@Restricted(NoExternalUse.class)
public record StateChoice(String path, String missingAt) {
    private static final String DEFAULT = ".dbt-state";
    private static final String FILE = "manifest.json";

    /**
     * The option, else what the last fetch of this build brought, else the default folder.
     *
     * @param option as given, or null
     * @param fetched the fetch of that file, or the last one of the build, or null
     */
    public static StateChoice of(String option, FetchedState.Entry fetched) throws UserException {
        if (fetched != null && fetched.isFullBuild()) {
            return new StateChoice(null, fetched.uri());
        }
        if (option != null) {
            return new StateChoice(folder(option), null);
        }
        return new StateChoice(fetched == null ? DEFAULT : folder(fetched.path()), null);
    }

    /** The folder of a manifest.json, given the file or the folder; another file is refused with a sentence. */
    public static String folder(String path) throws UserException {
        String plain = path.replace('\\', '/').replaceFirst("/+$", "");
        if (plain.equals(FILE)) {
            return ".";
        }
        if (plain.endsWith("/" + FILE)) {
            return plain.substring(0, plain.length() - FILE.length() - 1);
        }
        if (plain.endsWith(".json") || plain.endsWith(".gz")) {
            throw new UserException(
                    "The state \"" + path
                            + "\" must be a folder with a manifest.json, or that file, because dbt takes no other name: rename it, or fetch it to another folder.");
        }
        return plain;
    }

    /** Whether everything is built for want of a state. */
    public boolean isFullBuild() {
        return path == null;
    }
}
