package io.jenkins.plugins.dbtslim.store;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.io.FileErrors;
import io.jenkins.plugins.dbtslim.manifest.ManifestException;
import io.jenkins.plugins.dbtslim.store.transfer.Digests;
import io.jenkins.plugins.dbtslim.store.transfer.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Checks a manifest that is to be published, and notes what goes with it.
 *
 * @param file absolute path of the manifest
 * @param build URL or name of the publishing build, or null
 * @param commit of the sources, or null
 */
record PrepareUploadCallable(
        String file,
        @CheckForNull String build,
        @CheckForNull String commit) implements AgentCallable<Publication> {
    private static final long serialVersionUID = 1L;

    @Override
    public Publication run(Consumer<String> log) throws IOException {
        Path path = Path.of(file);
        if (!Files.isRegularFile(path)) {
            throw new StoreException(
                    "There is no manifest at " + path + " to publish: run dbt first, or name another file.");
        }
        try {
            return Publication.of(ManifestCheck.check(path), Digests.sha256(path), build, commit);
        } catch (ManifestException e) {
            throw new StoreException("Not published: " + e.getMessage() + ".");
        } catch (IOException e) {
            throw new StoreException("Cannot read " + path + ": " + FileErrors.reason(e) + ".");
        }
    }
}
