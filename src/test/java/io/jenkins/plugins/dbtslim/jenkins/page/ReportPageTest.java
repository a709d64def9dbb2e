package io.jenkins.plugins.dbtslim.jenkins.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.jenkins.TestBuild;
import io.jenkins.plugins.dbtslim.jenkins.TestFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A report whose file got damaged after its build. */
class ReportPageTest {
    @TempDir
    Path folder;

    @AfterEach
    void clear() {
        Jenkins.top().clear();
    }

    private ReportPage page(String nodes) throws IOException {
        TestBuild build = TestFolder.top("shop").job("main").build(folder);
        SlimAction action = Reports.attach(build, "dbt-slim", "key");
        action.onAttached(build);
        Path file = Reports.file(build, "dbt-slim").toPath();
        Files.createDirectories(file.getParent());
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("report.json"));
            zip.write(("{\"format\":1,\"project\":\"p\",\"outcome\":\"success\",\"run\":{},\"saved\":{},"
                            + "\"counts\":{}}")
                    .getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("nodes.json"));
            zip.write(nodes.getBytes(StandardCharsets.UTF_8));
        }
        return new ReportPage(action);
    }

    @Test
    void whatCannotBeReadIsToldInASentenceThatNamesNoFolder() throws IOException {
        String sentence =
                "<div class=\"jenkins-alert jenkins-alert-danger\">The report of this build cannot be shown: its"
                        + " file is damaged at nodes.json: build again.</div>";
        ReportPage page = page("[{}]");
        assertThat(page.html(null, "")).isEqualTo(sentence);
        assertThat(page.node("model.p.a")).isEqualTo(sentence);
        assertThat(page.details("model.p.a")).isEqualTo(sentence);
    }

    @Test
    void aWholeOneIsShown() throws IOException {
        ReportPage page = page("[]");
        assertThat(page.html(null, "")).doesNotContain("cannot be shown").contains("dbt-slim");
        assertThat(page.node("model.p.a")).isEmpty();
    }
}
