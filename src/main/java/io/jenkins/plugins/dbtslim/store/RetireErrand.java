package io.jenkins.plugins.dbtslim.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;

/**
 * Puts the manifest of an earlier fetch out of the way ({@code manifest.json.old}) where the store has none now, so
 * that nobody compares with it.
 *
 * @param goal absolute path of the file
 */
record RetireErrand(String goal) implements Errand<Boolean> {
    private static final long serialVersionUID = 1L;

    @Override
    public Boolean run(Consumer<String> log) throws IOException {
        Path file = Path.of(goal);
        try {
            Files.deleteIfExists(file.resolveSibling(ProvenanceFile.NAME));
            if (!Files.exists(file)) {
                return false;
            }
            Path old = file.resolveSibling(file.getFileName() + ".old");
            Files.move(file, old, StandardCopyOption.REPLACE_EXISTING);
            log.accept("The manifest of an earlier fetch is now " + old + ".");
            return true;
        } catch (IOException e) {
            throw new StoreException("Cannot put " + file + " out of the way: " + Disk.reason(e) + ".");
        }
    }
}
