package io.jenkins.plugins.dbtslim.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading manifests: what is kept, every order and shape of the keys, and each kind of bad input with its sentence. */
class ManifestReaderTest {
    private static final String METADATA = "\"metadata\":{\"dbt_schema_version\":"
            + "\"https://schemas.getdbt.com/dbt/manifest/v12.json\",\"dbt_version\":\"1.9.11\",\"project_name\":\"shop\"}";
    private static final String MODEL =
            "\"model.shop.a\":{\"resource_type\":\"model\",\"name\":\"a\",\"fqn\":[\"shop\",\"a\"],"
                    + "\"package_name\":\"shop\",\"original_file_path\":\"models/a.sql\",\"raw_code\":\"select 1\","
                    + "\"config\":{\"materialized\":\"view\",\"tags\":[\"x\"]},\"depends_on\":{\"nodes\":[\"model.shop.b\"]}}";

    @TempDir
    Path folder;

    @Test
    void keepsWhatSelectorsNeed() throws IOException {
        Manifest manifest = ManifestReader.read(file("{" + METADATA + ",\"nodes\":{" + MODEL + "}}"));

        assertThat(manifest.metadata().dbtVersion()).isEqualTo("1.9.11");
        assertThat(manifest.metadata().projectName()).isEqualTo("shop");
        Resource model = manifest.resource("model.shop.a");
        assertThat(model.resourceType()).isEqualTo("model");
        assertThat(model.name()).isEqualTo("a");
        assertThat(model.fqn()).containsExactly("shop", "a");
        assertThat(model.dependsOn()).containsExactly("model.shop.b");
        assertThat(model.config()).isEqualTo(Map.of("materialized", "view", "tags", List.of("x")));
        assertThat(model.materialized()).isEqualTo("view");
        assertThat(model.access()).isEqualTo("protected");
        assertThat(model.enabled()).isTrue();
    }

    @Test
    void takesKeysInAnyOrderAndSkipsUnknownOnes() throws IOException {
        Manifest manifest = ManifestReader.read(file("{\"future\":[{\"a\":[1]}],\"child_map\":null,\"nodes\":{" + MODEL
                + "},\"macros\":null," + METADATA + "}"));

        assertThat(manifest.resources()).extracting(Resource::uniqueId).containsExactly("model.shop.a");
        assertThat(manifest.macros()).isEmpty();
    }

    @Test
    void readsGzip() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(("{" + METADATA + ",\"nodes\":{" + MODEL + "}}").getBytes(StandardCharsets.UTF_8));
        }
        Path file = folder.resolve("manifest.json.gz");
        Files.write(file, bytes.toByteArray());

        assertThat(ManifestReader.read(file).resources()).hasSize(1);
        assertThat(ManifestReader.readMetadata(file).schemaVersion()).isEqualTo(12);
        Files.write(file, java.util.Arrays.copyOf(bytes.toByteArray(), bytes.size() - 40));
        refused(file, "is cut off: its end is missing");
    }

    @Test
    void lastOfDuplicateKeysWins() throws IOException {
        Manifest manifest = ManifestReader.read(
                file(
                        "{" + METADATA + ",\"nodes\":{\"model.shop.a\":{\"name\":\"old\","
                                + "\"config\":{\"a\":1,\"a\":2}},\"model.shop.a\":{\"name\":\"x\",\"name\":\"new\",\"config\":{\"a\":1,\"a\":2}}}}"));

        assertThat(manifest.resource("model.shop.a").name()).isEqualTo("new");
        assertThat(manifest.resource("model.shop.a").config()).isEqualTo(Map.of("a", 2L));
    }

    @Test
    void takesLoneSurrogatesNanAndDeepNesting() throws IOException {
        String deep = "[".repeat(400) + "]".repeat(400);
        Manifest manifest =
                ManifestReader.read(file("{" + METADATA + ",\"nodes\":{\"model.shop.a\":{\"raw_code\":\"\\udc00\","
                        + "\"config\":{\"nan\":NaN,\"inf\":-Infinity,\"big\":123456789012345678901234567890,\"deep\":"
                        + deep + "}}}}"));

        Resource model = manifest.resources().iterator().next();
        assertThat(model.config().get("nan")).isEqualTo(Double.NaN);
        assertThat(model.config().get("inf")).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(model.config().get("big")).isEqualTo(new java.math.BigInteger("123456789012345678901234567890"));
        refused(
                file("{" + METADATA + ",\"nodes\":{\"model.shop.\\ud800\":{}}}"),
                "Broken surrogate pair in field name");
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 6, 7, 8, 9, 10, 11, 12})
    void acceptsEverySchemaSinceDbtOne(int version) throws IOException {
        Path file = file("{" + METADATA.replace("v12", "v" + version) + "}");

        assertThat(ManifestReader.readMetadata(file).schemaVersion()).isEqualTo(version);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "~~|is empty",
                "~  \n ~|is empty",
                "<html>Sign in</html>|is a web page or XML, not JSON",
                "[1]|is JSON, but no object",
                "nonsense|is not valid JSON at byte",
                "{\"metadata\":{\"a\":|is cut off: its end is missing",
                "{\"a\":1}|has no metadata",
                "{\"metadata\":{\"dbt_version\":\"1.9.0\"}}|its metadata has no dbt_schema_version",
                "{\"metadata\":[]}|its metadata is no object",
                "{\"metadata\":{\"dbt_schema_version\":\"https://schemas.getdbt.com/dbt/manifest/v3.json\"}}|has manifest schema v3",
                "{\"metadata\":{\"dbt_schema_version\":\"https://schemas.getdbt.com/dbt/manifest/v13.json\"}}|update this tool",
                "{\"metadata\":{\"dbt_schema_version\":\"https://schemas.getdbt.com/dbt/run-results/v6.json\"}}|dbt's run-results artifact",
            })
    void refusesWithOneSentence(String content, String sentence) throws IOException {
        refused(file(content), sentence);
        assertThatThrownBy(() -> ManifestReader.readMetadata(file(content)))
                .isInstanceOf(ManifestException.class)
                .hasMessageContaining(sentence)
                .hasMessageStartingWith(folder.toString());
    }

    @Test
    void namesTheOffsetOfBrokenJson() throws IOException {
        refused(file("{" + METADATA + ",\"nodes\":{]}"), "is not valid JSON at byte ");
    }

    @Test
    void refusesWhatGoesBeyondALimit() throws IOException {
        Path file = file("{" + METADATA + ",\"nodes\":{" + MODEL.replace("select 1", "x".repeat(9000)) + "}}");
        ReadLimits good = ReadLimits.defaults();

        assertThat(ManifestReader.read(file).resources()).hasSize(1);
        refused(file, new ReadLimits(1000, 5000, good.retained(), Long.MAX_VALUE), "goes beyond a limit at byte");
        refused(file, new ReadLimits(1000, 50_000, 100, Long.MAX_VALUE), "more names and configs");
        refused(file, new ReadLimits(1000, 50_000, good.retained(), 2000), "is larger than the limit of 2000 bytes");
        refused(file, new ReadLimits(2, 50_000, good.retained(), Long.MAX_VALUE), "goes beyond a limit");
    }

    @Test
    void saysThatAFileIsMissing() {
        refused(folder.resolve("nowhere.json"), "does not exist");
    }

    private void refused(Path file, String sentence) {
        refused(file, ReadLimits.defaults(), sentence);
    }

    private static void refused(Path file, ReadLimits limits, String sentence) {
        assertThatThrownBy(() -> ManifestReader.read(file, limits))
                .isInstanceOf(ManifestException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(sentence);
    }

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("manifest.json"), content);
    }
}
