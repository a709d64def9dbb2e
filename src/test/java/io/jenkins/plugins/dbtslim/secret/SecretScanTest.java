package io.jenkins.plugins.dbtslim.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A secret in a JSON file is found with its place, and the file stays as it is. */
class SecretScanTest {
    private static final String SECRET = "pa\"ss/w\u00f6rd";

    @TempDir
    private Path folder;

    private String find(String json, String... secrets) throws IOException {
        Path file = Files.writeString(folder.resolve("manifest.json"), json);
        String found = SecretScan.find(file, new SecretMask(List.of(secrets)));
        assertThat(file).hasContent(json);
        return found;
    }

    @Test
    void namesTheNode() throws IOException {
        assertThat(find(
                        "{\"metadata\": {}, \"nodes\": {\"model.shop.a\": {\"compiled_code\": \"select 'pa\\\"ss/w\\u00f6rd'\"}}}",
                        SECRET))
                .isEqualTo("/nodes/model.shop.a/compiled_code");
        assertThat(find("{\"nodes\": {\"model.shop.a\": {\"tags\": [\"x\", \"cGEic3MvdzZyZA\"]}}}", "pa\"ss/w6rd"))
                .isEqualTo("/nodes/model.shop.a/tags/1");
    }

    @Test
    void aNumberAndANameMayBeSecretsToo() throws IOException {
        assertThat(find("{\"meta\": {\"pin\": 12345678}}", "12345678")).isEqualTo("/meta/pin");
        assertThat(find("{\"meta\": {\"sw0rdfish\": 1}}", "sw0rdfish")).isEqualTo("/meta/****");
    }

    @Test
    void findsNothingWhereNothingIs() throws IOException {
        assertThat(find("{\"meta\": [true, null, 1.5, \"sw0rdfis\", {}]}", "sw0rdfish"))
                .isNull();
        assertThat(find("{\"meta\": \"abc\"}", "abc")).as("too short to mask").isNull();
        assertThat(find("{\"meta\": \"sw0rdfish\"}")).as("no secrets").isNull();
        assertThat(find("{\"meta\": [1, ", "sw0rdfish")).as("cut off").isNull();
    }

    /** A hostile project nests as deep as it likes. */
    @Test
    void depthIsNoLimit() throws IOException {
        assertThat(find("[".repeat(5000) + "\"sw0rdfish\"" + "]".repeat(5000), "sw0rdfish"))
                .isEqualTo("/0".repeat(5000));
    }
}
