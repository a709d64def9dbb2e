package io.jenkins.plugins.dbtslim.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.dbtslim.report.page.Chromium;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The report's page of a running Jenkins in a real browser: nothing of a pull request runs, and anybody can use it. */
class BrowserIT {
    private static final String TELL =
            "const tell = text => top.document.documentElement.setAttribute('data-answer', text);";

    private static final String LONG = "a_name_that_is_wider_than_a_phone_".repeat(5);

    private static final String COVERAGE = """
            <coverage><packages><package name="shop"><classes><class name="Shop" filename="Shop.py"><lines>
            <line number="1" hits="1"/><line number="2" hits="0"/>
            </lines></class></classes></package></packages></coverage>
            """;

    private static final String OPEN = "document.querySelectorAll('details').forEach(d => d.open = true);";

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
        return ask(path, script, false);
    }

    private String ask(String path, String script, boolean strict) throws Exception {
        return ask(path, script, strict, false);
    }

    private String ask(String path, String script, boolean strict, boolean isPhone) throws Exception {
        try (BrowserProxy proxy = new BrowserProxy(site.jenkins(), TELL + script, strict)) {
            String dom = new Chromium(folder).domOf(isPhone ? proxy.onPhone(path) : proxy.address(path));
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
    void axeFindsNoFault() throws Exception {
        Build running = running();
        assertAccessible(List.of(hostile().path() + "/dbt-slim/"), "none");
        assertAccessible(pages(failed()), "none");
        assertAccessible(List.of(running.path() + "/", running.path() + "/dbt-slim/"), "none");
        running.stop().await();
    }

    @Test
    void axeFindsNoFaultInTheDarkTheme() throws Exception {
        assumeTrue(has("dark-theme"), "the plugin dark-theme is not there");
        String property = "def all = jenkins.model.Jenkins.get().pluginManager.uberClassLoader\n"
                + "def theme = all.loadClass('io.jenkins.plugins.thememanager.ThemeUserProperty').newInstance()\n";
        String use = "hudson.model.User.current().addProperty(theme)\n";
        site.during(
                property
                        + "theme.theme = all.loadClass('io.jenkins.plugins.darktheme.DarkThemeManagerFactory').newInstance()\n"
                        + use,
                property + use);
        assertAccessible(pages(failed()), "dark");
    }

    private List<String> pages(Build build) {
        return List.of(
                build.path() + "/",
                build.path() + "/dbt-slim/",
                build.path() + "/dbt-slim/node?id=model.shop." + LONG,
                build.job().path() + "/",
                build.job().path() + "/dbt-slim/");
    }

    /** On a wide window and on a phone, which holds ours even where trends of others beside it are wider. */
    private void assertAccessible(List<String> pages, String theme) throws Exception {
        String check = axe() + ";addEventListener('load', () => {" + OPEN
                + "const ours = ['.dbt-slim', '.dbt-slim-trend', '.dbt-slim-live', '.dbt-slim-line']"
                + ".filter(each => document.querySelector(each));"
                + "const edges = ours.map(each => document.querySelector(each).getBoundingClientRect());"
                + "const fit = document.scrollingElement.scrollWidth <= innerWidth"
                + " && edges.every(edge => edge.left >= 0 && edge.right <= innerWidth);"
                + "axe.run(ours, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']})"
                + ".then(r => tell((document.documentElement.dataset.theme || 'none') + ' ' + innerWidth + ' ' + fit + ' '"
                + " + ours.length + ' ' + r.passes.length + ' passed; ' + r.violations.map(v => v.id + ': '"
                + " + v.nodes.slice(0, 3).map(n => n.html.slice(0, 150) + n.any.map(a => a.message).join(' ')).join(' | '))"
                + ".join('; ')));});";
        for (String page : pages) {
            assertThat(ask(page, check)).as(page).matches(theme + " \\d{4} true [1-9] [1-9]\\d* passed; ");
            assertThat(ask(page, check, false, true))
                    .as(page + " on a phone")
                    .matches(theme + " 390 true [1-9] [1-9]\\d* passed; ");
        }
    }

    private boolean has(String plugin) {
        JsonNode all = site.jenkins().json("/pluginManager/api/json?tree=plugins[shortName,active]");
        return all.get("plugins").findValuesAsText("shortName").contains(plugin);
    }

    /** A build that broke, as the second of its job, with the pages of the neighbours that are there. */
    private Build failed() throws InterruptedException {
        site.s3Credentials();
        String neighbours = "";
        if (has("coverage")) {
            neighbours = "writeFile file: 'coverage.xml', text: '''" + COVERAGE + "'''\n"
                    + "recordCoverage tools: [[parser: 'COBERTURA', pattern: 'coverage.xml']]\n";
        }
        Job job = site.pipeline(
                "failed-browser",
                "node {\n"
                        + new SampleProject()
                                .with("models/" + LONG + ".sql", "select * from {{ ref('customers') }}")
                                .pipeline()
                        + neighbours + site.fetchNothing()
                        + "withEnv(['STUB_FAIL=customers']) { dbtSlimBuild(" + SampleProject.stub() + ") }\n}\n");
        job.run();
        Build build = job.run().assertResult("FAILURE");
        assertThat(build.console()).contains("dbt had failures");
        return build;
    }

    /** The policy that Jenkins means to enforce; what our pages need of a browser they get under it. */
    @Test
    void thePolicyOfJenkinsIsKept() throws Exception {
        Build build = hostile();
        Build running = running();
        String probe = "const broken = [];addEventListener('securitypolicyviolation', e =>"
                + " broken.push([e.violatedDirective, e.blockedURI, e.sourceFile, e.sample].join(' ')));"
                + "addEventListener('load', () => {" + OPEN + "setTimeout(() => tell(broken.join('; ') + '|'"
                + " + document.querySelectorAll('.dbt-slim-canvas.dbt-slim-zoom, .dbt-slim-live[data-followed]').length), 3000);});";
        assertThat(ask(build.path() + "/", probe, true)).isEqualTo("|0");
        assertThat(ask(build.path() + "/dbt-slim/", probe, true)).isEqualTo("|1");
        assertThat(ask(build.path() + "/dbt-slim/node?id=model.shop.customers", probe, true))
                .isEqualTo("|0");
        assertThat(ask(build.job().path() + "/", probe, true)).isEqualTo("|0");
        assertThat(ask(build.job().path() + "/dbt-slim/", probe, true)).isEqualTo("|0");
        assertThat(ask(running.path() + "/", probe, true)).isEqualTo("|1");
        assertThat(ask(running.path() + "/dbt-slim/", probe, true)).isEqualTo("|1");
        running.stop().await();
        String inline = "addEventListener('load', () => document.body.append(Object.assign("
                + "document.createElement('script'), {textContent: 'window.hacked = 7'})));";
        assertThat(ask(build.path() + "/", inline + probe, true))
                .as("the policy binds")
                .startsWith("script-src");
    }

    @Test
    void thePictureIsUsedByKeyboardAndTablesAreSortedByLinks() throws Exception {
        Build build = hostile();
        String use = """
                addEventListener('load', () => {
                  const box = name => [...document.querySelectorAll('[data-box]')].find(b => b.getAttribute('aria-label').startsWith(name));
                  const key = key => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true}));
                  box('customers').focus();
                  key('ArrowRight');
                  const next = document.activeElement !== box('customers') && document.activeElement.matches('[data-box]');
                  key('ArrowLeft');
                  const back = document.activeElement === box('customers');
                  const sorted = document.querySelectorAll('#dbt-slim-table-run th a.dbt-slim-sort').length;
                  tell([next, back, sorted].join(' '));
                });
                """;
        // Of this dbt nobody hears of rows, so that they have no column.
        assertThat(ask(build.path() + "/dbt-slim/", use)).isEqualTo("true true 4");
    }

    private Build running() throws InterruptedException {
        site.s3Credentials();
        return site.pipeline(
                        "running-browser",
                        "node {\n" + new SampleProject().pipeline() + "dbtFetchManifest(from: '" + Site.uri("never")
                                + "', ifMissing: 'fullBuild'" + site.s3Options(Site.name("s3"))
                                + ")\nwithEnv(['STUB_SLEEP=120']) { dbtSlimBuild(" + SampleProject.stub() + ") }\n}\n")
                .start()
                .awaitLine("stub: sleeping");
    }

    private static String axe() throws IOException {
        try (InputStream in = BrowserIT.class.getResourceAsStream("/axe.min.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
