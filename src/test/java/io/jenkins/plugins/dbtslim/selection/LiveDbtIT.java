package io.jenkins.plugins.dbtslim.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.jenkins.plugins.dbtslim.dbt.DbtVenv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Random projects with random changes are listed by real dbt, by random selectors, and by us. A failure tells the seed of
 * the project; {@code -Dlive.seeds=7,20-25} runs those again.
 */
@Tag("long")
class LiveDbtIT {
    private static final int PROJECTS = 8;

    @TempDir
    Path folder;

    @ParameterizedTest(name = "dbt {0}")
    @CsvSource({"1.11, v111", "1.8, v18"})
    void listsWhatDbtLists(String version, String tag) throws IOException, InterruptedException {
        int first = new Random().nextInt(1_000_000);
        String seeds = System.getProperty("live.seeds", first + "-" + (first + PROJECTS - 1));
        Path recorded = folder.resolve("recorded");
        record(version, tag, seeds, recorded);

        Map<String, Map<String, String>> wrong = new LinkedHashMap<>();
        int seen = 0;
        try (Stream<Path> cases = Files.list(recorded)) {
            for (Path project : cases.sorted().toList()) {
                Map<String, String> differences = RecordedLines.differences(project);
                if (!differences.isEmpty()) {
                    wrong.put(project.getFileName().toString(), differences);
                }
                seen++;
            }
        }
        assertThat(wrong)
                .as("lines that differ, by r and the seed of the project, of -Dlive.seeds=%s", seeds)
                .isEmpty();
        assertThat(seen)
                .as("projects that dbt could parse, of -Dlive.seeds=%s", seeds)
                .isPositive();
    }

    private void record(String version, String tag, String seeds, Path out) throws IOException, InterruptedException {
        Path venvs = Files.createDirectories(folder.resolve("venvs"));
        Files.createSymbolicLink(venvs.resolve(tag), venv(version));
        Path log = folder.resolve("log");
        ProcessBuilder builder = new ProcessBuilder(
                        venvs.resolve(tag).resolve("bin/python").toString(),
                        Path.of("src/test/oracle/gen.py").toAbsolutePath().toString(),
                        out.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment()
                .putAll(Map.of(
                        "ORACLE_VENVS",
                        venvs.toString(),
                        "ORACLE_WORK",
                        folder.resolve("work").toString(),
                        "ORACLE_CASES",
                        "random_cases",
                        "ORACLE_CURRENT",
                        tag,
                        "ORACLE_ONCE",
                        "1",
                        "ORACLE_SEEDS",
                        seeds,
                        "ORACLE_LINES",
                        "150",
                        "ORACLE_ODD",
                        "40"));
        Process process = builder.start();
        boolean ended = process.waitFor(30, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertThat(ended && process.exitValue() == 0)
                .as("the recorder ends well: %s", Files.readString(log))
                .isTrue();
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
}
