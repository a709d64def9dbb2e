package io.jenkins.plugins.dbtslim.store.object;

import io.jenkins.plugins.dbtslim.io.FileErrors;
import io.jenkins.plugins.dbtslim.store.AgentCallable;
import io.jenkins.plugins.dbtslim.store.transfer.Digests;
import io.jenkins.plugins.dbtslim.store.transfer.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Digests a file that is to be sent as it is.
 *
 * @param file absolute path
 */
record Md5Callable(String file) implements AgentCallable<String> {
    private static final long serialVersionUID = 1L;

    @Override
    public String run(Consumer<String> log) throws IOException {
        try {
            return Digests.contentMd5(Path.of(file));
        } catch (IOException e) {
            throw new StoreException("Cannot read " + file + ": " + FileErrors.reason(e) + ".");
        }
    }
}
