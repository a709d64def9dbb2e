package io.jenkins.plugins.dbtslim.secret;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets in files that dbt leaves: each form is found, wherever it lies, and JSON stays JSON. */
class SecretScrubTest {
    private static final String SECRET = "p\"ss'w ö\\rd$1/x";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private static String search(String text, boolean json, String... secrets) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new SecretSearch(SecretLiterals.of(List.of(secrets)), json)
                .copy(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void textIsMaskedInEveryForm() throws Exception {
        for (String form : SecretLiterals.of(List.of(SECRET))) {
            assertThat(search("a " + form + " b", false, SECRET)).isEqualTo("a **** b");
        }
    }

    @Test
    void jsonStaysJson() throws Exception {
        for (String form : SecretLiterals.of(List.of(SECRET))) {
            for (String value : List.of("a" + form, form + "\\", "\n" + form + "\"", "\\" + form + form)) {
                String text = JSON.writeValueAsString(List.of(value, 1));
                JsonNode read = JSON.readTree(search(text, true, SECRET));
                assertThat(read.get(0).asText()).doesNotContain(form).contains("****");
                assertThat(read.get(1).asInt()).isEqualTo(1);
            }
        }
    }

    /** The end of one escape and the start of a word are no secret: what is read is another text. */
    @Test
    void escapesAreReadWhole() throws Exception {
        String text = JSON.writeValueAsString(List.of("x\nabcd"));
        assertThat(search(text, true, "nabcd")).isEqualTo(text);
    }

    @Test
    void aNumberIsReplacedAsAWhole() throws Exception {
        assertThat(search(
                        "{\"a\": 12345678, \"b\": 0.123456789, \"c\": \"x12345678y\", \"d\": 12345678}",
                        true,
                        "12345678"))
                .isEqualTo("{\"a\": 0, \"b\": 0.123456789, \"c\": \"x****y\", \"d\": 0}");
    }

    @Test
    void blocksHaveNoSeams() throws Exception {
        Random random = new Random(7);
        for (int round = 0; round < 40; round++) {
            int before = (1 << 16) - 30 + random.nextInt(60);
            byte[] noise = new byte[before];
            Arrays.fill(noise, (byte) 'p');
            String text =
                    new String(noise, StandardCharsets.US_ASCII) + SECRET + "p".repeat(random.nextInt(90_000)) + SECRET;
            assertThat(search(text, false, SECRET)).isEqualTo(text.replace(SECRET, "****"));
        }
    }

    @Test
    void filesAreMaskedOrDeletedAndOthersLeftAlone() throws Exception {
        Instant start = Instant.now().minusSeconds(60);
        Path sql = write("target/compiled/a.sql", "select '" + SECRET + "'");
        Path json = write("target/manifest.json", JSON.writeValueAsString(List.of(SECRET)));
        Path packed = write("target/partial_parse.msgpack", "\u0001" + SECRET);
        Path clean = write("target/graph.gpickle", "\u0001nothing");
        Path log = write(
                "logs/dbt.log",
                Base64.getEncoder().withoutPadding().encodeToString(SECRET.getBytes(StandardCharsets.UTF_8)));
        Path old = write("target/old.sql", SECRET);
        Files.setLastModifiedTime(old, java.nio.file.attribute.FileTime.from(start.minusSeconds(60)));
        SecretScrub scrub = new SecretMask(List.of(SECRET)).scrub();
        scrub.clean(folder, start);
        scrub.clean(folder.resolve("missing"), start);
        assertThat(sql).hasContent("select '****'");
        assertThat(JSON.readTree(json.toFile()).get(0).asText()).isEqualTo("****");
        assertThat(packed).doesNotExist();
        assertThat(clean).exists();
        assertThat(log).hasContent("****");
        assertThat(old).hasContent(SECRET);
        assertThat(scrub.found()).isEqualTo(4);
        assertThat(folder.resolve("target")).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void withoutSecretsNothingIsRead() throws Exception {
        Path file = write("a.bin", "x");
        SecretScrub scrub = new SecretMask(List.of("abc")).scrub();
        scrub.clean(folder, Instant.EPOCH);
        assertThat(file).exists();
        assertThat(scrub.found()).isZero();
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
