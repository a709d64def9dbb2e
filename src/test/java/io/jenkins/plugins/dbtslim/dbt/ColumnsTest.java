package io.jenkins.plugins.dbtslim.dbt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the tests of what is proven of changed SQL, in a Python that has sqlglot and DuckDB. */
class ColumnsTest {
    @ParameterizedTest
    @ValueSource(strings = {"test_columns.py", "test_lineage.py"})
    @Timeout(600)
    void provesWhatHoldsAndNothingElse(String tests) throws IOException, InterruptedException {
        Process python = new ProcessBuilder(
                        DbtEnvironment.venv(venv().toString()).python(), "-B", "src/test/python/sql/" + tests)
                .redirectErrorStream(true)
                .start();
        String output = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(python.waitFor()).as(output).isZero();
        assertThat(output).containsPattern("Ran [1-9]\\d* tests").contains("\nOK");
    }

    private static Path venv() throws InterruptedException {
        try {
            return DbtVenv.obtain(Path.of("src/test/python/sql/requirements.txt"), System.out::println);
        } catch (IOException e) {
            if ("true".equals(System.getenv("CI"))) {
                throw new IllegalStateException(e);
            }
            return abort(e.getMessage()); // a laptop without Python or a registry
        }
    }
}
