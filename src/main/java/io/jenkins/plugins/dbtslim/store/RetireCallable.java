package io.jenkins.plugins.dbtslim.store;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.io.FileErrors;
import io.jenkins.plugins.dbtslim.store.transfer.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;

/**
 * Puts the manifest of an earlier fetch out of the way ({@code manifest.json.old}) where none is fetched now, so that
 * nobody compares with it, and notes what lies at the store instead.
 *
 * @param goal absolute path of the file
 * @param uri the location
 * @param etag of what lies there, or null when nothing does
 */
record RetireCallable(String goal, String uri, @CheckForNull String etag) implements AgentCallable<Boolean> {
    private static final long serialVersionUID = 1L;

    @Override
    public Boolean run(Consumer<String> log) throws IOException {
        Path file = Path.of(goal);
        try {
            Files.createDirectories(file.resolveSibling(""));
            boolean there = Files.exists(file);
            if (there) {
                Path old = file.resolveSibling(file.getFileName() + ".old");
                Files.move(file, old, StandardCopyOption.REPLACE_EXISTING);
                log.accept("The manifest of an earlier fetch is now " + old + ".");
            }
            ProvenanceFile.write(file, new ProvenanceFile.Seen(uri, etag));
            return there;
        } catch (IOException e) {
            throw new StoreException("Cannot put " + file + " out of the way: " + FileErrors.reason(e) + ".");
        }
    }
}
