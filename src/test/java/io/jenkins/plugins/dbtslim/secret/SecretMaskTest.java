package io.jenkins.plugins.dbtslim.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No form of a secret is left in a text. */
class SecretMaskTest {
    private static final String SECRET = "s3cr'et $\"pä/ss+wörd\\";
    private final SecretMask mask = new SecretMask(List.of(SECRET));

    @Test
    void masksItAsItIs() {
        assertThat(mask.mask("password=" + SECRET + ";")).isEqualTo("password=****;");
    }

    @Test
    void masksItInUrls() {
        String encoded = URLEncoder.encode(SECRET, StandardCharsets.UTF_8);
        assertThat(mask.mask("postgres://me:" + encoded + "@host")).isEqualTo("postgres://me:****@host");
        assertThat(mask.mask("postgres://me:" + encoded.replace("+", "%20") + "@host"))
                .isEqualTo("postgres://me:****@host");
    }

    @Test
    void masksItInJson() {
        assertThat(mask.mask("{\"p\": \"s3cr'et $\\\"pä/ss+wörd\\\\\"}")).isEqualTo("{\"p\": \"****\"}");
        assertThat(mask.mask("{\"p\": \"s3cr'et $\\\"p\\u00e4/ss+w\\u00f6rd\\\\\"}"))
                .isEqualTo("{\"p\": \"****\"}");
    }

    @Test
    void masksItQuotedForShells() {
        assertThat(mask.mask("x 's3cr'\\''et $\"pä/ss+wörd\\'")).isEqualTo("x '****'");
        assertThat(mask.mask("x 's3cr'\"'\"'et $\"pä/ss+wörd\\'")).isEqualTo("x '****'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "ab", "user:", "MZ_USER:"})
    void masksItsBase64BehindAnything(String before) {
        String text = Base64.getEncoder().encodeToString((before + SECRET + "@tail").getBytes(StandardCharsets.UTF_8));
        String core = Base64.getEncoder().encodeToString(SECRET.substring(2, 12).getBytes(StandardCharsets.UTF_8));
        assertThat(mask.mask(text)).contains("****").doesNotContain(core);
        assertThat(mask.mask(text).replace("****", "").length()).isLessThan(before.length() * 2 + 24);
    }

    @Test
    void masksEachLineOfASecretWithManyLines() {
        SecretMask lines = new SecretMask(List.of("-----BEGIN KEY-----\n  abcdefgh\n12\n"));
        assertThat(lines.mask("got abcdefgh and 12")).isEqualTo("got **** and 12");
    }

    @Test
    void leavesShortSecretsAlone() {
        assertThat(new SecretMask(List.of("abc")).mask("abc is everywhere")).isEqualTo("abc is everywhere");
        assertThat(new SecretMask(List.of()).mask("abc")).isEqualTo("abc");
    }

    @Test
    void prefersTheLongestForm() {
        SecretMask both = new SecretMask(List.of("secret", "secretary"));
        assertThat(both.mask("secretary")).isEqualTo("****");
    }
}
