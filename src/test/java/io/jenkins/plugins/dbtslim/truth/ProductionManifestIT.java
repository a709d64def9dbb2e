package io.jenkins.plugins.dbtslim.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.jenkins.plugins.dbtslim.dbt.DbtVenv;
import io.jenkins.plugins.dbtslim.dbt.result.RunRecord;
import io.jenkins.plugins.dbtslim.manifest.Manifest;
import io.jenkins.plugins.dbtslim.manifest.ManifestPair;
import io.jenkins.plugins.dbtslim.manifest.ManifestReader;
import io.jenkins.plugins.dbtslim.manifest.Resource;
import io.jenkins.plugins.dbtslim.state.StateComparison;
import io.jenkins.plugins.dbtslim.state.StateOptions;
import io.jenkins.plugins.dbtslim.state.StateSelector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random projects are deployed by real dbt again and again, with failures, narrow selections and changes that are taken
 * back; after each deploy the published manifest must tell every later dbt what production has not got, and nothing
 * else.
 */
class ProductionManifestIT {
    private static final int DEPLOYS = 8;

    @TempDir
    Path folder;

    @Test
    @Timeout(300)
    void tellsWhatProductionHasNotGot() throws Exception {
        Path venv = DbtVenv.obtain(Path.of("src/demo/requirements.txt"), System.out::println);
        try (DbtWorker dbt = new DbtWorker(venv, folder.resolve("log"))) {
            new Deploys(dbt, 3, folder.resolve("project")).run(4);
        }
    }

    @Tag("long")
    @ParameterizedTest(name = "dbt {0}")
    @ValueSource(strings = {"1.8", "1.11"})
    void tellsSoInManyRounds(String version) throws Exception {
        int first = Integer.getInteger("live.seed", new Random().nextInt(1_000_000));
        int rounds = Integer.getInteger("live.rounds", 200);
        try (DbtWorker dbt = new DbtWorker(venv(version), folder.resolve("log"))) {
            for (int i = 0; i < rounds / DEPLOYS; i++) {
                new Deploys(dbt, first + i, folder.resolve("project" + i)).run(DEPLOYS);
            }
        }
    }

    private Path venv(String version) throws IOException, InterruptedException {
        Path requirements = folder.resolve("requirements.txt");
        Files.write(requirements, List.of("dbt-core~=" + version + ".0", "dbt-duckdb==1.11.1", "duckdb==2.0.0"));
        try {
            return DbtVenv.obtain(requirements, System.out::println);
        } catch (IOException e) {
            if ("true".equals(System.getenv("CI"))) {
                throw e;
            }
            return abort(e.getMessage());
        }
    }

    /** One project through its deploys. */
    private static final class Deploys {
        private static final Pattern ID = Pattern.compile("\"unique_id\": \"([^\"]+)\"");

        private final DbtWorker dbt;
        private final int seed;
        private final Random random;
        private final Path folder;
        private final Path state;
        private final RandomProject project;
        /** What stands in production, as the runs tell, by unique_id. */
        private final Map<String, String> production = new TreeMap<>();

        private final Set<String> broken = new HashSet<>();
        private final Map<String, String> tests = new TreeMap<>();
        private boolean published;

        Deploys(DbtWorker dbt, int seed, Path folder) throws IOException {
            this.dbt = dbt;
            this.seed = seed;
            this.random = new Random(seed);
            this.folder = Files.createDirectories(folder);
            this.state = Files.createDirectories(folder.resolve("state"));
            this.project = new RandomProject(random, folder);
        }

        void run(int deploys) throws IOException {
            for (int i = 0; i < deploys; i++) {
                if (i > 0) {
                    project.change();
                }
                project.plan(random.nextInt(4) > 0);
                deploy(i, arguments());
            }
            project.mend();
            project.plan(false);
            // A test that failed to compile kept the rest from being built, so twice.
            deploy(deploys, select("state:modified+"));
            ProductionSummary last = deploy(deploys + 1, select("state:modified+"));
            assertThat(last.isWhole())
                    .as("all is built at last: %s, seed %s", last, seed)
                    .isTrue();
        }

        private List<String> select(String criterion) {
            return published ? List.of("--select", criterion, "--state", state.toString()) : List.of();
        }

        private List<String> arguments() {
            List<String> words = new ArrayList<>(
                    switch (random.nextInt(6)) {
                        case 0 -> select("state:modified");
                        case 1 -> {
                            List<String> some = project.some();
                            yield some.isEmpty() ? List.<String>of() : List.of("--select", String.join(" ", some));
                        }
                        default -> select("state:modified+");
                    });
            List<String> excluded = project.some();
            if (random.nextInt(3) == 0 && !excluded.isEmpty()) {
                words.addAll(List.of("--exclude", String.join(" ", excluded)));
            }
            if (random.nextInt(5) == 0) {
                words.add("--fail-fast");
            }
            if (random.nextInt(8) == 0) {
                words.add("--empty");
            }
            return words;
        }

