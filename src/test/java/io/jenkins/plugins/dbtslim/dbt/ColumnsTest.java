package io.jenkins.plugins.dbtslim.dbt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the tests of what is proven of changed SQL, in a Python that has sqlglot and DuckDB. */
class ColumnsTest {
    @ParameterizedTest
    @ValueSource(strings = {"test_columns.py", "test_lineage.py"})
    @Timeout(600)
    void provesWhatHoldsAndNothingElse(String tests) throws IOException, InterruptedException {
        run("requirements.txt", tests);
    }

    /** It is the user's sqlglot: many versions compare some texts in any case, and write some words otherwise. */
    @ParameterizedTest
    @ValueSource(strings = {"test_columns.py", "test_lineage.py"})
    @Timeout(600)
    void provesTheSameWithAnOlderSqlglot(String tests) throws IOException, InterruptedException {
        run("requirements-older.txt", tests, "GoldenTest");
    }

    private static void run(String requirements, String tests, String... names)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                DbtEnvironment.venv(venv(requirements).toString()).python(), "-B", "src/test/python/sql/" + tests));
        command.addAll(List.of(names));
        Process python = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(python.waitFor()).as(output).isZero();
        assertThat(output).containsPattern("Ran [1-9]\\d* tests").contains("\nOK");
    }

    private static Path venv(String requirements) throws InterruptedException {
        try {
            return DbtVenv.obtain(Path.of("src/test/python/sql", requirements), System.out::println);
        } catch (IOException e) {
            if ("true".equals(System.getenv("CI"))) {
                throw new IllegalStateException(e);
            }
            return abort(e.getMessage()); // a laptop without Python or a registry
        }
    }
}
