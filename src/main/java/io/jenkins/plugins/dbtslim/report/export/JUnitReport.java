package io.jenkins.plugins.dbtslim.report.export;

import io.jenkins.plugins.dbtslim.io.AtomicFile;
import io.jenkins.plugins.dbtslim.io.VisibleText;
import io.jenkins.plugins.dbtslim.report.data.DisplayText;
import io.jenkins.plugins.dbtslim.report.data.NodeRun;
import io.jenkins.plugins.dbtslim.report.data.ReportNode;
import io.jenkins.plugins.dbtslim.report.data.SlimReport;
import io.jenkins.plugins.dbtslim.report.html.ReportMessages;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * dbt's tests and the nodes that were built as JUnit XML, so that Jenkins' own test history works. A class is the
 * package and folder of a node, a case is the node or test: both keep their names from build to build.
 */
public final class JUnitReport {
    private static final int MESSAGE = 10_000;

    private JUnitReport() {}

    /** Writes the file whole; its folder is made if it is missing. */
    public static void write(Path file, SlimReport report) throws IOException {
        AtomicFile.write(file, out -> write(out, report));
    }

    /** Writes the XML in UTF-8; the stream is left open. */
    public static void write(OutputStream out, SlimReport report) throws IOException {
        Map<String, List<ReportNode>> suites = new LinkedHashMap<>();
        suites.put("dbt tests", ran(report, true));
        suites.put("dbt nodes", ran(report, false));
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out, "UTF-8");
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("testsuites");
            if (!report.outcome().isWhole()) {
                reason(xml, report);
            }
            for (Map.Entry<String, List<ReportNode>> suite : suites.entrySet()) {
                suite(xml, suite.getKey(), suite.getValue());
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.flush();
        } catch (XMLStreamException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** A run that came to no end is one failing case: without it, no test would look like nothing wrong. */
    private static void reason(XMLStreamWriter xml, SlimReport report) throws XMLStreamException {
        String message = String.join("\n\n", report.run().messages()).strip();
        String headline = message.isEmpty()
                ? ReportMessages.get("outcome." + report.outcome().key())
                : message.lines().findFirst().orElse(message).strip();
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", "dbt run");
        xml.writeAttribute("tests", "1");
        xml.writeAttribute("failures", "0");
        xml.writeAttribute("errors", "1");
        xml.writeAttribute("skipped", "0");
        xml.writeAttribute("time", seconds(report.run().elapsedSeconds()));
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", "dbt");
        xml.writeAttribute("name", "run");
        xml.writeAttribute("time", seconds(report.run().elapsedSeconds()));
        xml.writeStartElement("error");
        xml.writeAttribute("message", clean(headline, 500));
        xml.writeCharacters(clean(message, MESSAGE));
        xml.writeEndElement();
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private static List<ReportNode> ran(SlimReport report, boolean tests) {
        return report.nodes().stream()
                .filter(node -> node.run() != null && node.isTest() == tests)
                .toList();
    }

    private static void suite(XMLStreamWriter xml, String name, List<ReportNode> nodes) throws XMLStreamException {
        if (nodes.isEmpty()) {
            return;
        }
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", name);
        xml.writeAttribute("tests", Integer.toString(nodes.size()));
        xml.writeAttribute("failures", count(nodes, NodeRun.Result.FAILED, true));
        xml.writeAttribute("errors", count(nodes, NodeRun.Result.FAILED, false));
        xml.writeAttribute("skipped", count(nodes, NodeRun.Result.SKIPPED, false));
        xml.writeAttribute(
                "time",
                seconds(nodes.stream().mapToDouble(node -> node.run().seconds()).sum()));
        nodes.stream()
                .mapToLong(node -> node.run().startedMillis())
                .filter(millis -> millis > 0)
                .min()
                .ifPresent(first -> attribute(
                        xml,
                        "timestamp",
                        Instant.ofEpochMilli(first / 1000 * 1000).toString().replace("Z", "")));
        for (ReportNode node : nodes) {
            testcase(xml, node);
        }
        xml.writeEndElement();
    }

    private static void attribute(XMLStreamWriter xml, String name, String value) {
        try {
            xml.writeAttribute(name, value);
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Failed tests are failures, everything else that failed is an error. */
    private static String count(List<ReportNode> nodes, NodeRun.Result result, boolean failure) {
        return Long.toString(nodes.stream()
                .filter(node -> node.run().result() == result)
                .filter(node -> result != NodeRun.Result.FAILED || isFailure(node) == failure)
                .count());
    }

    private static boolean isFailure(ReportNode node) {
        return node.isTest() && node.run().status().equals("fail");
    }

    private static void testcase(XMLStreamWriter xml, ReportNode node) throws XMLStreamException {
        NodeRun run = node.run();
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", clean(className(node), 500));
        xml.writeAttribute("name", clean(node.name(), 500));
        xml.writeAttribute("time", seconds(run.seconds()));
        String message = run.message() == null ? run.status() : run.message();
        switch (run.result()) {
            case FAILED -> {
                xml.writeStartElement(isFailure(node) ? "failure" : "error");
                xml.writeAttribute("message", clean(run.message() == null ? message : run.headline(), 500));
                xml.writeCharacters(clean(message, MESSAGE));
                xml.writeEndElement();
            }
            case SKIPPED -> {
                xml.writeEmptyElement("skipped");
                xml.writeAttribute("message", clean(message, 500));
            }
            case WARNED -> {
                xml.writeStartElement("system-out");
                xml.writeCharacters(clean(message, MESSAGE));
                xml.writeEndElement();
            }
            case OK -> {}
        }
        xml.writeEndElement();
    }

    /** {@code package.folder.folder}, without the file: tests of one schema.yml stay together. */
    private static String className(ReportNode node) {
        String path = node.path() == null ? "" : node.path().replace('\\', '/');
        String folder = path.contains("/")
                ? "." + path.substring(0, path.lastIndexOf('/')).replace('/', '.')
                : "";
        return (node.packageName() == null ? "dbt" : node.packageName()) + folder;
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.3f", seconds);
    }

    /** Of control characters XML 1.0 knows but line breaks and tabs. */
    private static String clean(String text, int limit) {
        return VisibleText.lines(DisplayText.cut(text, limit));
    }
}
