package io.jenkins.plugins.dbtslim.dbt.result;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * dbt's {@code run_results.json} (schema v4 to v6, dbt 1.0 to 2.x), without compiled code.
 *
 * @param schemaVersion 4, 5 or 6
 * @param dbtVersion such as {@code 1.11.16}
 * @param generatedAt ISO 8601, UTC, as written
 * @param invocationId of the command that wrote it
 * @param elapsedSeconds of that command's run
 * @param command of dbt that wrote it, such as {@code build}, {@code compile} or {@code generate} (of docs); null if it
 *     does not say
 * @param narrowed the argument by which dbt built only a part of each node's rows: {@code --empty} or {@code --sample};
 *     null for none
 * @param results one for each resource that ran or was skipped, in the order they ended
 */
public record RunResults(
        int schemaVersion,
        String dbtVersion,
        String generatedAt,
        String invocationId,
        double elapsedSeconds,
        @CheckForNull String command,
        String narrowed,
        List<RunResult> results) {
    private static final Set<String> BUILDING = Set.of("build", "run", "seed", "snapshot", "test", "retry");

    /** Whether a success in it means that something was built: dbt calls it so, too, where it only compiled. */
    boolean isOfBuild() {
        return command == null || BUILDING.contains(command);
    }

    /**
     * Reads the file in one streaming pass.
     *
     * @throws DbtException with a sentence for the user when it is not such a file
     */
    public static RunResults read(Path file) throws IOException {
        return new RunResultsReader(file).read();
    }
}
