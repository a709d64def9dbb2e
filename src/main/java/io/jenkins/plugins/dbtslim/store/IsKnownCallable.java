package io.jenkins.plugins.dbtslim.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Looks whether a file still is the manifest that was fetched from a location, so that it need not travel again.
 *
 * @param goal absolute path of the file
 * @param uri the location
 */
public record IsKnownCallable(String goal, String uri) implements AgentCallable<IsKnownCallable.Result> {
    private static final long serialVersionUID = 1L;

    /**
     * What lies there.
     *
     * @param provenance of the file, or null when it is not what was fetched
     */
    public record Result(Provenance provenance) implements java.io.Serializable {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public Result run(Consumer<String> log) {
        Path file = Path.of(goal);
        Optional<Provenance> known = ProvenanceFile.read(file)
                .filter(provenance -> uri.equals(provenance.uri()) && provenance.etag() != null)
                .filter(provenance -> isIntact(file, provenance));
        return new Result(known.orElse(null));
    }

    private static boolean isIntact(Path file, Provenance provenance) {
        try {
            return Files.isRegularFile(file)
                    && Files.size(file) == provenance.size()
                    && Digests.sha256(file).equals(provenance.sha256());
        } catch (IOException e) {
            return false;
        }
    }
}
