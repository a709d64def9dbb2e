package io.jenkins.plugins.dbtslim.store;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.store.transfer.Digests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Digests what lies where a manifest is to be, so that it need not travel again where the store names that very digest. A
 * link is not looked through: what it leads to may be changed by others.
 *
 * @param file absolute path
 */
public record LocalDigestCallable(String file) implements AgentCallable<String> {
    private static final long serialVersionUID = 1L;

    /** SHA-256, lower case hexadecimal; null when no file is there, or none that can be read. */
    @Override
    @CheckForNull
    public String run(Consumer<String> log) {
        Path path = Path.of(file);
        try {
            return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) ? Digests.sha256(path) : null;
        } catch (IOException e) {
            return null;
        }
    }
}
