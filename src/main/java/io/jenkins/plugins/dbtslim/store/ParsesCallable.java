package io.jenkins.plugins.dbtslim.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.function.Consumer;

/**
 * Finds the parses that lie beside a manifest, of which there is one for each target that a deploy kept it for.
 *
 * @param folder absolute path
 */
record ParsesCallable(String folder) implements AgentCallable<ArrayList<Companion>> {
    private static final long serialVersionUID = 1L;

    @Override
    public ArrayList<Companion> run(Consumer<String> log) throws IOException {
        ArrayList<Companion> parses = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of(folder))) {
            files.forEach(
                    file -> parses.addAll(Companion.ofFile(file.getFileName().toString())));
        }
        return parses;
    }
}
