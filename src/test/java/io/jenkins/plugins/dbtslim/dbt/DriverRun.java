package io.jenkins.plugins.dbtslim.dbt;

import io.jenkins.plugins.dbtslim.dbt.result.DbtOutcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A small project of one test on DuckDB, and plans for it that a real dbt runs by the driver, without the command around it. */
final class DriverRun {
    private final Path folder;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private String output = "";

    /** Writes a project that has a profile and nothing else. */
    DriverRun(Path folder) throws IOException {
        this.folder = folder;
        write("dbt_project.yml", "{name: small, profile: small, flags: {send_anonymous_usage_stats: false}}");
        write(
                "profiles.yml",
                "small: {target: dev, outputs: {dev: {type: duckdb, path: '" + folder + "/small.duckdb'}}}");
        with("DBT_LOG_PATH", folder.resolve("logs").toString());
        with("XDG_CACHE_HOME", folder.resolve("cache").toString());
    }

    /** The folder of the project. */
    Path project() {
        return folder.resolve("project");
    }

    /** What is kept of the last run. */
    Path kept() {
        return folder.resolve("kept");
    }

    /** Writes a file of the project. */
    DriverRun write(String name, String text) throws IOException {
        Path file = project().resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return this;
    }

    /** Sets a variable of the runs' environment. */
    DriverRun with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** A plan for the project. */
    DbtPlan.Builder plan() {
        return DbtPlan.builder(project().toString()).profilesDir(project().toString());
    }

    /** Runs it. */
    DbtOutcome run(DbtPlan.Builder plan) throws IOException, InterruptedException {
        Path own = Files.createDirectories(
                folder.resolve("runs").resolve(UUID.randomUUID().toString()));
        DbtDriver driver = DbtDriver.install(own, plan.build(), venv(), kept(), List.of("DBT_ENV_SECRET_TOKEN"));
        return driver.outcome(start(driver.command()));
    }

    /** What the driver's doctor says. */
    String doctor(DbtPlan.Builder plan) throws IOException, InterruptedException {
        Path own = Files.createDirectories(
                folder.resolve("runs").resolve(UUID.randomUUID().toString()));
        start(DbtDriver.install(own, plan.build(), venv(), kept(), List.of()).doctorCommand());
        return output;
    }

    /** What the last run printed. */
    String output() {
        return output;
    }

    private int start(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command))
                .redirectErrorStream(true)
                .directory(Files.createDirectories(folder.resolve("elsewhere")).toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor();
    }

    private static DbtEnvironment venv() throws IOException, InterruptedException {
        return DbtEnvironment.venv(DbtVenv.obtain(Path.of("src/demo/requirements.txt"), System.out::println)
                .toString());
    }
}
