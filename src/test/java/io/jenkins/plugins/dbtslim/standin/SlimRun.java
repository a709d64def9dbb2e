package io.jenkins.plugins.dbtslim.standin;

import io.jenkins.plugins.dbtslim.demo.SlimCommand;
import io.jenkins.plugins.dbtslim.demo.SlimCommand.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The packed command on the sample project and a test's database, with the places where it reads and leaves things. */
public final class SlimRun {
    private final Path folder;
    private final SampleProject project;
    private final List<String> dbt;
    private final Map<String, String> environment;
    private final Map<String, String> changed = new HashMap<>();

    /**
     * Writes the project.
     *
     * @param folder for all of it
     * @param dbt version of dbt-core
     */
    public SlimRun(Path folder, Standin database, String dbt) throws IOException, InterruptedException {
        this(folder, database, List.of("--venv", Standin.venv(dbt).toString()));
    }

    /**
     * Writes the project.
     *
     * @param dbt the options that say where dbt is
     */
    public SlimRun(Path folder, Standin database, List<String> dbt) throws IOException {
        this.folder = folder;
        this.project = Standin.project(folder.resolve("project"));
        this.environment = database.environment();
        this.dbt = List.copyOf(dbt);
        Files.createDirectories(folder.resolve("state"));
    }

    /** The project, to be changed. */
    public SampleProject project() {
        return project;
    }

    /** Where the build keeps what dbt wrote. */
    public Path kept() {
        return folder.resolve("kept");
    }

    /** Where production's manifest is. */
    public String state() {
        return folder.resolve("state").toString();
    }

    /** Makes the kept manifest production's. */
    public void publish() throws IOException {
        Files.copy(kept().resolve("manifest.json"), manifest(), StandardCopyOption.REPLACE_EXISTING);
    }

    /** Makes this text production's manifest. */
    public void writeState(String json) throws IOException {
        Files.writeString(manifest(), json);
    }

    private Path manifest() {
        return folder.resolve("state/manifest.json");
    }

    /** Sets a variable of the environment; null for what it was at first. */
    public SlimRun with(String variable, String value) {
        changed.put(variable, value == null ? environment.get(variable) : value);
        return this;
    }

    /** {@code dbt-slim build}. */
    public Result build(String... more) throws IOException, InterruptedException {
        return command().run(words("build", more));
    }

    /** {@code dbt-slim build} with one option before the others. */
    Result build(String option, String value, String[] more) throws IOException, InterruptedException {
        return build(Stream.concat(Stream.of(option, value), Stream.of(more)).toArray(String[]::new));
    }

    /** {@code dbt-slim build}, while it runs. */
    public Process start(Path output, String... more) throws IOException {
        return command().start(output, words("build", more));
    }

    /** {@code dbt-slim drop-environment}. */
    public Result dropEnvironment(String... more) throws IOException, InterruptedException {
        return command().run(words("drop-environment", more));
    }

    private SlimCommand command() throws IOException {
        SlimCommand command = new SlimCommand(folder.resolve("run.log"));
        environment.forEach(command::with);
        changed.forEach(command::with);
        return command;
    }

    private String[] words(String name, String... more) {
        String directory = project.folder().toString();
        List<String> words = new ArrayList<>(List.of(name, "--project-dir", directory, "--profiles-dir", directory));
        words.addAll(dbt);
        if (name.equals("build")) {
            words.addAll(List.of("--keep", kept().toString()));
        }
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }
}
