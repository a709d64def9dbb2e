package io.jenkins.plugins.dbtslim.jenkins.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.dbtslim.dbt.DbtEnvironment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The parts of a tool's installation that need neither Jenkins nor Python. */
class ToolPartsTest {
    private static final Python PYTHON = new Python("python3", "3.11.2", "3.11.2|CPython linux-x86_64|'/usr'");

    @Test
    void theCommandsOfUnix() {
        assertThat(PythonCommands.python(null, false)).isEqualTo("python3");
        assertThat(PythonCommands.makeVenv("/opt/py thon/bin/python3", "/ä b/venv"))
                .containsExactly("/opt/py thon/bin/python3", "-I", "-m", "venv", "--clear", "/ä b/venv");
        assertThat(PythonCommands.install("/ä b/venv", "/ä b/requirements.txt", false))
                .startsWith("/ä b/venv/bin/python", "-I", "-m", "pip", "install")
                .endsWith("--requirement", "/ä b/requirements.txt");
        assertThat(PythonCommands.dbt("/v", false)).isEqualTo("/v/bin/dbt");
        assertThat(ToolFolder.commands("/opt/dbt")).isEqualTo("/opt/dbt/bin:/opt/dbt");
    }

    @Test
    void theCommandsOfWindows() {
        assertThat(PythonCommands.python(null, true)).isEqualTo("python");
        assertThat(PythonCommands.install("C:\\Program Files\\venv", "C:\\r.txt", true))
                .startsWith("C:\\Program Files\\venv\\Scripts\\python.exe", "-I", "-m", "pip")
                .endsWith("--requirement", "C:\\r.txt");
        assertThat(PythonCommands.dbt("C:\\v", true)).isEqualTo("C:\\v\\Scripts\\dbt.exe");
        assertThat(ToolFolder.commands("C:\\dbt")).isEqualTo("C:\\dbt\\Scripts;C:\\dbt");
    }

    @Test
    void theKeyIsOfTextPythonAndPlatform() {
        String key = MakeEnvironment.key("dbt-core\n", PYTHON);
        assertThat(key).matches("[0-9a-f]{24}").isEqualTo(MakeEnvironment.key("dbt-core\n", PYTHON));
        assertThat(MakeEnvironment.key("dbt-core<2\n", PYTHON)).isNotEqualTo(key);
        assertThat(MakeEnvironment.key(
                        "dbt-core\n", new Python("python3", "3.11.2", "3.11.2|CPython win-amd64|'/usr'")))
                .isNotEqualTo(key);
    }

    /** As pip ends for dbt-core 1.12 on an agent that does not reach github.com. */
    @Test
    void theNewestDbtCoreIsNamedAsTheCause() {
        assertThat(MakeEnvironment.notInstalled("nightly", """
                RuntimeError: failed to download https://github.com/…/dbt_core_experimental_parser-2.0.8.whl: <urlopen error>
                note: This is an issue with the package mentioned above, not pip."""))
                .contains("not pip.\ndbt-core 1.12 downloads its parser from github.com", "write dbt-core<1.12");
        assertThat(MakeEnvironment.notInstalled("nightly", "No matching distribution"))
                .endsWith("its last lines are:\nNo matching distribution");
    }

    @Test
    void eachTopLevelItemHasAFolder() {
        assertThat(DbtSource.scope("Team Ä/x")).matches("Team_x-[0-9a-f]{8}");
        assertThat(DbtSource.scope("Team Ö/x")).isNotEqualTo(DbtSource.scope("Team Ä/x"));
        assertThat(DbtSource.scope("x".repeat(200))).hasSize(29);
        assertThat(DbtSource.scope("..")).isNotEqualTo("..");
    }

    @Test
    void anOldOrStrangePythonIsRefused() throws Exception {
        assertThat(Python.of("python3", List.of("noise", PYTHON.identity()))).isEqualTo(PYTHON);
        assertThatThrownBy(() -> Python.of("python3", List.of("3.8.1|CPython linux|'/usr'")))
                .hasMessageStartingWith("python3 on the agent is Python 3.8: dbt needs Python 3.9 or newer");
        assertThatThrownBy(() -> Python.of("python3", List.of("command not found")))
                .hasMessage("python3 on the agent is no Python that works: it answered \"command not found\".");
        assertThatThrownBy(() -> Python.of("python3", List.of())).hasMessageContaining("no Python that works");
    }

    @Test
    void whatLeadsPipAstrayIsTakenOut() {
        Map<String, String> environment =
                new HashMap<>(Map.of("PATH", "/bin", "PIP_INDEX_URL", "u", "PIP_TARGET", "/", "PYTHONPATH", "/x"));
        PythonCommands.clean(environment);
        assertThat(environment).containsOnlyKeys("PATH", "PIP_INDEX_URL");
    }

    @Test
    void aToolIsAnEnvironmentOrACommand(@TempDir Path home) throws Exception {
        assertThatThrownBy(() -> ToolFolder.look("nightly", home.toString()))
                .hasMessageStartingWith(
                        "The dbt tool \"nightly\" has neither a Python environment nor a dbt command in " + home);
        Path command = Files.createFile(home.resolve("dbt"));
        assertThat(ToolFolder.look("nightly", home.toString()))
                .isEqualTo(DbtEnvironment.executable(command.toString()));
        Files.createFile(Files.createDirectory(home.resolve("bin")).resolve("python"));
        assertThat(ToolFolder.look("nightly", home.toString())).isEqualTo(DbtEnvironment.venv(home.toString()));
    }
}
