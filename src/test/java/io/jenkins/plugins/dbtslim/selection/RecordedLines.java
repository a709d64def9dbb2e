package io.jenkins.plugins.dbtslim.selection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.dbtslim.manifest.Manifest;
import io.jenkins.plugins.dbtslim.manifest.ManifestReader;
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

/** Lines of {@code dbt ls} with dbt's answers, and where ours differ. */
record RecordedLines(
        Map<String, List<String>> expected,
        Map<String, String> errors,
        Map<String, List<String>> warnings,
        Map<String, Boolean> flags) {

    /** A case's {@code expected.json} as {@code src/test/oracle/gen.py} writes it. */
    static RecordedLines read(Path file) throws IOException {
        JsonNode recorded = new ObjectMapper().readTree(file.toFile());
        return new RecordedLines(
                lists(recorded.path("expected")),
                texts(recorded.path("errors")),
                lists(recorded.path("warnings")),
                flags(recorded.path("flags")));
    }

    static Map<String, List<String>> lists(JsonNode node) {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        node.fields().forEachRemaining(e -> {
            List<String> list = new ArrayList<>();
            e.getValue().forEach(text -> list.add(text.asText()));
            lists.put(e.getKey(), list);
        });
        return lists;
    }

    static Map<String, String> texts(JsonNode node) {
        Map<String, String> texts = new LinkedHashMap<>();
        node.fields().forEachRemaining(e -> texts.put(e.getKey(), e.getValue().asText()));
        return texts;
    }

    static Map<String, Boolean> flags(JsonNode node) {
        Map<String, Boolean> flags = new LinkedHashMap<>();
        node.fields().forEachRemaining(e -> flags.put(e.getKey(), e.getValue().asBoolean()));
        return flags;
    }

    /** Answers of a folder that {@code gen.py} recorded that differ from dbt's, by line. */
    static Map<String, String> differences(Path folder) throws IOException {
        return read(folder.resolve("expected.json"))
                .differences(
                        ManifestReader.read(folder.resolve("state/manifest.json")),
                        ManifestReader.read(folder.resolve("current/manifest.json")),
                        folder);
    }

    /**
     * Our answers that differ from dbt's, by line.
     *
     * @param folder holds the other artifacts, if there are any, in {@code state} and {@code current}
     */
    Map<String, String> differences(Manifest state, Manifest current, Path folder) throws IOException {
        StateInput input = input(StateComparison.compare(state, current, new StateOptions(null, flags)), folder);
        Map<String, String> wrong = new LinkedHashMap<>();
        expected.forEach((line, ids) ->
                compare(line, ids + " " + warnings.getOrDefault(line, List.of()), answer(current, input, line), wrong));
        errors.forEach((line, error) -> compare(line, error, answer(current, input, line), wrong));
        return wrong;
    }

    private static void compare(String line, String expected, String answer, Map<String, String> wrong) {
        if (!answer.equals(expected)) {
            wrong.put(line, "\n  expected " + expected + "\n  but was  " + answer + "\n");
        }
    }

    private static StateInput input(StateComparison comparison, Path folder) throws IOException {
        Path results = folder.resolve("state/run_results.json");
        Path before = folder.resolve("state/sources.json");
        Path now = folder.resolve("current/sources.json");
        return new StateInput(
                comparison,
                Files.exists(results) ? RunArtifacts.statuses(results) : null,
                Files.exists(before) ? RunArtifacts.loadedAt(before) : null,
                Files.exists(now) ? RunArtifacts.loadedAt(now) : null);
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
