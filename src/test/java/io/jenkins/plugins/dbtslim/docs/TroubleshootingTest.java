package io.jenkins.plugins.dbtslim.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The messages that the troubleshooting page quotes are those that the sources have, word by word between the names. */
class TroubleshootingTest {
    private static final Pattern ROW = Pattern.compile("^\\* `([^`]+)`", Pattern.MULTILINE);
    /** Between two parts of a text that is put together: in Java, and in Python, where literals just follow each other. */
    private static final Pattern JOINT = Pattern.compile("\"\\s*\\+\\s*\"|\"\\s*\\n\\s*f?\"");

    @Test
    void quotedMessagesAreThoseOfTheSources() throws IOException {
        String sources = sources();
        List<String> unknown = new ArrayList<>();
        int rows = 0;
        Matcher row = ROW.matcher(Files.readString(Path.of("src/docs/troubleshooting.md")));
        while (row.find()) {
            rows++;
            for (String part : row.group(1).split("\\s*…\\s*", -1)) {
                if (!sources.contains(part)) {
                    unknown.add(row.group(1) + ": " + part);
                }
            }
        }
        assertThat(rows).isGreaterThan(30);
        assertThat(unknown).isEmpty();
    }

    private static String sources() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(Path.of("src/main"))) {
            for (Path file : files.filter(f -> f.toString().matches(".*\\.(java|py|properties)"))
                    .toList()) {
                all.append(Files.readString(file)).append('\n');
            }
        }
        return JOINT.matcher(all).replaceAll("").replace("''", "'").replace("\\\"", "\"");
    }
}
