package io.jenkins.plugins.dbtslim.dbt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Python sources are typed, formatted and free of what linters find, by {@code pyproject.toml}. */
class PythonGatesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ruff check src/main/python src/test/python",
                "ruff format --check src/main/python src/test/python",
                "mypy src/main/python/dbt_slim"
            })
    @Timeout(600)
    void findsNothing(String gate) throws IOException, InterruptedException {
        Result result = run(venv(), gate.split(" "));
        assertThat(result.status()).as(result.output()).isZero();
    }

    /** A gate that is not asked for anything would find nothing, too. */
    @Test
    @Timeout(600)
    void wouldFindSomething() throws IOException, InterruptedException {
        assertThat(run(venv(), "mypy", "-c", "def f(x): return x").status()).isNotZero();
    }

    private static Path venv() throws InterruptedException {
        try {
            return DbtVenv.obtain(Path.of("src/test/python/requirements.txt"), System.out::println);
        } catch (IOException e) {
            if ("true".equals(System.getenv("CI"))) {
                throw new IllegalStateException(e);
            }
            return abort(e.getMessage()); // a laptop without Python or a registry
        }
    }

    private record Result(int status, String output) {}

    private static Result run(Path venv, String... gate) throws IOException, InterruptedException {
        List<String> words =
                new ArrayList<>(List.of(DbtEnvironment.venv(venv.toString()).python(), "-m"));
        words.addAll(List.of(gate));
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }
}
