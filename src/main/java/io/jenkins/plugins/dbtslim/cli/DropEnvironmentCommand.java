package io.jenkins.plugins.dbtslim.cli;

import io.jenkins.plugins.dbtslim.dbt.DbtDriver;
import io.jenkins.plugins.dbtslim.dbt.DbtEnvironment;
import io.jenkins.plugins.dbtslim.dbt.DbtPlan;
import io.jenkins.plugins.dbtslim.dbt.Operation;
import io.jenkins.plugins.dbtslim.dbt.result.DbtOutcome;
import io.jenkins.plugins.dbtslim.io.FileTree;
import io.jenkins.plugins.dbtslim.io.UserException;
import io.jenkins.plugins.dbtslim.secret.SecretMask;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dbt-slim drop-environment}: removes what a pull request owns, by the project's own macro. */
@Command(
        name = "drop-environment",
        description = "Drops the environment of a pull request: runs the project's macro drop_environment.",
        sortOptions = false,
        footer = {
            "",
            "dbt gets this process' environment: put MZ_HOST, MZ_USER, MZ_PASSWORD and the like there.",
            "Example: dbt-slim drop-environment --ci-tag pr_42"
        })
final class DropEnvironmentCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Mixin
    ProjectOptions project = new ProjectOptions();

    @Mixin
    EnvironmentOption tagOption = new EnvironmentOption();

    @Option(
            names = "--macro",
            paramLabel = "MACRO[:ARGS]",
            description = "The macro that drops it; default: drop_environment.")
    Operation macro = new Operation("drop_environment", "", false);

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "Directory of production's manifest: nothing that it uses is dropped.")
    Path state;

    @Override
    public Integer call() throws IOException, InterruptedException {
        String tag = tagOption.get(true);
        if (tag == null) {
            throw new UserException("Which environment is to go? Give its tag with --ci-tag or the variable CI_TAG.");
        }
        project.protectedNames(state).require(tag);
        DbtEnvironment environment = project.environment();
        environment.check();
        Path folder = Files.createTempDirectory("dbt-slim");
        try {
            return drop(tag, environment, folder);
        } finally {
            FileTree.delete(folder);
        }
    }

    private int drop(String tag, DbtEnvironment environment, Path folder) throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        DbtPlan plan = project.plan()
                .operations(List.of(macro))
                .operationsOnly()
                .colors(Terminal.colours())
                .build();
        Path kept = folder.resolve("kept");
        DbtDriver driver = DbtDriver.install(folder, plan, environment, kept, SecretMask.secretNames(System.getenv()));
        DbtOutcome outcome = new DbtProcess(driver, EnvironmentOption.variables(tag)).run(out);
        if (!outcome.status().isOk()) {
            throw new UserException("The environment " + tag + " was not dropped: "
                    + (outcome.error() == null ? "dbt " + outcome.status().words() + "." : outcome.error()));
        }
        out.println("dbt-slim: the environment " + tag + " is dropped");
        return outcome.status().code();
    }
}
