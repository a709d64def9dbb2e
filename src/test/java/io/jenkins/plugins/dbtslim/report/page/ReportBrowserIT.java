package io.jenkins.plugins.dbtslim.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

/**
 * The page in a real browser: nothing of a hostile project runs, anybody can use it, and the script does what it
 * should.
 */
class ReportBrowserIT {
    @TempDir
    Path folder;

    private Chromium browser;

    @BeforeEach
    void start() {
        browser = new Chromium(folder);
    }

    @Test
    void nothingOfAHostileProjectRunsEvenWithoutThePolicy() throws Exception {
        String page = withoutPolicy(HtmlReportTest.page(Hostile.report(), HtmlOptions.standalone()));
        String probe = "document.querySelectorAll('a').forEach(a => a.dispatchEvent(new MouseEvent('mouseover')));"
                + "document.querySelectorAll('details').forEach(d => d.open = true);"
                + "setTimeout(() => tell(String(window.hacked)), 500);";
        assertThat(answer(page, probe)).isEqualTo("undefined");
        String hacked = page.replace("<h1>", "<h1><img src=x onerror=window.hacked=1>");
        assertThat(answer(hacked, probe)).as("the probe sees what runs").isEqualTo("1");
    }

    @Test
    void theBrowserReadsTheElementsThatWereWritten() throws Exception {
        String page = withoutPolicy(HtmlReportTest.page(Hostile.report(), HtmlOptions.standalone()))
                .replaceAll("(?s)<script>.*?</script>", "");
        List<String> written = HtmlReportTest.elements(HtmlReportTest.parse(page)).stream()
                .map(Element::getTagName)
                .toList();
        String inMain = String.join(" ", written.subList(written.indexOf("main") + 1, written.size()));
        String read = "const read = [...document.querySelectorAll('main *')].map(e => e.localName).join(' ');"
                + "tell(read === '" + inMain + "' ? 'same' : read);";
        assertThat(answer(page, read)).isEqualTo("same");
    }

