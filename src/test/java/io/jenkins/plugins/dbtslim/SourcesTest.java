package io.jenkins.plugins.dbtslim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
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

    /** What shares its state stays in one file; a longer one is two reasons. */
    @Test
    void filesAreShort() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path file : sources()) {
            String text = Files.readString(file);
            if (text.lines().count() > MAX_LINES) {
                tooLong.add(file + ": " + text.lines().count() + " lines");
            }
        }
        assertThat(tooLong).isEmpty();
    }

    /** Binaries are made by builds; what is kept of them are pictures of the documentation and inputs of tests. */
    @Test
    void binariesLieWithResourcesAndImagesOnly() throws IOException {
        List<String> binaries = new ArrayList<>();
        try (Stream<Path> top = Files.list(Path.of(""))) {
            for (Path entry : top.filter(path -> !path.startsWith(".git") && !path.startsWith("target"))
                    .toList()) {
                try (Stream<Path> files = Files.walk(entry)) {
                    for (Path file : files.filter(Files::isRegularFile)
                            .filter(path ->
                                    !path.toString().matches(".*/(target|work|images|resources|oracle|__pycache__)/.*"))
                            .toList()) {
                        if (isBinary(file)) {
                            binaries.add(file.toString());
                        }
                    }
                }
            }
        }
        assertThat(binaries).isEmpty();
    }

    private static boolean isBinary(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            for (byte one : in.readNBytes(8000)) {
                if (one == 0) {
                    return true;
                }
            }
            return false;
        }
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
