package io.jenkins.plugins.dbtslim.secret;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Takes secrets out of the files that dbt left: a project can print its password into compiled SQL, results or log. Text is
 * masked in place, JSON so that it stays JSON; other files (dbt's partial_parse.msgpack) that hold a secret are deleted,
 * dbt makes them anew. A file is replaced whole, and left alone if it holds none.
 */
public final class SecretScrub {
    private static final Set<String> TEXT =
            Set.of("sql", "log", "txt", "md", "yml", "yaml", "csv", "html", "xml", "py", "sh");
    private static final Set<String> JSON = Set.of("json", "jsonl");

    private final List<String> forms;
    private int found;

    /** For the forms of some secrets, longest first, as {@link SecretForms} gives them. */
    SecretScrub(List<String> forms) {
        this.forms = forms;
    }

    /** Cleans all files below a folder that were written since then; links are not followed. Nothing is done where it is missing. */
    public void clean(Path folder, Instant since) throws IOException {
        if (forms.isEmpty() || !Files.isDirectory(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isRegularFile()
                        && !attributes.lastModifiedTime().toInstant().isBefore(since)) {
                    clean(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException problem) {
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** How many files held a secret so far. */
    public int found() {
        return found;
    }

    private void clean(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        String kind = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        SecretSearch search = new SecretSearch(forms, JSON.contains(kind));
        try {
            try (InputStream in = Files.newInputStream(file)) {
                if (!search.copy(in, OutputStream.nullOutputStream())) {
                    return;
                }
            }
            found++;
            if (!TEXT.contains(kind) && !JSON.contains(kind)) {
                Files.delete(file);
                return;
            }
            Path part = file.resolveSibling(name + ".part");
            try (InputStream in = Files.newInputStream(file);
                    OutputStream out = new BufferedOutputStream(Files.newOutputStream(part), 1 << 16)) {
                search.copy(in, out);
            }
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (NoSuchFileException e) {
            // Somebody else removed it meanwhile.
        }
    }
}
