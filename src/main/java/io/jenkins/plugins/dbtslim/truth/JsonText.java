package io.jenkins.plugins.dbtslim.truth;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Texts as Python writes them in JSON: plain ASCII, so that no character can be one that UTF-8 has not. */
final class JsonText {
    private JsonText() {}

    static byte[] quoted(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                json.append("\\u").append(HexFormat.of().toHexDigits(c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString().getBytes(StandardCharsets.US_ASCII);
    }
}
