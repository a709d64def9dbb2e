package io.jenkins.plugins.dbtslim.jenkins.step.publish;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.dbt.result.RunRecord;
import io.jenkins.plugins.dbtslim.io.UserException;
import io.jenkins.plugins.dbtslim.store.AgentCallable;
import io.jenkins.plugins.dbtslim.store.ManifestCallables;
import io.jenkins.plugins.dbtslim.truth.ProductionManifest;
import io.jenkins.plugins.dbtslim.truth.ProductionSummary;
import io.jenkins.plugins.dbtslim.truth.RunCompanions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Makes production's manifest of what a run kept, where that lies.
 *
 * @param kept folder of what the run kept
 * @param manifest that it kept there
 * @param former what it was compared with, or null if it was a first run
 * @param formerDigest SHA-256 of that as it was fetched, or null where no fetch of the build brought it
 * @param build name of the publishing build
 * @param out file to make
 */
record TrueManifestCallable(
        String kept,
        String manifest,
        @CheckForNull String former,
        @CheckForNull String formerDigest,
        String build,
        String out)
        implements AgentCallable<ProductionSummary> {
    private static final long serialVersionUID = 1L;

    @Override
    public ProductionSummary run(Consumer<String> log) throws IOException {
        Path current = Path.of(manifest);
        if (!Files.isRegularFile(current)) {
            throw new UserException("Not published: the manifest that the run kept is not there any more (" + manifest
                    + "), because a later build in that workspace or somebody removed it. Publish in the build that"
                    + " built, before the next one begins.");
        }
        if (former != null) {
            checkFormer(log);
        }
        Path state = former == null ? null : Path.of(former);
        ProductionSummary summary = new ProductionManifest(current, RunRecord.read(Path.of(kept)))
                .former(state)
                .publishedBy(build)
                .write(Path.of(out));
        RunCompanions.write(Path.of(kept), state, Path.of(out));
        return summary;
    }

    /** What a later checkout put there is not what the run was compared with. */
    private void checkFormer(Consumer<String> log) throws UserException {
        String there = new ManifestCallables.LocalDigest(former).run(log);
        if (there == null) {
            throw new UserException("Not published: the state that the run was compared with is not there any more ("
                    + former + "), and only that tells what production has of what was not built. Publish before the"
                    + " workspace is cleaned, or fetch to a folder that stays.");
        }
        if (formerDigest != null && !formerDigest.equals(there)) {
            throw new UserException("Not published: the state " + former + " is not what the run was compared with:"
                    + " something replaced it since. Publish before that, or fetch to a folder that the repository does"
                    + " not have (to).");
        }
    }
}
