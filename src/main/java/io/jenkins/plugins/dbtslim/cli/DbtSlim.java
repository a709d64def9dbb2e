package io.jenkins.plugins.dbtslim.cli;

import io.jenkins.plugins.dbtslim.dbt.Guard;
import io.jenkins.plugins.dbtslim.dbt.Operation;
import io.jenkins.plugins.dbtslim.io.UserException;
import io.jenkins.plugins.dbtslim.io.UserPath;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;

/** The command {@code dbt-slim}; each subcommand is a class of its own beside it. */
@Command(
        name = "dbt-slim",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = DbtSlimVersion.class,
        description = "Builds only what changed in a dbt project, and shows why.",
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:ok",
            "1:the dbt run had failures",
            "2:usage, input or environment error; one sentence on standard error says which",
            "130, 143:ended by Ctrl-C or a signal; what was done until then is in the report"
        })
public final class DbtSlim {
    /** In alphabetical order. */
    private static final List<Class<?>> SUBCOMMANDS = List.of(
            BuildCommand.class,
            CompareCommand.class,
            DoctorCommand.class,
            DropEnvironmentCommand.class,
            FetchCommand.class,
            AutoComplete.GenerateCompletion.class,
            CommandLine.HelpCommand.class,
            LsCommand.class,
            PublishCommand.class,
            ReportCommand.class);

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Show the stack trace of an error, for a bug report.")
    boolean debug;

    /** Runs the command and ends the JVM with its exit status: 0 ok, 1 the dbt run had failures, 2 error. */
    public static void main(String[] args) {
        // The AWS SDK's log goes nowhere here, which is no news for the user.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        System.exit(run(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                args));
    }

    /** Runs the command, for tests and other programs in this JVM; gives the exit status. */
    public static int run(PrintWriter out, PrintWriter err, String... args) {
        DbtSlim root = new DbtSlim();
        CliErrors errors = new CliErrors(() -> root.debug);
        CommandLine commandLine = new CommandLine(root);
        subcommands(args).forEach(commandLine::addSubcommand);
        return readingOptions(commandLine)
                .setOut(out)
                .setErr(err)
                .setParameterExceptionHandler(errors)
                .setExecutionExceptionHandler(errors)
                .setCaseInsensitiveEnumValuesAllowed(true)
                // @ is dbt's graph operator, not the name of a file with arguments.
                .setExpandAtFiles(false)
                .execute(args);
    }

    /** Lets it, and the subcommands that it has, read options of our own types. */
    static CommandLine readingOptions(CommandLine commandLine) {
        return commandLine
                .registerConverter(Path.class, text -> read(text, DbtSlim::path))
                .registerConverter(Guard.class, text -> read(text, DbtSlim::guard))
                .registerConverter(Operation.class, text -> read(text, Operation::parse));
    }

    private static Path path(String text) throws UserException {
        if (text.isBlank()) {
            throw new UserException("an empty name is no path: give one (is a variable unset?).");
        }
        return UserPath.of("\"" + text + "\"", text);
    }

    private static Guard guard(String text) throws UserException {
        return Guard.parse(List.of(text)).iterator().next();
    }

    /** How the value of an option is read. */
    private interface Rule<T> {
        T read(String text) throws UserException;
    }

    private static <T> T read(String text, Rule<T> rule) {
        try {
            return rule.read(text);
        } catch (UserException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    /**
     * All, or only the one that the first word names: looking through the options of each takes a fifth of a second. Help
     * and completion are about all of them.
     */
    private static List<Class<?>> subcommands(String... args) {
        return SUBCOMMANDS.stream()
                .filter(subcommand -> args.length > 0 && !subcommand.getName().startsWith("picocli."))
                .filter(subcommand ->
                        subcommand.getAnnotation(Command.class).name().equals(args[0]))
                .findFirst()
                .<List<Class<?>>>map(List::of)
                .orElse(SUBCOMMANDS);
    }
}
