package io.jenkins.plugins.dbtslim.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts in {@code Messages.properties}: none is left over, each can be formatted, and translations keep step. */
class MessagesTest {
    private static final Path RESOURCES = Path.of("src/main/resources/io/jenkins/plugins/dbtslim/jenkins");
    private static final Path SOURCES = Path.of("src/main/java/io/jenkins/plugins/dbtslim/jenkins");

    static List<Path> bundles() throws IOException {
        try (Stream<Path> all = Files.walk(RESOURCES)) {
            return all.filter(file -> file.getFileName().toString().equals("Messages.properties"))
                    .sorted()
                    .toList();
        }
    }

    private static Properties load(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            properties.load(in);
        }
        return properties;
    }

    /** All code of the bundle's package, which alone sees its generated class. */
    private static String code(Path bundle) throws IOException {
        StringBuilder code = new StringBuilder();
        Path folder = SOURCES.resolve(RESOURCES.relativize(bundle.getParent()));
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file :
                    all.filter(file -> file.toString().endsWith(".java")).toList()) {
                code.append(Files.readString(file));
            }
        }
        return code.toString();
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void everyTextIsUsed(Path bundle) throws IOException {
        String code = code(bundle);
        Set<String> unused = new TreeSet<>(load(bundle).stringPropertyNames());
        unused.removeIf(key -> Pattern.compile("\\bMessages(\\.|::)_?" + Pattern.quote(key.replace('.', '_')) + "\\b")
                .matcher(code)
                .find());
        assertThat(unused).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void everyTextCanBeFormattedAndNoQuoteIsLost(Path bundle) throws IOException {
        List<Path> files = new ArrayList<>(List.of(bundle));
        try (Stream<Path> all = Files.list(bundle.getParent())) {
            all.filter(file -> file.getFileName().toString().matches("Messages_\\w+\\.properties"))
                    .forEach(files::add);
        }
        Properties english = load(bundle);
        for (Path file : files) {
            Properties texts = load(file);
            assertThat(texts.stringPropertyNames()).as(file.toString()).isEqualTo(english.stringPropertyNames());
            texts.forEach((key, text) -> {
                assertThat(arguments(text.toString()))
                        .as(file + ": " + key)
                        .isEqualTo(arguments(english.getProperty(key.toString())));
                // A single one begins a quotation, in which {0} is not replaced, and vanishes itself.
                assertThat(text.toString().replace("''", ""))
                        .as(file + ": " + key)
                        .doesNotContain("'");
            });
        }
    }

    private static int arguments(String text) {
        return new MessageFormat(text).getFormatsByArgumentIndex().length;
    }
}
