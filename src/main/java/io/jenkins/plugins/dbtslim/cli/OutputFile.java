package io.jenkins.plugins.dbtslim.cli;

import io.jenkins.plugins.dbtslim.io.AtomicFile;
import io.jenkins.plugins.dbtslim.io.UserPath;
import io.jenkins.plugins.dbtslim.io.VisibleText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** A destination named on the command line: {@code -} for standard output, or a file that appears only when it is whole. */
final class OutputFile {
    private OutputFile() {}

    static void write(String destination, PrintWriter standard, AtomicFile.Content content) throws IOException {
        if (destination.equals("-")) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            content.writeTo(bytes);
            standard.print(VisibleText.json(bytes.toString(StandardCharsets.UTF_8)));
            standard.flush();
            return;
        }
        AtomicFile.write(UserPath.of("The name of the file to write", destination), content);
    }
}
