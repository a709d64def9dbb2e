package io.jenkins.plugins.dbtslim.standin;

import io.jenkins.plugins.dbtslim.dbt.DbtDriver;
import io.jenkins.plugins.dbtslim.dbt.DbtEnvironment;
import io.jenkins.plugins.dbtslim.dbt.DbtPlan;
import io.jenkins.plugins.dbtslim.dbt.DeploymentOrder;
import io.jenkins.plugins.dbtslim.dbt.DeploymentOrder.Action;
import io.jenkins.plugins.dbtslim.dbt.Operation;
import io.jenkins.plugins.dbtslim.dbt.result.DbtOutcome;
import io.jenkins.plugins.dbtslim.dbt.result.DeploymentState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The driver as Jenkins lays it out and starts it, for the steps of a blue/green deployment of the sample project. */
final class DeploymentRun {
    private final Path folder;
    private final SampleProject project;
    private final Path venv;
    private final Map<String, String> environment;
    private Path state;
    private String vars;
    private List<String> alsoChanged = List.of();

    DeploymentRun(Path folder, Standin database, String dbt) throws IOException, InterruptedException {
        this.folder = folder;
        this.project = Standin.project(folder.resolve("project"));
        this.venv = Standin.venv(dbt);
        this.environment = new HashMap<>(database.environment());
        environment.put("CI_TAG", "gh_ci_42");
    }

    /** Compares with the manifest that was kept last. */
    DeploymentRun comparing() throws IOException {
        state = Files.createDirectories(folder.resolve("state"));
        Files.copy(
                folder.resolve("kept/manifest.json"),
                state.resolve("manifest.json"),
                StandardCopyOption.REPLACE_EXISTING);
        return this;
    }

    /** Sets the variables of dbt, and what of them counts as a change. */
    DeploymentRun vars(String yaml, String... alsoChanged) {
        vars = yaml;
        this.alsoChanged = List.of(alsoChanged);
        return this;
    }

    /** Sets a variable of the environment. */
    DeploymentRun with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    SampleProject project() {
        return project;
    }

    /**
     * What came of a step.
     *
     * @param output of the process
     */
    record Result(DbtOutcome outcome, DeploymentState state, String output) {
        String result() {
            return state == null ? null : state.result();
        }
    }

    static DeploymentOrder order(Action action, String token) throws IOException {
        return DeploymentOrder.of(action, token).waiting(60, 0.2, null);
    }

    Result prepare() throws IOException, InterruptedException {
        return run(order(Action.PREPARE, null));
    }

    Result promote(String token) throws IOException, InterruptedException {
        return run(order(Action.PROMOTE, token));
    }

    Result cleanup(String token) throws IOException, InterruptedException {
        return run(order(Action.CLEANUP, token).besides(List.of("gh_ci_7")));
    }

    /** A plain build of all of it into production; the plan's order is null. */
    Result run(DeploymentOrder order) throws IOException, InterruptedException {
        Process process = start(order);
        process.waitFor();
        return read();
    }

    /** What dbtDropEnvironment runs, for several environments in one process. */
    Result dropEnvironment(String... tags) throws IOException, InterruptedException {
        Operation macro = new Operation("drop_environment", "", false);
        start(plan().operations(Stream.of(tags).map(macro::of).toList()).operationsOnly())
                .waitFor();
        return read();
    }

    Process start(DeploymentOrder order) throws IOException {
        return start(plan().deployment(order).state(state == null ? null : state.toString()));
    }

    private DbtPlan.Builder plan() {
        String directory = project.folder().toString();
        return DbtPlan.builder(directory)
                .profilesDir(directory)
                .target("production")
                .vars(vars)
                .alsoChanged(alsoChanged)
                .colors(false);
    }

    private Process start(DbtPlan.Builder builder) throws IOException {
        DbtPlan plan = builder.build();
        Path own = Files.createDirectories(folder.resolve("driver"));
        List<String> command = DbtDriver.install(
                        own, plan, DbtEnvironment.venv(venv.toString()), folder.resolve("kept"), List.of("MZ_PASSWORD"))
                .command();
        ProcessBuilder process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile());
        process.environment().putAll(environment);
        return process.start();
    }

    /** What the process printed so far. */
    String output() throws IOException {
        return Files.readString(folder.resolve("output"));
    }

    Result read() throws IOException {
        Path kept = folder.resolve("kept");
        return new Result(DbtOutcome.read(kept), DeploymentState.read(kept), output());
    }
}
