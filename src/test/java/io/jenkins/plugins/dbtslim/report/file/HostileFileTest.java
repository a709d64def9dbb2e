package io.jenkins.plugins.dbtslim.report.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.dbtslim.io.AgentLimits;
import io.jenkins.plugins.dbtslim.report.data.ReportException;
import io.jenkins.plugins.dbtslim.report.data.ReportNode;
import io.jenkins.plugins.dbtslim.report.data.SlimReport;
import io.jenkins.plugins.dbtslim.report.export.JUnitReport;
import io.jenkins.plugins.dbtslim.report.export.JsonReport;
import io.jenkins.plugins.dbtslim.report.export.MarkdownSummary;
import io.jenkins.plugins.dbtslim.report.page.HtmlOptions;
import io.jenkins.plugins.dbtslim.report.page.HtmlReport;
import io.jenkins.plugins.dbtslim.report.page.PageQuery;
import io.jenkins.plugins.dbtslim.report.page.SampleReports;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A report comes from an agent, where a project's code runs: whatever is in its file ends in a page or in a sentence.
 */
class HostileFileTest {
    private static final String HEAD = "{\"format\":1,\"project\":\"p\",\"outcome\":\"success\"";
    private static final Pattern VALUE =
            Pattern.compile(":(\"[^\"\\\\]*\"|-?[0-9.]+|true|false|\\[[^\\[\\]]*]|\\{[^{}]*})");
    private static final String[] ODD = {
        "null",
        "true",
        "-1",
        "1e999",
        "99999999999999999999",
        "2147483648",
        "\"\"",
        "\"\\u0000\\ud800\"",
        "[]",
        "{}",
        "[[]]",
        "[null]",
        "[{}]",
        "{\"a\":null}",
        "1.5",
        "\"failed\""
    };

    @TempDir
    Path folder;

    /** 60 MB of JSON that is nearly nothing when compressed; each part of it would cost more memory than its bytes. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "nodes.json       | [                           | {},                 | {}]",
                "nodes.json       | [                           | {\"unique_id\":\"a\"}, | {}]",
                "nodes.json       | [{\"unique_id\":\"a\",\"x\":[ | {},                 | 1]}]",
                "nodes.json       | [{\"unique_id\":\"a\",\"cause\":[ | \"a\",          | 1]}]",
                "not-rebuilt.json | {\"ids\":[                  | \"a\",              | 1]}",
                "seconds.json     | {\"seconds\":{              | \"a\":1,            | \"b\":1}}",
                "nodes.json       | [{\"unique_id\":\"a\",\"x\": | [                  | ]}]"
            })
    void partsAreCountedAndNotOnlyBytes(String entry, String before, String unit, String after) throws IOException {
        Path file = folder.resolve("bomb.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            put(zip, "report.json", HEAD + "}");
            zip.putNextEntry(new ZipEntry(entry));
            zip.write(before.getBytes(StandardCharsets.UTF_8));
            byte[] many = unit.repeat(4096).getBytes(StandardCharsets.UTF_8);
            for (int written = 0; written < 60_000_000; written += many.length) {
                zip.write(many);
            }
            zip.write(after.getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        }
        assertThat(Files.size(file)).isLessThan(300_000);
        assertThatThrownBy(() -> readAll(file))
                .isInstanceOf(ReportException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(entry)
                .hasMessageEndingWith("make the report again.");
    }

    @Test
    void aNodeWithoutIdIsNone() throws IOException {
        Path file = folder.resolve("report.zip");
        write(file, Map.of("report.json", HEAD + "}", "nodes.json", "[{\"name\":\"orders\"}]"));
        assertThatThrownBy(() -> readAll(file)).hasMessage(file + " is damaged at nodes.json: make the report again.");
    }

    @Test
    void nodesAreCountedAndIdsAreShort() throws IOException {
        Path file = folder.resolve("report.zip");
        String many = IntStream.rangeClosed(0, AgentLimits.NODES)
                .mapToObj(i -> "{\"unique_id\":\"m" + i + "\"}")
                .collect(Collectors.joining(",", "[", "]"));
        String longId = "[{\"unique_id\":\"" + "x".repeat(AgentLimits.TEXT + 1) + "\"}]";
        for (String nodes : List.of(many, longId)) {
            write(file, Map.of("report.json", HEAD + "}", "nodes.json", nodes));
            assertThatThrownBy(() -> readAll(file))
                    .hasMessage(file + " has a block that is too big to be a report of dbt-slim (nodes.json): make the"
                            + " report again.");
        }
    }

    @Test
    void oddValuesEndInAPageOrInASentence() throws IOException {
        Path sample = folder.resolve("sample.zip");
        SlimReportFile.write(sample, SampleReports.shop());
        Map<String, String> entries = new LinkedHashMap<>();
        try (InputStream in = Files.newInputStream(sample);
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        Random random = new Random(29);
        Path file = folder.resolve("odd.zip");
        for (int round = 0; round < 400; round++) {
            Map<String, String> changed = new LinkedHashMap<>(entries);
            String entry = entries.keySet().stream()
                    .skip(random.nextInt(entries.size()))
                    .findFirst()
                    .orElseThrow();
            changed.put(entry, changed(entries.get(entry), random));
            write(file, changed);
            try {
                assertThat(readAll(file)).as(changed.get(entry)).doesNotContain("<script>");
            } catch (ReportException e) {
                assertThat(e).hasMessageStartingWith(file.toString());
            }
        }
    }

    private static String changed(String json, Random random) {
        if (random.nextInt(8) == 0) {
            return json.substring(0, random.nextInt(json.length()));
        }
        Matcher value = VALUE.matcher(json);
        long values = VALUE.matcher(json).results().count();
        int wanted = values == 0 ? 0 : random.nextInt((int) values);
        for (int at = 0; value.find(); at++) {
            if (at == wanted) {
                return json.substring(0, value.start(1))
                        + ODD[random.nextInt(ODD.length)]
                        + json.substring(value.end(1));
            }
        }
        return ODD[random.nextInt(ODD.length)];
    }

    /** Every line from each of 500 nodes to all before it would cross hundreds of layers. */
    @Test
    void aPictureOfTooManyLinesIsDrawnByFolders() throws IOException {
        String nodes = IntStream.range(0, 500)
                .mapToObj(i -> node(
                        i,
                        "p" + i % 2,
                        "models/a" + i % 7 + "/m.sql",
                        IntStream.range(0, i)
                                .mapToObj(before -> "\"m" + before + "\"")
                                .collect(Collectors.joining(","))))
                .collect(Collectors.joining(",", "[", "]"));
        Path file = folder.resolve("dense.zip");
        write(file, Map.of("report.json", HEAD + "}", "nodes.json", nodes));
        assertThat(readAll(file).split("dbt-slim-folder", -1)).hasSize(1 + 14);
    }

