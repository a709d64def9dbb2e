package io.jenkins.plugins.dbtslim.dbt.result;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * dbt's {@code run_results.json} (schema v4 to v6, dbt 1.0 to 2.x), without compiled code.
 *
 * @param schemaVersion 4, 5 or 6
 * @param dbtVersion such as {@code 1.11.16}
 * @param generatedAt ISO 8601, UTC, as written
 * @param invocationId of the command that wrote it
 * @param elapsedSeconds of that command's run
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
        String narrowed,
        List<RunResult> results) {
    /**
     * Reads the file in one streaming pass.
     *
     * @throws DbtException with a sentence for the user when it is not such a file
     */
    public static RunResults read(Path file) throws IOException {
        return new RunResultsReader(file).read();
    }
}
