package io.jenkins.plugins.dbtslim.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code dbt-slim}; each subcommand is a class of its own beside it. */
@Command(
        name = "dbt-slim",
        mixinStandardHelpOptions = true,
        description = "Builds only what changed in a dbt project, and shows why.",
        subcommands = CommandLine.HelpCommand.class)
public final class DbtSlim {
    /** Runs the command and ends the JVM with its exit status: 0 ok, 1 the dbt run had failures, 2 error. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new DbtSlim()).execute(args));
    }
}
