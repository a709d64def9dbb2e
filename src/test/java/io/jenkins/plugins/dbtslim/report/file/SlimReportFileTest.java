package io.jenkins.plugins.dbtslim.report.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;
import io.jenkins.plugins.dbtslim.report.data.BuiltReport;
import io.jenkins.plugins.dbtslim.report.data.ReportCounts;
import io.jenkins.plugins.dbtslim.report.data.ReportException;
import io.jenkins.plugins.dbtslim.report.data.ReportSource;
import io.jenkins.plugins.dbtslim.report.data.ReportText;
import io.jenkins.plugins.dbtslim.report.export.JsonReport;
import io.jenkins.plugins.dbtslim.report.page.SampleReports;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written is read again, in both formats; damaged and foreign files are told apart. */
class SlimReportFileTest {
    @TempDir
    Path folder;

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        BuiltReport shop = SampleReports.shop();
        Path file = folder.resolve("new/report.slim");
        SlimReportFile.write(file, shop);
        try (SlimReportFile read = SlimReportFile.open(file)) {
            assertThat(json(read)).isEqualTo(json(shop));
            assertThat(read.report().nodes()).isEqualTo(shop.report().nodes());
            assertThat(read.report().counts()).isEqualTo(shop.report().counts());
            assertThat(read.head().advice()).isEqualTo(shop.report().advice()).hasSize(1);
            assertThat(read.texts("model.shop.orders")).isEqualTo(shop.texts("model.shop.orders"));
            assertThat(read.texts("model.shop.stg_payments")).isNull();
            assertThat(read.notRebuilt()).containsExactly("model.shop.stg_customers", "model.shop.stg_orders");
        }
        assertThat(folder.resolve("new")).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void theJsonIsReadAgain() throws IOException {
        Path file = folder.resolve("report.json");
        Files.writeString(file, json(SampleReports.shop()));
        assertThat(json(JsonReport.open(file))).isEqualTo(json(SampleReports.shop()));
    }

    @Test
    void countsTellChangesAndTestsApart() {
        ReportCounts counts = SampleReports.shop().report().counts();
        assertThat(counts)
                .isEqualTo(new ReportCounts(1, 3, 1, 1, 2, 9, 4, 1, 1, 1, 0, 1, 0, 36, 1, 1, 0, 0, 0, 3, 2, 0, 1, 1));
        assertThat(counts.changed()).isEqualTo(6);
    }

    @Test
    void longTextsAreCutAndSaySo() {
        ReportText text = ReportText.of("é".repeat(ReportText.LIMIT - 1) + "😀 and more");
        assertThat(text.text()).hasSize(ReportText.LIMIT - 1).doesNotContain("\ud83d");
        assertThat(text.omitted()).isEqualTo(11);
    }

    @Test
    void aFileThatIsNoReportIsRefusedInOneSentence() throws IOException {
        Path html = Files.writeString(folder.resolve("proxy.html"), "<html>Bad gateway</html>");
        assertThatThrownBy(() -> JsonReport.open(html))
                .isInstanceOf(ReportException.class)
                .hasMessageContaining("proxy.html is neither a dbt-slim report nor its JSON");
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> JsonReport.open(missing))
                .hasMessage("There is no report at " + missing + ": make one with \"dbt-slim build --report FILE\".");
        Path cut = folder.resolve("cut.slim");
        SlimReportFile.write(cut, SampleReports.shop());
        byte[] bytes = Files.readAllBytes(cut);
        Files.write(cut, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        assertThatThrownBy(() -> JsonReport.open(cut))
                .isInstanceOf(ReportException.class)
                .hasMessageContaining("cut.slim is not a dbt-slim report, or it is cut off");
        bytes[bytes.length - 2] = 20; // the length of a comment that is cut off: Java has an exception of another kind
        Files.write(cut, bytes);
        assertThatThrownBy(() -> JsonReport.open(cut))
                .isInstanceOf(ReportException.class)
                .hasMessageContaining("cut.slim is not a dbt-slim report, or it is cut off");
    }

    @Test
    void aNewerFormatIsRefused() throws IOException {
        assertThatThrownBy(() -> SlimReportFile.open(zip("report.json", "{\"format\": 99}")))
                .hasMessageContaining("was written by a newer version of dbt-slim (report format 99)");
        assertThatThrownBy(() -> SlimReportFile.open(zip("other.txt", "x")))
                .hasMessageContaining("is not a dbt-slim report");
        assertThatThrownBy(() -> SlimReportFile.open(zip("report.json", "{\"format\": 1,")))
                .hasMessageContaining("is damaged at report.json");
    }

    @Test
    void aBlockThatGrowsWithoutEndIsRefused() throws IOException {
        Path bomb = folder.resolve("bomb.slim");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(bomb))) {
            zip.putNextEntry(new ZipEntry("report.json"));
            byte[] spaces = " ".repeat(1024 * 1024).getBytes(StandardCharsets.US_ASCII);
            for (int megabyte = 0; megabyte < 70; megabyte++) {
                zip.write(spaces);
            }
            zip.closeEntry();
        }
        assertThatThrownBy(() -> SlimReportFile.open(bomb)).hasMessageContaining("a block that is too big");
    }

    @Test
    void aReportOfAnOlderVersionWithFewerFieldsIsRead() throws IOException {
        Path file = zip("report.json", "{\"format\": 1, \"outcome\": \"success\"}");
        try (SlimReportFile read = SlimReportFile.open(file)) {
            assertThat(read.report().outcome()).isEqualTo(RunStatus.SUCCESS);
            assertThat(read.report().state()).isNull();
            assertThat(read.report().saved().hasSeconds()).isFalse();
            assertThat(read.notRebuilt()).isEmpty();
            assertThat(read.texts("model.shop.orders")).isNull();
        }
    }

    private Path zip(String name, String content) throws IOException {
        Path file = folder.resolve("made.slim");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content.getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        }
        return file;
    }

    private static String json(ReportSource source) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonReport.write(out, source);
        return out.toString(StandardCharsets.UTF_8);
    }
}
