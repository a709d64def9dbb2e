package io.jenkins.plugins.dbtslim.jenkins.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hudson.model.TaskListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Makes environments with the Python of this machine from a package of our own, without any network. */
class MakeEnvironmentIT {
    @TempDir
    static Path wheels;

    @TempDir
    Path folder;

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final Map<String, String> environment = new HashMap<>(System.getenv());
    private Path base;

    @BeforeAll
    static void makeWheel() throws IOException {
        try {
            Process python = new ProcessBuilder("python3", "-c", "import ensurepip, venv").start();
            assumeTrue("true".equals(System.getenv("CI")) || python.waitFor() == 0, "python3 with venv");
        } catch (IOException | InterruptedException e) {
            assumeTrue("true".equals(System.getenv("CI")), "python3");
        }
        String info = "little_dbt-1.0.dist-info/";
        try (ZipOutputStream zip =
                new ZipOutputStream(Files.newOutputStream(wheels.resolve("little_dbt-1.0-py3-none-any.whl")))) {
            add(zip, "little_dbt.py", "def main():\n    print('little dbt')\n");
            add(zip, info + "METADATA", "Metadata-Version: 2.1\nName: little-dbt\nVersion: 1.0\n");
            add(zip, info + "WHEEL", "Wheel-Version: 1.0\nGenerator: us\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
            add(zip, info + "entry_points.txt", "[console_scripts]\ndbt = little_dbt:main\n");
            add(zip, info + "RECORD", "");
        }
    }

    private static void add(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
    }

    @BeforeEach
    void setUp() {
        base = folder.resolve("tools ä/team");
        environment.put("PIP_NO_INDEX", "1");
        environment.put("PIP_FIND_LINKS", wheels.toString());
    }

    private String make(String requirements, String python) throws IOException, InterruptedException {
        PrintStream stream = new PrintStream(log, true, StandardCharsets.UTF_8);
        TaskListener listener = () -> stream;
        return new MakeEnvironment("nightly", Requirements.parse(requirements).text(), python, environment, listener)
                .invoke(base.toFile(), null);
    }

    @Test
    void makesAnEnvironmentOnceAlsoWhereOneWasHalfMade() throws Exception {
        Python python = Python.find(new CommandLine(folder.toFile(), environment, 1), "python3");
        Path half = base.resolve(MakeEnvironment.key("little-dbt==1.0\n", python));
        Files.writeString(Files.createDirectories(half.resolve("venv/bin")).resolve("dbt"), "cut off");
        String venv = make("little-dbt==1.0", null);
        assertThat(venv).isEqualTo(half.resolve("venv").toString());
        Process dbt = new ProcessBuilder(venv + "/bin/dbt").start();
        assertThat(new String(dbt.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("little dbt\n");
        assertThat(log.toString(StandardCharsets.UTF_8))
                .contains("Making the Python environment of the dbt tool \"nightly\" with Python 3.", "Made it in ");
        log.reset();
        assertThat(make("little-dbt==1.0", null)).isEqualTo(venv);
        assertThat(log.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void aFailureLeavesNothing() throws Exception {
        assertThatThrownBy(() -> make("no-such-package", null))
                .hasMessageStartingWith(
                        "pip could not install the requirements of the dbt tool \"nightly\"; its last lines")
                .hasMessageContaining("No matching distribution found for no-such-package");
        try (Stream<Path> left = Files.list(base)) {
            assertThat(left.map(file -> file.getFileName().toString())).allMatch(name -> name.endsWith(".lock"));
        }
    }

    @Test
    void aMissingPythonIsNamed() {
        assertThatThrownBy(() -> make("little-dbt", "/nowhere/python3"))
                .hasMessageStartingWith("There is no /nowhere/python3 on the agent: install Python 3.9 or newer");
        assertThatThrownBy(() -> make("little-dbt", "false")).hasMessageContaining("no Python that works");
    }

    @Test
    void commandsAreEndedAndTheirLastLinesKept() throws Exception {
        CommandLine commands = new CommandLine(folder.toFile(), System.getenv(), 1);
        CommandLine.Ended ended =
                commands.run(List.of("sh", "-c", "for i in 1 2 3 4 5 6 7 8 9 10; do echo $i; done; exit 3"));
        assertThat(ended.status()).isEqualTo(3);
        assertThat(ended.lines()).containsExactly("3", "4", "5", "6", "7", "8", "9", "10");
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> commands.run(List.of("sleep", "60"))).isInstanceOf(InterruptedException.class);
    }
}
