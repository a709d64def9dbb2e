package io.jenkins.plugins.dbtslim.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Notes anew where a manifest is from that lies here already. That it is the one at the store was told by its digest, and
 * never by what lies beside it: that may have come with the checkout.
 *
 * @param goal absolute path of the manifest
 * @param from what lies at the store
 * @param sha256 of both
 */
public record KnownCallable(String goal, StoredManifest from, String sha256) implements AgentCallable<Provenance> {
    private static final long serialVersionUID = 1L;

    /** Null when it cannot be read, and must come again. */
    @Override
    public Provenance run(Consumer<String> log) {
        Path file = Path.of(goal);
        try {
            return GoalFile.note(file, from, ManifestCheck.metadata(file, from, sha256), sha256);
        } catch (IOException e) {
            return null;
        }
    }
}
