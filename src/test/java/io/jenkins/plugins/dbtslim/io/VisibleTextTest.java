package io.jenkins.plugins.dbtslim.io;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VisibleTextTest {
    private static final String ESC = Character.toString(0x1b);
    private static final String CSI = Character.toString(0x9b);
    private static final String RTL = Character.toString(0x202e);
    private static final String TAG = Character.toString(0xe0041);

    @Test
    void whatSteersATerminalIsToldByItsCode() {
        assertThat(VisibleText.line("a" + ESC + "[2J" + CSI + "31m" + RTL + "b\u007f"))
                .isEqualTo("a[U+001B][2J[U+009B]31m[U+202E]b[U+007F]");
        assertThat(VisibleText.line("dépôt 日本 👩‍🌾")).isEqualTo("dépôt 日本 👩‍🌾");
        assertThat(VisibleText.line(null)).isNull();
    }

    @Test
    void oneIsOneLine() {
        assertThat(VisibleText.line("a\r\nb\tc" + Character.toString(0x2028)))
                .isEqualTo("a[U+000D][U+000A]b[U+0009]c[U+2028]");
        assertThat(VisibleText.lines("a\r\nb\tc\rd" + ESC)).isEqualTo("a\nb\tc[U+000D]d[U+001B]");
    }

    @Test
    void jsonMeansTheSame() throws Exception {
        String json = VisibleText.json("{\n  \"id\": \"" + CSI + RTL + TAG + "日本\"\n}");
        assertThat(json).isEqualTo("{\n  \"id\": \"\\u009b\\u202e\\udb40\\udc41日本\"\n}");
        assertThat(JsonObject.parse(json).text("id")).isEqualTo(CSI + RTL + TAG + "日本");
    }
}
