package io.jenkins.plugins.dbtslim.cli;

import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;
import io.jenkins.plugins.dbtslim.io.JsonObject;
import io.jenkins.plugins.dbtslim.io.VisibleText;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/**
 * The option {@code --output} of commands that do something: a log for people on standard output, or one JSON object
 * for scripts there and the log on standard error.
 */
final class ResultOutput {
    @Option(
            names = "--output",
            paramLabel = "text|json",
            description = "text: the log (default); json: one object with the result, the log on standard error.")
    Form form = Form.TEXT;

    private boolean told;

    /** For whom the standard output is. */
    enum Form {
        TEXT,
        JSON
    }

    /** Where the log goes, line by line. */
    Consumer<String> log(CommandSpec spec) {
        return line -> writer(spec).println(VisibleText.line(line));
    }

    /** Where what dbt prints goes, with its colours. */
    PrintWriter writer(CommandSpec spec) {
        return form == Form.JSON
                ? spec.commandLine().getErr()
                : spec.commandLine().getOut();
    }

    /** Prints the result where scripts are to read it: texts, numbers, booleans, null, and lists and maps of those. */
    void result(CommandSpec spec, Map<String, ?> result) throws IOException {
        if (form == Form.TEXT) {
            return;
        }
        told = true;
        spec.commandLine().getOut().println(VisibleText.json(JsonObject.line(result)));
    }

    /** What scripts read of a command that ended before it had a result: the words that stand on standard error. */
    static void failure(CommandSpec spec, String sentence) {
        for (CommandSpec mixin : spec.mixins().values()) {
            if (mixin.userObject() instanceof ResultOutput output && !output.told) {
                Map<String, Object> result = new LinkedHashMap<>();
                result.put("status", RunStatus.ERROR.key());
                result.put("error", sentence);
                try {
                    output.result(spec, result);
                } catch (IOException e) {
                    throw new UncheckedIOException(e); // nothing is written but a text
                }
            }
        }
    }
}
