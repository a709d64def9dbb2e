package io.jenkins.plugins.dbtslim.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.report.Chromium;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The report's page of a running Jenkins in a real browser: nothing of a pull request runs, and anybody can use it. */
class BrowserIT {
    private static final String TELL =
            "const tell = text => document.documentElement.setAttribute('data-answer', text);";

    @RegisterExtension
    final Site site = new Site();

    @TempDir
    Path folder;

    private Build hostile() throws InterruptedException {
        site.s3Credentials();
        return site.pipeline(
                        "hostile-browser",
                        "node {\n"
                                + new SampleProject()
                                        .with(
                                                "models/<img src=x onerror=window.hacked=1>.sql",
                                                "select '</pre><script>window.hacked=2</script>' as id")
                                        .with("models/<svg onload=window.hacked=3>.sql", "select '\u202etxt.exe'")
                                        .pipeline()
                                + "dbtFetchManifest(from: '" + Site.uri("never") + "', ifMissing: 'fullBuild'"
                                + site.s3Options(Site.name("s3")) + ")\ndbtSlimBuild(" + SampleProject.stub()
                                + ", select: '<img src=x onerror=window.hacked=4>')\n}\n")
                .run()
                .assertResult("SUCCESS");
    }

    private String ask(String path, String script) throws Exception {
        try (BrowserProxy proxy = new BrowserProxy(site.jenkins(), TELL + script)) {
            String dom = new Chromium(folder).domOf(proxy.address(path));
            Matcher answer = Pattern.compile("data-answer=\"([^\"]*)\"").matcher(dom);
            assertThat(answer.find()).as("the page answers").isTrue();
            return answer.group(1);
        }
    }

    @Test
    void nothingOfAHostileProjectRuns() throws Exception {
        Build build = hostile();
        String probe = "addEventListener('load', () => {"
                + "document.querySelectorAll('details').forEach(d => d.open = true);"
                + "setTimeout(() => tell(window.hacked + ' ' + document.querySelectorAll('.dbt-slim').length), 3000);});";
        assertThat(ask(build.path() + "/dbt-slim/", probe)).isEqualTo("undefined 1");
        assertThat(ask(build.path() + "/", probe)).startsWith("undefined");
        assertThat(ask(build.path() + "/dbt-slim/?find=%3Cimg+src%3Dx+onerror%3Dwindow.hacked%3D5%3E", probe))
                .isEqualTo("undefined 1");
        assertThat(ask(build.path() + "/dbt-slim/", "window.hacked = 6;" + probe))
                .as("the probe sees what runs")
                .isEqualTo("6 1");
    }

    @Test
    void axeFindsNoFaultInTheReport() throws Exception {
        Build build = hostile();
        String check = axe()
                + ";addEventListener('load', () => axe.run('.dbt-slim', {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']})"
                + ".then(r => tell(r.passes.length + ' passed; ' + r.violations.map(v => v.id + ': '"
                + " + v.nodes.slice(0, 3).map(n => n.html.slice(0, 150) + n.any.map(a => a.message).join(' ')).join(' | '))"
                + ".join('; '))));";
        assertThat(ask(build.path() + "/dbt-slim/", check)).matches("[1-9]\\d* passed; ");
    }

    private static String axe() throws IOException {
        try (InputStream in = BrowserIT.class.getResourceAsStream("/axe.min.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
