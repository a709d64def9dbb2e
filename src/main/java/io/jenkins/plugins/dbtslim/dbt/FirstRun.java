package io.jenkins.plugins.dbtslim.dbt;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.io.Artifacts;
import io.jenkins.plugins.dbtslim.io.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a selection means while production has no manifest: every node is new, so what is selected by state is everything, and
 * there is no earlier result to select by.
 */
public final class FirstRun {
    private static final Pattern EVERYTHING = Pattern.compile("[+@\\d]*state(\\.[^:]*)?:(new|modified)\\b.*");
    private static final Pattern NOTHING = Pattern.compile("[+@\\d]*(state|result|source_status)(\\.[^:]*)?:.*");
    private static final String FOLDER = "no-state";

    private static final String RESULTS = ", \"results\": [], \"elapsed_time\": 0";
    private static final String MANIFEST = Stream.of(
                    "nodes",
                    "sources",
                    "macros",
                    "docs",
                    "exposures",
                    "metrics",
                    "groups",
                    "selectors",
                    "disabled",
                    "parent_map",
                    "child_map",
                    "group_map",
                    "saved_queries",
                    "semantic_models",
                    "unit_tests")
            .map(key -> ", \"" + key + "\": {}")
            .reduce("", String::concat);

    private FirstRun() {}

    /** What to select, one option each; empty for everything. */
    public static List<String> select(List<String> criteria) {
        return criteria.stream()
                        .flatMap(FirstRun::words)
                        .map(FirstRun::narrowed)
                        .anyMatch(""::equals)
                ? List.of()
                : without(criteria);
    }

    /** What to leave out. */
    public static List<String> exclude(List<String> criteria) {
        return without(criteria);
    }

    private static List<String> without(List<String> criteria) {
        return criteria.stream()
                .map(text -> String.join(
                        " ",
                        words(text)
                                .map(FirstRun::narrowed)
                                .filter(word -> word != null && !word.isEmpty())
                                .toList()))
                .filter(text -> !text.isEmpty())
                .toList();
    }

    /** What a criterion asks for beside the state: empty for everything, null for nothing. */
    @CheckForNull
    private static String narrowed(String word) {
        List<String> rest = Stream.of(word.split(","))
                .filter(part -> !EVERYTHING.matcher(part).matches())
                .toList();
        return rest.stream().anyMatch(part -> NOTHING.matcher(part).matches()) ? null : String.join(",", rest);
    }

    private static Stream<String> words(String text) {
        return Stream.of(text.trim().split("\\s+")).filter(word -> !word.isEmpty());
    }

    /**
     * The arguments that give dbt a state without nodes, where a selector of the project may ask for one: what is in
     * selectors.yml, its default selector too, is known to dbt only.
     *
     * @param folder that lives as long as the run
     */
    static List<String> state(DbtPlan plan, Path folder) throws IOException {
        if (!plan.isFirstRun()
                || (plan.selector() == null
                        && !Files.exists(Path.of(plan.projectDir()).resolve("selectors.yml")))) {
            return List.of();
        }
        Path state = Files.createDirectories(folder.resolve(FOLDER));
        Files.writeString(state.resolve(Artifacts.MANIFEST), artifact("manifest/v12", MANIFEST));
        Files.writeString(state.resolve(Artifacts.RUN_RESULTS), artifact("run-results/v6", ", \"args\": {}" + RESULTS));
        return List.of("--state", state.toAbsolutePath().toString());
    }

    static void remove(Path folder) throws IOException {
        FileTree.delete(folder.resolve(FOLDER));
    }

    private static String artifact(String schema, String rest) {
        return "{\"metadata\": {\"dbt_schema_version\": \"https://schemas.getdbt.com/dbt/" + schema + ".json\"}" + rest
                + "}";
    }
}
