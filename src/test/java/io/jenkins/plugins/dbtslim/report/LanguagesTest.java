package io.jenkins.plugins.dbtslim.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.state.Advice;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ChoiceFormat;
import java.text.Format;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every language says the same: the same keys, with the same arguments. */
class LanguagesTest {
    private static final Path RESOURCES = Path.of("src/main/resources/io/jenkins/plugins/dbtslim");
    private static final Pattern JELLY_TEXT = Pattern.compile("\\$\\{%([^}(]+)");
    private static final Pattern ARGUMENT = Pattern.compile("\\{(\\d)");

    static Stream<Path> german() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(RESOURCES)) {
            files = all.filter(file -> file.toString().endsWith("_de.properties"))
                    // The sentences of the engine have their English in its code.
                    .filter(file -> !file.endsWith("Advice_de.properties"))
                    .sorted()
                    .toList();
        }
        assertThat(files).hasSizeGreaterThan(3);
        return files.stream();
    }

    @ParameterizedTest
    @MethodSource("german")
    void germanHasTheKeysAndArgumentsOfEnglish(Path german) throws IOException {
        Properties words = load(german);
        Path english = Path.of(german.toString().replace("_de.properties", ".properties"));
        Path jelly = Path.of(german.toString().replace("_de.properties", ".jelly"));
        if (Files.exists(english)) {
            Properties original = load(english);
            assertThat(words.stringPropertyNames()).isEqualTo(original.stringPropertyNames());
            for (String key : original.stringPropertyNames()) {
                Set<String> wanted = arguments(original.getProperty(key));
                assertThat(wanted).as(key).containsAll(arguments(words.getProperty(key)));
                assertThat(new MessageFormat(words.getProperty(key), Locale.GERMAN).getFormats())
                        .as(key)
                        .allMatch(LanguagesTest::isWhole);
            }
        } else {
            Set<String> used = new TreeSet<>();
            Matcher text = JELLY_TEXT.matcher(Files.readString(jelly));
            while (text.find()) {
                used.add(text.group(1));
            }
            assertThat(words.stringPropertyNames()).isEqualTo(used);
        }
    }

    @Test
    void theEngineSpeaksGermanToo() {
        Advice advice = new Advice("newer", "dbt 1.13.0 is newer than 1.12, whose rules are used", "1.13.0", "1.12");
        assertThat(new Texts(Locale.GERMAN).say(advice))
                .isEqualTo("dbt 1.13.0 ist neuer als 1.12, dessen Regeln gelten.");
        assertThat(new Texts(Locale.ENGLISH).say(advice)).isEqualTo(advice.text());
        assertThat(new Texts(Locale.FRENCH).say(advice)).isEqualTo(advice.text());
        assertThat(new Texts(Locale.GERMAN).say(new Advice("of another version", "Something new")))
                .isEqualTo("Something new");
    }

    /** What people see of a report; forms are in English. */
    @Test
    void everyPageOfAReportIsThereInGerman() throws IOException {
        for (String room : new String[] {"jenkins/report", "jenkins/trend"}) {
            try (Stream<Path> files = Files.walk(RESOURCES.resolve(room))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    String name = file.toString();
                    boolean words = name.endsWith("Messages.properties")
                            || (name.endsWith(".jelly")
                                    && JELLY_TEXT
                                            .matcher(Files.readString(file))
                                            .find());
                    if (words) {
                        assertThat(Path.of(name.replaceFirst("\\.(jelly|properties)$", "_de.properties")))
                                .exists();
                    }
                }
            }
        }
        assertThat(new Trend(List.of(), Locale.GERMAN).full("Verlauf")).contains("Noch hat kein Build einen Bericht.");
    }

    /** A choice that a missing quote has cut short has no words. */
    private static boolean isWhole(Format format) {
        return !(format instanceof ChoiceFormat choice) || choice.getFormats().length > 1;
    }

    @Test
    void theWholePageIsGerman() throws IOException {
        String page = HtmlReportTest.page(
                SampleReports.shop(), HtmlOptions.standalone().withLocale(Locale.GERMAN));
        assertThat(page)
                .contains("<html lang=\"de\"", "1 von 5 Knoten und 1 von 2 Tests sind fehlgeschlagen.")
                .contains("Löst aus", "Kritischer Pfad (9,0 s):", "bricht den Vertrag", "Makro: ");
        Properties english = load(RESOURCES.resolve("report/Texts.properties"));
        Properties german = load(RESOURCES.resolve("report/Texts_de.properties"));
        for (String key : english.stringPropertyNames()) {
            String text = english.getProperty(key);
            if (!text.contains("{") && text.contains(" ") && !text.equals(german.getProperty(key))) {
                assertThat(page).as(key).doesNotContain(">" + text + "<");
            }
        }
    }

    private static Set<String> arguments(String text) {
        Set<String> arguments = new TreeSet<>();
        Matcher argument = ARGUMENT.matcher(text);
        while (argument.find()) {
            arguments.add(argument.group(1));
        }
        return arguments;
    }

    private static Properties load(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return properties;
    }
}
