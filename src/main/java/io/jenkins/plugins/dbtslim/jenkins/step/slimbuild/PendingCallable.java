package io.jenkins.plugins.dbtslim.jenkins.step.slimbuild;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.store.AgentCallable;
import io.jenkins.plugins.dbtslim.truth.PendingNode;
import io.jenkins.plugins.dbtslim.truth.ProductionManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Reads on the agent what former deploys left to build.
 *
 * @param state production's manifest there
 */
record PendingCallable(String state) implements AgentCallable<String> {
    private static final long serialVersionUID = 1L;

    /** A sentence, or null where nothing is pending; that no state is there is told by who needs it. */
    @Override
    @CheckForNull
    public String run(Consumer<String> log) throws IOException {
        Path file = Path.of(state);
        return Files.isRegularFile(file) ? PendingNode.sentence(ProductionManifest.pending(file)) : null;
    }
}
