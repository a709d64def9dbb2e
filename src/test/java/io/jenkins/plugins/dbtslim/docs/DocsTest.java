package io.jenkins.plugins.dbtslim.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The documentation: its links lead somewhere, its snippets are files, and each of these files is run by a test. To take
 * changed files over into the pages, run this test with {@code -Dsnippets.write=true}.
 */
class DocsTest {
    private static final Path DOCS = Path.of("src/docs");
    private static final Pattern FENCE =
            Pattern.compile("^```(\\w+)?(?: file=(\\S+))?\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)|(?:src|srcset)=\"([^\"]+)\"");
    /** Languages of snippets that a reader would copy. (What the REST interface answers has a test of its own.) */
    private static final Set<String> CODE = Set.of("groovy", "sh", "yaml", "xml", "json", "python");

    @Test
    void linksLeadSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : pages()) {
            Matcher link = LINK.matcher(FENCE.matcher(Files.readString(page)).replaceAll(""));
            while (link.find()) {
                String destination = link.group(1) == null ? link.group(2) : link.group(1);
                if (!destination.matches("https?://.*") && !leads(page, destination)) {
                    broken.add(page + ": " + destination);
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void everyPageIsInTheIndex() throws IOException {
        String index = Files.readString(DOCS.resolve("README.md"));
        try (Stream<Path> files = Files.list(DOCS)) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".md") && !name.equals("README.md")))
                    .allMatch(name -> index.contains("(" + name + ")"));
        }
    }

    /** Each row of the table of threats names what shows that it is stopped. */
    @Test
    void threatsAreShownByTestsThatExist() throws IOException {
        List<String> rows = Files.readAllLines(DOCS.resolve("credentials.md")).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| who"))
                .toList();
        assertThat(rows).hasSizeGreaterThan(10);
        Set<String> tests = new HashSet<>();
        for (String folder : new String[] {"src/test/java", "src/test-jenkins"}) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                files.forEach(file -> tests.add(file.getFileName().toString()));
            }
        }
        assertThat(rows).allSatisfy(row -> {
            Matcher test = Pattern.compile("`(\\w+(?:Test|IT))` \\|$").matcher(row);
            assertThat(test.find()).as(row).isTrue();
            assertThat(tests).contains(test.group(1) + ".java");
        });
    }

    /** A row of a table cannot be broken, so that a table with long cells is a list. */
    @Test
    void linesAreAtMost120Columns() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path page : pages()) {
            boolean readme = page.endsWith("README.md") && !page.startsWith(DOCS);
            Files.readAllLines(page).stream()
                    .filter(line -> line.length() > 120 && !(readme && line.startsWith("|")))
                    .forEach(line -> tooLong.add(page + ": " + line));
        }
        assertThat(tooLong).isEmpty();
    }

    @Test
    void snippetsAreFiles() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Path page : pages()) {
            String text = Files.readString(page);
            String filled =
                    FENCE.matcher(text).replaceAll(fence -> Matcher.quoteReplacement(filled(page, fence, wrong)));
            if (Boolean.getBoolean("snippets.write")) {
                Files.writeString(page, filled);
            } else {
                assertThat(text).as(page + " (run with -Dsnippets.write=true)").isEqualTo(filled);
            }
        }
        assertThat(wrong).as("snippets that no file holds").isEmpty();
    }

    @Test
    void everyExampleIsRunByATest() throws IOException {
        StringBuilder tests = new StringBuilder();
        for (String folder : List.of("src/test/java", "src/test-jenkins")) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                for (Path file :
                        files.filter(f -> f.toString().endsWith(".java")).toList()) {
                    tests.append(Files.readString(file));
                }
            }
        }
        try (Stream<Path> files = Files.list(DOCS.resolve("examples"))) {
            assertThat(new TreeSet<>(
                            files.map(file -> file.getFileName().toString()).toList()))
                    .allMatch(name ->
                            tests.indexOf("\"" + name + "\"") >= 0 || tests.indexOf("examples/" + name + "\"") >= 0);
        }
    }

    private static String filled(Path page, java.util.regex.MatchResult fence, List<String> wrong) {
        String language = fence.group(1) == null ? "" : fence.group(1);
        if (fence.group(2) == null) {
            if (CODE.contains(language) && !(language.equals("json") && page.endsWith("rest.md"))) {
                wrong.add(page + ": " + fence.group(3).lines().findFirst().orElse(""));
            }
            return fence.group();
        }
        try {
            String content = Files.readString(page.resolveSibling(fence.group(2)));
            return "```" + language + " file=" + fence.group(2) + "\n" + content + "```";
        } catch (IOException e) {
            wrong.add(page + ": " + fence.group(2));
            return fence.group();
        }
    }

    private static boolean leads(Path page, String link) throws IOException {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
        if (!Files.exists(target)) {
            return false;
        }
        return parts.length == 1 || headings(target).contains(parts[1]);
    }

    /** The anchors that a forge makes of headings. */
    private static List<String> headings(Path page) throws IOException {
        return Files.readString(page)
                .lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(Path.of("README.md"), Path.of(".github/CONTRIBUTING.md")));
        try (Stream<Path> files = Files.walk(DOCS)) {
            files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        return pages;
    }
}
