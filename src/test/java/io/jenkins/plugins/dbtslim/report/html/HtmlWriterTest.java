package io.jenkins.plugins.dbtslim.report.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.dbtslim.report.page.HtmlReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing but our own tags comes out, and nothing hides. */
class HtmlWriterTest {
    private final StringBuilder out = new StringBuilder();
    private final HtmlWriter html = new HtmlWriter(out);

    @Test
    void textAndAttributesAreEscaped() {
        html.element("p", "<script>alert('1')</script> & \"x\"", "aria-label", "\"><img onerror=x>");
        assertThat(out.toString())
                .isEqualTo(
                        "<p aria-label=\"&quot;&gt;&lt;img onerror=x&gt;\">&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;"
                                + " &amp; &quot;x&quot;</p>");
    }

    @Test
    void charactersThatHideOrReorderTextAreShown() {
        html.element("p", "a\u202eb\u0000c\u200bd\ud800e\u2028f", "aria-label", "a\u2066b");
        assertThat(out.toString())
                .contains("aria-label=\"a[U+2066]b\"")
                .contains("a<span class=\"dbt-slim-hidden-char\">U+202E</span>b")
                .contains(">U+0000<", ">U+200B<", ">U+D800<", ">U+2028<")
                .doesNotContain("\u202e", "\u0000", "\u200b", "\ud800", "\u2028", "\u2066");
    }

    @Test
    void languagesAndEmojiStayAsTheyAre() {
        html.text("Zürich שלום 東京 👩‍💻\tx\ny");
        assertThat(out.toString()).isEqualTo("Zürich שלום 東京 👩‍💻\tx\ny");
    }

    @Test
    void aMegabyteOfNameIsCut() {
        html.element("p", "n".repeat(1_000_000), "aria-label", "n".repeat(1_000_000));
        assertThat(out).hasSizeLessThan(1000).contains("… (999,600 more characters)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "JaVaScRiPt:alert(1)",
                " javascript:alert(1)",
                "java\tscript:alert(1)",
                "data:text/html,<script>",
                "vbscript:x",
                "//evil.example",
                "https:\\\\evil.example",
                "https://a b",
                "#x\"onclick=1"
            })
    void linksThatCouldRunSomethingAreRefused(String link) {
        assertThat(HtmlWriter.isSafeLink(link)).isFalse();
        assertThatThrownBy(() -> html.open("a", "href", link)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://bi.example.com/d/1?x=%20&y", "http://host:8080/", "#dbt-slim-n1", "details?node=a.b"})
    void linksToTheWebAndThePageAreAllowed(String link) {
        assertThat(HtmlWriter.isSafeLink(link)).isTrue();
    }

    @Test
    void handlersStylesAndSourcesAreRefused() {
        for (String attribute : new String[] {"onclick", "style", "src", "srcdoc"}) {
            assertThatThrownBy(() -> html.open("a", attribute, "x")).hasMessageContaining(attribute);
        }
    }

    @Test
    void titlesHideNothingAndAreShort() {
        assertThat(HtmlReport.title("model.shop.<b>safe\u202etxt.exe")).isEqualTo("<b>safe[U+202E]txt.exe");
        assertThat(HtmlReport.title("test.shop.unique_a.0a1b2c3d4e")).isEqualTo("unique_a");
        assertThat(HtmlReport.title("model.shop." + "n".repeat(1_000_000))).hasSizeLessThan(500);
    }
}
