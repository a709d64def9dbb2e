package io.jenkins.plugins.dbtslim.selection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every recorded line gives dbt's answer: the same list, or the same error, and the same warnings. */
class OracleTest {
    private static final List<String> VERSIONS = List.of("1.8", "1.9", "1.10", "1.11", "1.12");
    /** Which cases run, such as {@code dbt 1\.12 sel-.*}. */
    private static final Pattern WANTED = Pattern.compile(System.getProperty("oracle.cases", ".*"));

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> givesTheAnswerOfDbt() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (String version : VERSIONS) {
            OracleCorpus corpus = OracleCorpus.of(version);
            for (OracleCorpus.Case c : corpus.cases()) {
                String name = "dbt " + version + " " + c.name();
                if (WANTED.matcher(name).matches()) {
                    tests.add(DynamicTest.dynamicTest(name, () -> check(corpus, c)));
                }
            }
        }
        return tests.stream();
    }

    private void check(OracleCorpus corpus, OracleCorpus.Case c) throws IOException {
        corpus.write(c, folder);
        assertThat(corpus.lines(c).differences(corpus.manifest(c, "state"), corpus.manifest(c, "current"), folder))
                .as("lines of case %s that differ", c.name())
                .isEmpty();
    }
}
