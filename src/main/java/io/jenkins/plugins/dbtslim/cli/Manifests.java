package io.jenkins.plugins.dbtslim.cli;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.io.Artifacts;
import io.jenkins.plugins.dbtslim.io.UserException;
import io.jenkins.plugins.dbtslim.state.StateOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/** The two manifests that commands compare: {@code --state}, which may be the directory that a fetch filled, and the project's. */
final class Manifests {

    private static final Pattern VERSION = Pattern.compile("\\d{1,4}\\.\\d{1,4}.*");

    private Manifests() {}

    /** How they are compared; what would be no other than the default because its name is wrong is refused. */
    static StateOptions options(@CheckForNull String dbtVersion, Map<String, Boolean> flags) throws UserException {
        if (dbtVersion != null && !VERSION.matcher(dbtVersion).matches()) {
            throw new UserException("--dbt-version is a version of dbt such as 1.11, and not \"" + dbtVersion + "\".");
        }
        for (String flag : flags.keySet()) {
            if (!flag.equals(StateOptions.COMPARE_MORE_UNRENDERED)) {
                throw new UserException("--flag " + flag + " decides nothing here: of dbt's flags only "
                        + StateOptions.COMPARE_MORE_UNRENDERED + " changes what is modified.");
            }
        }
        return new StateOptions(dbtVersion, flags);
    }

    /** The manifest; null when there is no state. */
    @CheckForNull
    static Path state(Path state) {
        return state != null && Files.isDirectory(state) ? state.resolve(Artifacts.MANIFEST) : state;
    }

    /** The manifest, which must be there. */
    static Path existingState(Path state) throws UserException {
        Path manifest = state(state);
        if (!Files.exists(manifest)) {
            throw new UserException("There is no manifest " + manifest
                    + " to compare with: fetch production's with dbt-slim fetch, or check the path.");
        }
        return manifest;
    }

    /** The project's own manifest, which must be there. */
    static Path current(Path manifest) throws UserException {
        if (!Files.exists(manifest)) {
            throw new UserException("There is no manifest " + manifest
                    + " of the project: dbt parse makes target/manifest.json; or check the path.");
        }
        return manifest;
    }

    /** Whether the fetch found no manifest and was told to go on: the first run, which builds everything. */
    static boolean isFirstRun(Path state, Map<String, String> environment) {
        return state != null
                && Files.isDirectory(state)
                && !Files.exists(state(state))
                && FetchRecord.of(state(state), environment)
                        .seen()
                        .filter(seen -> seen.etag() == null)
                        .isPresent();
    }
}
