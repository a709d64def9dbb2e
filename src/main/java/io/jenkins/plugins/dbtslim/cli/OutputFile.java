package io.jenkins.plugins.dbtslim.cli;

import io.jenkins.plugins.dbtslim.io.UserPath;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A goal named on the command line: {@code -} for standard output, or a file that appears only when it is whole. */
final class OutputFile {
    private OutputFile() {}

    /** Writes bytes of UTF-8 text. */
    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    static void write(String goal, PrintWriter standard, Content content) throws IOException {
        if (goal.equals("-")) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            content.writeTo(bytes);
            standard.print(bytes.toString(StandardCharsets.UTF_8));
            standard.flush();
            return;
        }
        Path file = UserPath.of("The name of the file to write", goal).toAbsolutePath();
        Files.createDirectories(file.getParent());
        Path part = Files.createTempFile(file.getParent(), file.getFileName().toString(), ".part");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part))) {
                content.writeTo(out);
            }
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
