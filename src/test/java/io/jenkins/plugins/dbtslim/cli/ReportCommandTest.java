package io.jenkins.plugins.dbtslim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command's goals, and what it says to wrong input. */
class ReportCommandTest {
    private static final String JSON = """
            {"format": 1, "project": "shop", "outcome": "success", "nodes": [
              {"unique_id": "model.shop.orders", "name": "orders", "resource_type": "model", "change": "modified",
               "run": {"status": "success", "seconds": 1.5}, "texts": {"code_after": {"text": "select secret_column"}}}]}
            """;

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return DbtSlim.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    @Test
    void makesEveryFormatOfOneReport() throws IOException {
        Path report = Files.writeString(folder.resolve("report.json"), JSON);
        String html = folder.resolve("pages/report.html").toString();
        String junit = folder.resolve("TEST-dbt.xml").toString();
        assertThat(run("report", report.toString(), "--html", html, "--junit", junit, "--markdown", "-"))
                .isZero();
        assertThat(Files.readString(Path.of(html))).contains("Slim build of shop", "secret_column");
        assertThat(Files.readString(Path.of(junit))).contains("name=\"orders\" time=\"1.500\"");
        assertThat(out.toString()).contains("1 modified", "`orders`");
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
        assertThat(run("report", report.toString(), "--html", html, "--no-code"))
                .isZero();
        assertThat(Files.readString(Path.of(html))).doesNotContain("secret_column");
    }

    @Test
    void aReportThatIsNoneLeavesNoFile() throws IOException {
        Path other = Files.writeString(folder.resolve("manifest.json"), "{\"metadata\": {}}");
        Path html = folder.resolve("report.html");
        assertThat(run("report", other.toString(), "--html", html.toString())).isEqualTo(2);
        assertThat(err.toString().strip()).contains("is not a dbt-slim report").doesNotContain("\n");
        assertThat(html).doesNotExist();
    }

    @Test
    void withoutAGoalItSaysWhatThereIs() {
        assertThat(run("report", "x")).isEqualTo(2);
        assertThat(err.toString()).contains("Say what to make: --html, --junit, --markdown or --json");
    }
}
