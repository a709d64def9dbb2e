package io.jenkins.plugins.dbtslim.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Removes a file of an earlier fetch, which would be taken for this one's.
 *
 * @param file absolute path
 */
record RemoveCallable(String file) implements AgentCallable<Boolean> {
    private static final long serialVersionUID = 1L;

    @Override
    public Boolean run(Consumer<String> log) throws IOException {
        return Files.deleteIfExists(Path.of(file));
    }
}
