package io.jenkins.plugins.dbtslim;

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

/** What a reader may expect of every source file: it is short, and each type says what it is for. */
class SourcesTest {
    private static final int MAX_LINES = 500;
    private static final Pattern TYPE = Pattern.compile(
            "^ *(?:(?:public|private|protected|static|final|abstract|sealed|non-sealed) )*"
                    + "(?:class|interface|record|enum|@interface) (\\w+)",
            Pattern.MULTILINE);
    private static final Pattern ANNOTATION = Pattern.compile("\\n *@\\w+(\\((?:[^()]|\\([^()]*\\))*\\))?$");

    @Test
    void everyTypeHasAComment() throws IOException {
        List<String> bare = new ArrayList<>();
        for (Path file : sources()) {
            String text = Files.readString(file);
            Matcher type = TYPE.matcher(text);
            while (type.find()) {
                if (!withoutAnnotations(text.substring(0, type.start())).endsWith("*/")) {
                    bare.add(file + ": " + type.group(1));
                }
            }
        }
        assertThat(bare).isEmpty();
    }

    /** A longer one says in its class comment, with the word "long" or "longer", why it is. */
    @Test
    void filesAreShort() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path file : sources()) {
            String text = Files.readString(file);
            if (text.lines().count() > MAX_LINES && !head(text).matches("(?is).*\\blong(er)?\\b.*")) {
                tooLong.add(file + ": " + text.lines().count() + " lines");
            }
        }
        assertThat(tooLong).isEmpty();
    }

    private static String head(String text) {
        Matcher type = TYPE.matcher(text);
        return type.find() ? text.substring(0, type.start()) : text;
    }

    private static String withoutAnnotations(String text) {
        String stripped = text.stripTrailing();
        Matcher annotation = ANNOTATION.matcher(stripped);
        return annotation.find() ? withoutAnnotations(stripped.substring(0, annotation.start())) : stripped;
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("package-info.java"))
                    .sorted()
                    .toList();
        }
    }
}
