package io.jenkins.plugins.dbtslim.cli;

import io.jenkins.plugins.dbtslim.io.VisibleText;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Turns every error of the command into one sentence on standard error and exit status 2; the stack trace comes with
 * {@code --debug} only.
 */
final class CliErrors implements IParameterExceptionHandler, IExecutionExceptionHandler {
    static final int EXIT_STATUS = CommandLine.ExitCode.USAGE;

    private final BooleanSupplier debug;

    CliErrors(BooleanSupplier debug) {
        this.debug = debug;
    }

    @Override
    public int handleParseException(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        if (args.length == 0) {
            command.usage(err);
            return EXIT_STATUS;
        }
        String name = command.getCommandSpec().qualifiedName();
        err.println(name + ": " + oneLine(e.getMessage()));
        if (!UnmatchedArgumentException.printSuggestions(e, err)) {
            err.println("Try '" + name + " --help'.");
        }
        return EXIT_STATUS;
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        String sentence = sentence(e);
        err.println(command.getCommandSpec().qualifiedName() + ": " + sentence);
        ResultOutput.failure(command.getCommandSpec(), sentence);
        if (debug.getAsBoolean()) {
            e.printStackTrace(err);
        }
        return EXIT_STATUS;
    }

    /**
     * What to tell the user: a {@link io.jenkins.plugins.dbtslim.io.UserException} and what the machine refuses speak for
     * themselves; what is left is a fault of ours, whatever its message says.
     */
    static String sentence(Throwable e) {
        if ((e instanceof UncheckedIOException || e instanceof ExecutionException) && e.getCause() != null) {
            return sentence(e.getCause());
        }
        if (e instanceof FileSystemException file) {
            return oneLine(file(file));
        }
        if (e instanceof IOException && e.getMessage() != null) {
            return oneLine(e.getMessage());
        }
        if (e instanceof InterruptedException) {
            return "interrupted.";
        }
        return oneLine("internal error: " + e + "; please report it with the output of --debug.");
    }

    private static String file(FileSystemException e) {
        String file = e.getFile();
        if (e instanceof NoSuchFileException) {
            return file + " does not exist: check the path.";
        }
        if (e instanceof AccessDeniedException) {
            return file + " may not be read or written: check its permissions.";
        }
        if (e instanceof NotDirectoryException) {
            return file + " is not a directory: name one.";
        }
        if (e instanceof FileAlreadyExistsException) {
            return file + " is in the way: move it, or choose another name.";
        }
        return e.getMessage();
    }

    private static String oneLine(String message) {
        return VisibleText.line(message.strip().replaceAll("\\s*\\R\\s*", " "));
    }
}