    @Test
    void thePolicyStopsWhatIsNotOurs() throws Exception {
        String page = HtmlReportTest.page(SampleReports.shop(), HtmlOptions.standalone())
                .replace("<h1>", "<h1><img src=x onerror=document.documentElement.id='hacked'>")
                .replace("</main>", "<script>document.documentElement.id='hacked'</script></main>");
        String dom = browser.dom(page);
        assertThat(dom).doesNotContain("id=\"hacked\"").contains("dbt-slim-canvas dbt-slim-zoom");
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void axeFindsNoFault(String theme) throws Exception {
        String page = withoutPolicy(HtmlReportTest.page(SampleReports.shop(), HtmlOptions.standalone()))
                .replace("</body>", "<script>" + axe().replace("</script", "<\\/script") + "</script></body>");
        String check = "document.querySelectorAll('details').forEach(d => d.open = true);"
                + "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']}).then(r => tell("
                + "r.passes.length + ' passed; ' + r.violations.map(v => v.id + ': ' + v.nodes.slice(0, 3).map("
                + "n => n.html.slice(0, 150) + ' ' + n.any.map(a => a.message).join(' ')).join(' | ')).join('; ')));";
        String[] options =
                theme.equals("dark") ? new String[] {"--blink-settings=preferredColorScheme=0"} : new String[0];
        assertThat(answer(page, check, options)).matches("[1-9]\\d passed; ");
    }

    /** In a frame, as no window is as narrow as a phone. */
    @ParameterizedTest
    @CsvSource({"shop, 390", "hostile, 390", "hostile, 1400"})
    void nothingIsWiderThanAPhoneOrAWindow(String which, int width) throws Exception {
        String page = withoutPolicy(HtmlReportTest.page(
                which.equals("shop") ? SampleReports.shop() : Hostile.report(), HtmlOptions.standalone()));
        String phone = "<!DOCTYPE html><html><body><iframe width=\"" + width + "\" height=\"844\" srcdoc=\""
                + page.replace("&", "&amp;").replace("\"", "&quot;") + "\"></iframe></body></html>";
        String measure = "const inside = document.querySelector('iframe').contentDocument;"
                + "inside.querySelectorAll('details').forEach(d => d.open = true);"
                + "tell(inside.querySelectorAll('.dbt-slim').length + ' ' + inside.defaultView.innerWidth + ' '"
                + " + [...inside.querySelectorAll('body *')].filter(e => inside.scrollingElement.scrollWidth > " + width
                + " && e.getBoundingClientRect().right > " + width
                + " && !e.closest('.dbt-slim-canvas, .dbt-slim-timeline, .dbt-slim-table'))"
                + ".map(e => e.localName + '.' + e.className).slice(0, 9).join());";
        assertThat(answer(phone, measure)).isEqualTo("1 " + width + " ");
    }

    @Test
    void tablesAreNoWiderThanTheirFramesHoweverMuchIsOpen() throws Exception {
        String page = withoutPolicy(HtmlReportTest.page(SampleReports.shop(), HtmlOptions.standalone()));
        String measure = "document.querySelectorAll('details').forEach(d => d.open = true);"
                + "const tables = [...document.querySelectorAll('.dbt-slim-table')];"
                + "tell(tables.filter(t => t.scrollWidth > t.clientWidth).map(t => t.id).join(' ') + ' of ' + tables.length);";
        assertThat(answer(page, measure)).matches(" of [1-9]\\d*");
    }

    @Test
    void tablesAreSortedAndFilteredAndLinksOpenTheirRows() throws Exception {
        String page = withoutPolicy(HtmlReportTest.page(BigReports.of(20, 20, 1), HtmlOptions.standalone()));
        String use = """
                const table = document.querySelector('#dbt-slim-changes table');
                const groups = () => [...table.querySelectorAll('tbody')];
                const times = () => groups().map(g => Number(g.rows[0].cells[5].dataset.sort));
                const sorted = list => list.every((n, i) => i === 0 || list[i - 1] <= n);
                const before = sorted(times());
                table.querySelectorAll('.dbt-slim-sort')[5].click();
                const up = sorted(times());
                table.querySelectorAll('.dbt-slim-sort')[5].click();
                const down = sorted(times().reverse());
                const input = document.querySelector('#dbt-slim-changes input[type=search]');
                const name = groups()[0].querySelector('bdi').textContent;
                input.value = name;
                input.dispatchEvent(new Event('input'));
                const shown = groups().filter(g => !g.hidden).length;
                const box = [...document.querySelectorAll('[data-box]')].find(b => b.getAttribute('aria-label').startsWith(name));
                location.hash = box.getAttribute('href');
                setTimeout(() => tell([before, up, down, shown, groups()[0].querySelector('details').open].join(' ')), 300);
                """;
        assertThat(answer(page, use)).isEqualTo("false true true 1 true");
    }

    @Test
    void thePictureIsUsedByKeyboardAndFindsNames() throws Exception {
        String page = withoutPolicy(HtmlReportTest.page(SampleReports.shop(), HtmlOptions.standalone()));
        String use = """
                const box = name => [...document.querySelectorAll('[data-box]')].find(b => b.getAttribute('aria-label').startsWith(name));
                const key = key => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true}));
                const tabs = document.querySelectorAll('[data-box][tabindex="0"]').length;
                box('stg_payments').focus();
                key('ArrowRight');
                const right = document.activeElement === box('orders,');
                key('ArrowLeft');
                const left = document.activeElement === box('stg_payments');
                const svg = document.querySelector('.dbt-slim-lineage');
                const width = svg.viewBox.baseVal.width;
                key('+');
                const zoomed = svg.viewBox.baseVal.width < width;
                const search = document.querySelector('#dbt-slim-lineage input');
                search.value = 'finance';
                search.dispatchEvent(new Event('input'));
                const found = document.querySelectorAll('.dbt-slim-box.dbt-slim-on').length;
                tell([tabs, right, left, zoomed, found].join(' '));
                """;
        assertThat(answer(page, use)).isEqualTo("1 true true true 1");
    }

    @Test
    void withoutTheScriptEverythingIsStillThere() throws Exception {
        String page = HtmlReportTest.page(SampleReports.shop(), HtmlOptions.standalone())
                .replaceAll("(?s)<script>.*?</script>", "");
        assertThat(browser.dom(page))
                .contains("order_funnel", "<svg", "<details")
                .doesNotContain("dbt-slim-canvas dbt-slim-zoom");
    }

    private String answer(String page, String script, String... options) throws IOException, InterruptedException {
        String with = page.replace(
                "</body>",
                "<script>const tell = text => document.documentElement.setAttribute('data-answer', text);"
                        + "addEventListener('load', () => {" + script + "});</script></body>");
        Matcher answer = Pattern.compile("data-answer=\"([^\"]*)\"").matcher(browser.dom(with, options));
        assertThat(answer.find()).as("the page answers").isTrue();
        return answer.group(1);
    }

    private static String withoutPolicy(String page) {
        return page.replaceFirst("<meta http-equiv=\"Content-Security-Policy\"[^>]*>", "");
    }

    private static String axe() throws IOException {
        try (InputStream in = ReportBrowserIT.class.getResourceAsStream("/axe.min.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