    @Test
    void aPictureHasFewFoldersHoweverManyThereAre() throws IOException {
        String nodes = IntStream.range(0, 6_000)
                .mapToObj(i -> node(i, "p" + i, "models/m.sql", i == 0 ? "" : "\"m" + (i - 1) + "\""))
                .collect(Collectors.joining(",", "[", "]"));
        Path file = folder.resolve("folders.zip");
        write(file, Map.of("report.json", HEAD + "}", "nodes.json", nodes));
        assertThat(readAll(file).split("dbt-slim-folder", -1)).hasSizeBetween(100, 200);
    }

    private static String node(int number, String packageName, String path, String parents) {
        return "{\"unique_id\":\"m" + number
                + "\",\"resource_type\":\"model\",\"change\":\"modified\",\"package_name\":\"" + packageName
                + "\",\"original_file_path\":\"" + path + "\",\"depends_on\":[" + parents + "]}";
    }

    private static void write(Path file, Map<String, String> entries) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                put(zip, entry.getKey(), entry.getValue());
            }
        }
    }

    private static void put(ZipOutputStream zip, String name, String content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    /** Everything that is made of a report; gives its page. */
    private static String readAll(Path file) throws IOException {
        StringBuilder page = new StringBuilder();
        try (SlimReportFile source = SlimReportFile.open(file)) {
            SlimReport report = source.report();
            source.lastSeconds();
            HtmlReport html = new HtmlReport(source, HtmlOptions.served(true, PageQuery.of("find=o&run-sort=-time")));
            html.fragment(new StringBuilder());
            for (ReportNode node :
                    report.nodes().subList(0, Math.min(3, report.nodes().size()))) {
                html.node(node.id(), new StringBuilder());
            }
            new HtmlReport(source, HtmlOptions.served(true, PageQuery.of(null))).fragment(page);
            new MarkdownSummary(report, true).text();
            JUnitReport.write(OutputStream.nullOutputStream(), report);
            JsonReport.write(OutputStream.nullOutputStream(), source);
        }
        return page.toString();
    }
}
