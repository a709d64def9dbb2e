package io.jenkins.plugins.dbtslim.state.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Strings and numbers as Python 3.11 reads and writes them; what is expected was printed by it. */
class PythonTextTest {
    @Test
    void escapesAreThoseOfPython() throws JinjaException {
        Map<String, String> expected = new LinkedHashMap<>();
        expected.put("plain", "plain");
        expected.put("a\r\nb\rc", "a\nb\nc");
        expected.put("\\\nnext", "next");
        expected.put("\\\\ \\' \\\"", "\\ ' \"");
        expected.put("\\a\\b\\f\\n\\r\\t\\v", "\u0007\u0008\u000c\n\r\t\u000b");
        expected.put("\\x41\\xe9z", "A\u00e9z");
        expected.put("\\u20ac!", "\u20ac!");
        expected.put("\\U0001f600.", "\ud83d\ude00.");
        expected.put("\\0", "\u0000");
        expected.put("\\101\\7770", "A\u01ff0");
        expected.put("\\18", "\u00018");
        expected.put("\\q\\\u00e9", "\\q\\xe9");
        expected.put("\u00fc", "\u00fc");
        for (Map.Entry<String, String> entry : expected.entrySet()) {
            assertThat(PythonText.unescaped(entry.getKey())).as(entry.getKey()).isEqualTo(entry.getValue());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\x4", "\\xg0", "\\x+1", "\\u12", "\\U00110000", "\\Uffffffff"})
    void whatPythonCannotDecodeIsRefused(String source) {
        assertThatThrownBy(() -> PythonText.unescaped(source))
                .isInstanceOf(JinjaException.class)
                .hasMessageContaining("bad escape");
    }

    @Test
    void stringsAreWrittenAsReprDoes() {
        Map<String, String> expected = new LinkedHashMap<>();
        expected.put("plain", "'plain'");
        expected.put("it's", "\"it's\"");
        expected.put("say \"it's\"", "'say \"it\\'s\"'");
        expected.put("say \"x\"", "'say \"x\"'");
        expected.put("\\ \n\r\t", "'\\\\ \\n\\r\\t'");
        expected.put("\u0000\u001b\u007f\u00a0\u00ad", "'\\x00\\x1b\\x7f\\xa0\\xad'");
        expected.put("\u200b\u2028\u2029\ue000\u0378", "'\\u200b\\u2028\\u2029\\ue000\\u0378'");
        expected.put("\udb40\udc01\ud83d\ude00", "'\\U000e0001\ud83d\ude00'");
        expected.put("\u00e9 \u00fc", "'\u00e9 \u00fc'");
        expected.forEach((text, repr) -> assertThat(PythonText.repr(text)).isEqualTo(repr));
    }

    @Test
    void floatsAreWrittenAsReprDoes() {
        Map<Double, String> expected = new LinkedHashMap<>();
        expected.put(0.1, "0.1");
        expected.put(1.0, "1.0");
        expected.put(100.0, "100.0");
        expected.put(123456789.125, "123456789.125");
        expected.put(1e15, "1000000000000000.0");
        expected.put(1e16, "1e+16");
        expected.put(1.2345678901234568E17, "1.2345678901234568e+17");
        expected.put(0.0001, "0.0001");
        expected.put(0.00001, "1e-05");
        expected.put(1.5e300, "1.5e+300");
        expected.put(4.9E-324, "5e-324");
        expected.put(0.30000000000000004, "0.30000000000000004");
        expected.put(Double.POSITIVE_INFINITY, "inf");
        expected.put(Double.NEGATIVE_INFINITY, "-inf");
        expected.forEach((number, repr) -> assertThat(PythonText.repr(number)).isEqualTo(repr));
    }
}
