package io.jenkins.plugins.dbtslim.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
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
    void findsWhatItWouldMask() {
        assertThat(mask.finds("password=" + SECRET)).isTrue();
        assertThat(mask.finds(SECRET.substring(1) + SECRET.substring(0, 5))).isFalse();
        assertThat(new SecretMask(List.of()).isEmpty()).isTrue();
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

    /** The characters that hold its ends are of what stands beside it, too, and go with it. */
    @ParameterizedTest
    @ValueSource(strings = {"", "u:", "us:", "user:"})
    void nothingOfItIsLeftAtTheEndsOfItsBase64(String before) {
        for (String secret : List.of("pass#word;--", "p@ss'w\"ord", "gr\u00fcn\u00df\u00e9x")) {
            String text = Base64.getEncoder().encodeToString((before + secret).getBytes(StandardCharsets.UTF_8));
            String masked = new SecretMask(List.of(secret)).mask("Basic " + text + ", so");
            assertThat(masked).isEqualTo("Basic " + text.substring(0, before.length() / 3 * 4) + "****, so");
        }
    }

    /** As Python shows bytes, and what a terminal's encoding lacks; and a text of JSON in a text of JSON. */
    @Test
    void masksWhatPythonMakesOfOtherLetters() {
        SecretMask other = new SecretMask(List.of("gr\u00fcn\ud83d\udd11 \"x\""));
        for (String form : List.of(
                "gr\\xc3\\xbcn\\xf0\\x9f\\x94\\x91 \"x\"",
                "gr\\xfcn\\U0001f511 \"x\"",
                "gr\u00fcn\ud83d\udd11 \\\\\\\"x\\\\\\\"")) {
            assertThat(other.mask("a " + form + " b")).isEqualTo("a **** b");
        }
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

    /** As the tools at hand write it: Python's quote and quote_plus, SQL, HTML, XML, hexadecimal, shells, Python's repr. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "p%2Ass~w/rd%28x%29%27%22z",
                "p%2ass~w%2frd%28x%29%27%22z",
                "p*ss%7Ew%2Frd(x)%27%22z",
                "p%252Ass~w/rd%2528x%2529%2527%2522z",
                "p*ss~w/rd(x)''\"z",
                "p*ss~w/rd(x)''\"\"z",
                "p*ss~w/rd&#40;x&#41;&#39;&quot;z",
                "p*ss~w/rd&#x28;x&#X29;&apos;&#34;z",
                "p*ss~w/rd(x)\\'\"z",
                "p\\*ss\\~w\\/rd\\(x\\)\\'\\\"z",
                "p*ss~w\\/rd(x)\\u0027\\u0022z",
                "p*ss~w/rd(x)\\x27\\\"z",
                "p*ss~w/rd(x)'\\''\"z",
                "702a73737e772f726428782927227a",
                "702A73737E772F726428782927227a"
            })
    void masksItAsToolsSpellIt(String spelled) {
        assertThat(new SecretMask(List.of("p*ss~w/rd(x)'\"z")).mask("got " + spelled + "!"))
                .isEqualTo("got ****!");
    }

    @Test
    void masksBase64ThatIsWrapped() {
        String secret = "a long secret, as a token of some service may well be";
        String wrapped = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(("login: somebody with a name, password: " + secret + "; and so on for a while")
                        .getBytes(StandardCharsets.UTF_8));
        String masked = new SecretMask(List.of(secret)).mask(wrapped);
        String core =
                Base64.getEncoder().withoutPadding().encodeToString("token of some".getBytes(StandardCharsets.UTF_8));
        assertThat(wrapped.lines().count()).isGreaterThan(2);
        assertThat(masked.lines().filter(line -> line.contains("****"))).hasSize(2);
        assertThat(masked).doesNotContain(core.substring(4, 12));
    }

    @Test
    void longKeysAreMaskedToo() {
        String key = ("MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC" + "x".repeat(12) + "\n").repeat(40);
        String masked = new SecretMask(List.of(key)).mask("key: " + key + key.replace("\n", "\\n"));
        assertThat(masked).doesNotContain("MIIEvQ");
    }

    @Test
    void knowsSecretsByTheNamesOfTheirVariables() {
        assertThat(List.of(
                        "MZ_PASSWORD",
                        "PGPASSWORD",
                        "SNOWFLAKE_PASSWORD",
                        "DBT_ENV_SECRET_GIT",
                        "AWS_SECRET_ACCESS_KEY",
                        "AWS_SESSION_TOKEN",
                        "SNOWFLAKE_PRIVATE_KEY_PASSPHRASE",
                        "databricks_token",
                        "API_KEY_2"))
                .allMatch(SecretMask::isSecretName);
        assertThat(List.of("AWS_ACCESS_KEY_ID", "MZ_USER", "SNOWFLAKE_PRIVATE_KEY_PATH", "TOKEN_URL", "MONKEY", "PATH"))
                .noneMatch(SecretMask::isSecretName);
        SecretMask mask = SecretMask.ofEnvironment(Map.of("SNOWFLAKE_PASSWORD", "s3cr3t!", "MZ_USER", "somebody"));
        assertThat(mask.mask("somebody has s3cr3t!")).isEqualTo("somebody has ****");
    }
}