        private ProductionSummary deploy(int round, List<String> words) throws IOException {
            String what = "seed " + seed + ", deploy " + round + " with " + words;
            Path target = folder.resolve("target");
            Files.deleteIfExists(target.resolve("run_results.json"));
            dbt(List.of(), "parse");
            DbtWorker.Answer built = dbt(words, "build");
            assertThat(target.resolve("run_results.json"))
                    .as("%s: %s", what, built)
                    .exists();
            RunRecord run = selecting(RunRecord.read(target), words);
            note(run);

            Path published = folder.resolve("published.json");
            ProductionSummary summary = new ProductionManifest(target.resolve("manifest.json"), run)
                    .former(this.published ? state.resolve("manifest.json") : null)
                    .publishedBy("" + round)
                    .write(published);
            if (!summary.isPublishable()) {
                return summary;
            }
            Files.copy(published, state.resolve("manifest.json"), StandardCopyOption.REPLACE_EXISTING);
            this.published = true;

            Set<String> told = new TreeSet<>();
            summary.pending().forEach(node -> told.add(node.id()));
            summary.absent().forEach(node -> told.add(node.id()));
            Set<String> listed = listed();
            assertThat(listed).as("dbt finds modified, %s", what).isEqualTo(told);
            assertThat(ours(target.resolve("manifest.json")))
                    .as("we find modified, %s", what)
                    .isEqualTo(told);
            assertThat(notTold(listed))
                    .as("not in production and not told, %s", what)
                    .isEmpty();
            assertThat(ProductionManifest.pending(ManifestReader.read(state.resolve("manifest.json"))))
                    .as("marks, %s", what)
                    .extracting(PendingNode::id)
                    .isEqualTo(summary.pending().stream().map(PendingNode::id).toList());
            checkDeferral(what);
            return summary;
        }

        /** As the driver tells it, too. */
        private RunRecord selecting(RunRecord run, List<String> words) throws IOException {
            List<String> selection = new ArrayList<>(words);
            selection.removeAll(List.of("--fail-fast", "--empty"));
            selection.addAll(List.of("--output", "json", "--output-keys", "unique_id"));
            return new RunRecord(
                    run.status(),
                    run.dbtVersion(),
                    run.flags(),
                    new TreeSet<>(ids(dbt(selection, "--quiet", "ls"))),
                    run.statuses(),
                    run.narrowed(),
                    run.commit(),
                    run.unknown(),
                    null);
        }

        private void note(RunRecord run) {
            Map<String, String> contents = project.contents();
            run.statuses().forEach((id, status) -> {
                if (id.startsWith("test.") || id.startsWith("unit_test.")) {
                    tests.put(id, run.narrowed() == null ? status : "narrowed");
                } else if (status.equals("success") && run.narrowed() == null) {
                    production.put(id, contents.get(id));
                    broken.remove(id);
                } else if (!status.equals("skipped")) {
                    broken.add(id);
                }
            });
        }

        /** What a later dbt must build, whatever we tell, and does not find. */
        private Set<String> notTold(Set<String> listed) {
            Set<String> missing = new TreeSet<>();
            project.contents().forEach((id, content) -> {
                if (!content.equals(production.get(id)) || broken.contains(id)) {
                    missing.add(id);
                }
            });
            tests.forEach((id, status) -> {
                if (!Set.of("pass", "warn").contains(status) && exists.contains(id)) {
                    missing.add(id);
                }
            });
            missing.removeAll(listed);
            return missing;
        }

        private final Set<String> exists = new HashSet<>();

        private Set<String> listed() throws IOException {
            List<String> words = List.of("--resource-type", "all", "--output", "json", "--output-keys", "unique_id");
            exists.clear();
            exists.addAll(ids(dbt(words, "--quiet", "ls")));
            List<String> modified = new ArrayList<>(words);
            modified.addAll(List.of("--select", "state:modified", "--indirect-selection", "empty"));
            modified.addAll(List.of("--state", state.toString()));
            return ids(dbt(modified, "--quiet", "ls"));
        }

        private static Set<String> ids(DbtWorker.Answer answer) {
            assertThat(answer.success()).as(answer.exception()).isTrue();
            Set<String> ids = new TreeSet<>();
            for (String line : answer.lines()) {
                var found = ID.matcher(line);
                if (found.find()) {
                    ids.add(found.group(1));
                }
            }
            return ids;
        }

        private Set<String> ours(Path current) throws IOException {
            ManifestPair pair = ManifestPair.read(state.resolve("manifest.json"), current);
            StateComparison comparison = StateComparison.compare(pair.state(), pair.current(), StateOptions.defaults());
            Set<String> ids = new TreeSet<>();
            for (Resource resource : pair.current().resources()) {
                if (comparison.matches(StateSelector.MODIFIED, resource)) {
                    ids.add(resource.uniqueId());
                }
            }
            return ids;
        }

        /** In another schema, where nothing is, each name leads to what production has. */
        private void checkDeferral(String what) throws IOException {
            Manifest manifest = ManifestReader.read(state.resolve("manifest.json"));
            List<String> ids = project.contents().keySet().stream()
                    .filter(id -> id.startsWith("model.p.m"))
                    .toList();
            StringBuilder code = new StringBuilder();
            for (String id : ids) {
                String[] parts = id.split("\\.", -1);
                code.append("{{ ref('" + parts[2] + "'" + (parts.length > 3 ? ", v=" + parts[3].substring(1) : "")
                        + ") }};");
            }
            DbtWorker.Answer answer = dbt(
                    List.of("--inline", code.toString(), "--target", "ci", "--defer", "--state", state.toString()),
                    "--quiet",
                    "compile");
            assertThat(answer.success()).as("%s: %s", what, answer.exception()).isTrue();
            String[] relations = answer.lines().get(0).split(";", -1);
            for (int i = 0; i < ids.size(); i++) {
                Resource standing = manifest.resource(ids.get(i));
                boolean there = standing != null && !"ephemeral".equals(standing.materialized());
                assertThat(relations[i]).as("%s, %s", ids.get(i), what).contains(there ? "\"main\"" : "\"ci\"");
            }
        }

        private DbtWorker.Answer dbt(List<String> more, String... words) throws IOException {
            List<String> command = new ArrayList<>(List.of(words));
            command.addAll(more);
            command.addAll(List.of("--project-dir", folder.toString(), "--profiles-dir", folder.toString()));
            command.add("--no-partial-parse");
            return dbt.run(command);
        }
    }
}
