package io.jenkins.plugins.dbtslim.cli;

import io.jenkins.plugins.dbtslim.io.AtomicFile;
import io.jenkins.plugins.dbtslim.io.Heartbeat;
import io.jenkins.plugins.dbtslim.report.data.ReportSource;
import io.jenkins.plugins.dbtslim.report.export.JUnitReport;
import io.jenkins.plugins.dbtslim.report.export.JsonReport;
import io.jenkins.plugins.dbtslim.report.export.MarkdownSummary;
import io.jenkins.plugins.dbtslim.report.page.HtmlOptions;
import io.jenkins.plugins.dbtslim.report.page.HtmlReport;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dbt-slim report}: makes pages and files for people and other tools from a report. */
@Command(
        name = "report",
        description = "Shows a report as one HTML page, JUnit XML, Markdown or JSON.",
        footer = {"", "Example: dbt-slim report slim.report --html report.html --junit TEST-dbt.xml"})
final class ReportCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "REPORT",
            description = "Report of \"dbt-slim build\", or JSON of \"compare\".")
    Path file;

    @Option(names = "--html", paramLabel = "FILE", description = "Page that stands alone; - is standard output.")
    String html;

    @Option(names = "--junit", paramLabel = "FILE", description = "dbt tests and nodes as JUnit XML.")
    String junit;

    @Option(names = "--markdown", paramLabel = "FILE", description = "Summary for the comment of a pull request.")
    String markdown;

    @Option(names = "--json", paramLabel = "FILE", description = "The whole report as JSON.")
    String json;

    @Option(names = "--no-code", description = "Leave out SQL, configs and messages of the database.")
    boolean noCode;

    @Override
    public Integer call() throws IOException {
        try (Heartbeat heartbeat =
                Heartbeat.during("Making the report", spec.commandLine().getErr()::println)) {
            return work();
        }
    }

    private int work() throws IOException {
        if (html == null && junit == null && markdown == null && json == null) {
            throw new ParameterException(
                    spec.commandLine(), "Say what to make: --html, --junit, --markdown or --json, each with a FILE.");
        }
        try (ReportSource source = JsonReport.open(file)) {
            if (html != null) {
                HtmlOptions options = HtmlOptions.standalone().withCode(!noCode);
                write(html, out -> text(out, writer -> new HtmlReport(source, options).page(writer)));
            }
            if (junit != null) {
                write(junit, out -> JUnitReport.write(out, source.report()));
            }
            if (markdown != null) {
                String summary = new MarkdownSummary(source.report(), !noCode).text();
                write(markdown, out -> text(out, writer -> writer.append(summary)));
            }
            if (json != null) {
                write(json, out -> JsonReport.write(out, source));
            }
        }
        return 0;
    }

    /** Writes characters. */
    @FunctionalInterface
    private interface Text {
        void writeTo(Writer writer) throws IOException;
    }

    private static void text(OutputStream out, Text text) throws IOException {
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        text.writeTo(writer);
        writer.flush();
    }

    private void write(String destination, AtomicFile.Content content) throws IOException {
        OutputFile.write(destination, spec.commandLine().getOut(), content);
    }
}
