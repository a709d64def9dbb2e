package io.jenkins.plugins.dbtslim.selection;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.manifest.Manifest;
import io.jenkins.plugins.dbtslim.manifest.RunArtifacts;
import io.jenkins.plugins.dbtslim.state.StateComparison;
import io.jenkins.plugins.dbtslim.state.StateOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every recorded line gives dbt's answer: the same list, or the same error, and the same warnings. */
class OracleTest {
    private static final List<String> VERSIONS = List.of("1.8", "1.9", "1.10", "1.11", "1.12");

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> givesTheAnswerOfDbt() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (String version : VERSIONS) {
            OracleCorpus corpus = new OracleCorpus(version);
            for (OracleCorpus.Case c : corpus.cases()) {
                tests.add(DynamicTest.dynamicTest("dbt " + version + " " + c.name(), () -> check(corpus, c)));
            }
        }
        return tests.stream();
    }

    private void check(OracleCorpus corpus, OracleCorpus.Case c) throws IOException {
        corpus.write(c, folder);
        Manifest current = corpus.manifest(c, "current", folder);
        Manifest state = corpus.manifest(c, "state", folder);
        StateComparison comparison = StateComparison.compare(state, current, new StateOptions(null, c.flags()));
        Path results = folder.resolve("state/run_results.json");
        StateInput input =
                new StateInput(comparison, Files.exists(results) ? RunArtifacts.statuses(results) : null, null, null);
        Files.deleteIfExists(results);
        Map<String, String> wrong = new LinkedHashMap<>();
        corpus.expected(c).forEach((line, ids) -> {
            String answer = answer(current, input, line);
            String expected = ids + " " + c.warnings(line);
            if (!answer.equals(expected)) {
                wrong.put(line, "\n  expected " + expected + "\n  but was  " + answer + "\n");
            }
        });
        c.errors().forEach((line, error) -> {
            String answer = answer(current, input, line);
            if (!answer.equals(error)) {
                wrong.put(line, "\n  expected " + error + "\n  but was  " + answer + "\n");
            }
        });
        assertThat(wrong).as("lines of case %s that differ", c.name()).isEmpty();
    }

    private static String answer(Manifest current, StateInput input, String line) {
        try {
            SelectionResult result = Selection.select(current, input, request(line));
            return new ArrayList<>(result.ids()) + " " + result.events();
        } catch (SelectionException e) {
            return e.dbtError();
        }
    }

    /** A line is what stands after {@code --select}, then other options, each with one or more words. */
    private static SelectionRequest request(String line) throws SelectionException {
        Map<String, List<String>> options = new LinkedHashMap<>();
        String option = "--select";
        for (String word : line.split(" ", -1)) {
            if (word.startsWith("--")) {
                option = word;
            } else {
                options.computeIfAbsent(option, o -> new ArrayList<>()).add(word);
            }
        }
        return new SelectionRequest(
                options.getOrDefault("--select", List.of()),
                options.getOrDefault("--exclude", List.of()),
                options.getOrDefault("--resource-type", List.of()),
                options.getOrDefault("--exclude-resource-type", List.of()),
                IndirectSelection.of(options.getOrDefault("--indirect-selection", List.of("eager"))
                        .get(0)),
                options.containsKey("--selector") ? options.get("--selector").get(0) : null);
    }
}
