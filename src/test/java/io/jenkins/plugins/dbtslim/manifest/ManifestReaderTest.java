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
        refused(file, "is cut off at byte ");
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
                "<<<<<<< HEAD|has conflict markers of a merge by git",
                "\ufeff{}|begins with a byte order mark",
                "nonsense|is not valid JSON at byte",
                "{\"metadata\":{\"a\":|is cut off at byte 17: its end is missing",
                "{\"a\":1}|has no metadata",
                "{\"metadata\":{\"dbt_version\":\"1.9.0\"}}|its metadata has no dbt_schema_version",
                "{\"metadata\":[]}|its metadata is no object",
                "{\"metadata\":nothing}|is not valid JSON at byte 12: Unrecognized token 'nothing'",
                "{\"metadata\":{\"dbt_schema_version\":\"https://schemas.getdbt.com/dbt/manifest/v3.json\"}}|has manifest schema v3",
                "{\"metadata\":{\"dbt_schema_version\":\"https://schemas.getdbt.com/dbt/manifest/v13.json\"}}|update this tool",
                "{\"metadata\":{\"dbt_schema_version\":\"https://schemas.getdbt.com/dbt/manifest/v20.json\"}}|early preview of dbt 2 (schema v20), which kept no code; let a current dbt write it again",
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
    void packedTwiceIsSaid() throws IOException {
        Path file = folder.resolve("manifest.json.gz");
        try (OutputStream out = new GZIPOutputStream(new GZIPOutputStream(Files.newOutputStream(file)))) {
            out.write("{}".getBytes(StandardCharsets.UTF_8));
        }
        refused(file, "is packed with gzip twice: pack it once");
    }

    @Test
    void namesTheOffsetOfBrokenJson() throws IOException {
        refused(
                file("{" + METADATA + ",\"nodes\":{]}"),
                ReadLimits.defaults(),
                "is not valid JSON at byte ",
                "; fetch or write it again");
    }

    @Test
    void refusesWhatGoesBeyondALimit() throws IOException {
        Path file = file("{" + METADATA + ",\"nodes\":{" + MODEL.replace("select 1", "x".repeat(9000)) + "}}");
        ReadLimits good = ReadLimits.defaults();

        assertThat(ManifestReader.read(file).resources()).hasSize(1);
        refused(
                file,
                new ReadLimits(1000, 1 << 16, 100, Long.MAX_VALUE),
                "more names and configs",
                "dbtslim.read.indexBytes");
        refused(
                file,
                new ReadLimits(1000, 1 << 16, good.retained(), 2000),
                "is larger than the limit of 2000 bytes",
                "dbtslim.read.fileBytes");
        refused(
                file,
                new ReadLimits(2, 1 << 16, good.retained(), Long.MAX_VALUE),
                "goes beyond a limit at byte 156: values are nested more than 2 deep");
        refused(
                file("{" + METADATA + ",\"nodes\":{" + MODEL.replace("view", "x".repeat(200_000)) + "}}"),
                new ReadLimits(1000, 1 << 16, good.retained(), Long.MAX_VALUE),
                "goes beyond a limit at byte ",
                ": one value takes more than 65536 characters",
                "dbtslim.read.valueBytes");
    }

    @Test
    void takesNullAndOtherTypesWhereDbtDoes() throws IOException {
        String nulls =
                "\"fqn\":null,\"tags\":null,\"config\":null,\"depends_on\":null,\"columns\":null,\"description\":null,"
                        + "\"raw_code\":null,\"checksum\":null,\"contract\":null,\"test_metadata\":null,\"patch_path\":null";
        Manifest manifest = ManifestReader.read(
                file(
                        "{" + METADATA + ",\"nodes\":{\"model.shop.a\":{" + nulls
                                + "},\"model.shop.b\":null},\"sources\":null,\"macros\":{\"macro.shop.m\":null,\"macro.shop.n\":"
                                + "{\"macro_sql\":null,\"depends_on\":null}},\"disabled\":null,\"selectors\":null,\"child_map\":null}"));

        assertThat(manifest.resources()).extracting(Resource::uniqueId).containsExactly("model.shop.a");
        assertThat(manifest.resource("model.shop.a").resourceType()).isEqualTo("model");
        assertThat(manifest.resource("model.shop.a").dependsOn()).isEmpty();
        assertThat(manifest.macros()).containsOnlyKeys("macro.shop.n");
    }

    /** dbt notes a macro that is gone as null; a null in a path is nothing. */
    @Test
    void leavesNullsOutOfPaths() throws IOException {
        Manifest manifest =
                ManifestReader.read(file("{" + METADATA + ",\"nodes\":{\"model.shop.a\":{\"fqn\":[null,\"a\"]}}}"));
        assertThat(manifest.resource("model.shop.a").fqn()).containsExactly("a");
    }

    /** As it stands in a sentence, a text from the file forges no line and colours no terminal. */
    @Test
    void showsNoControlCharactersOfTheFile() throws IOException {
        Path file = file("{" + METADATA + ",\"nodes\":x\u001b[31my\u009b}");
        assertThatThrownBy(() -> ManifestReader.read(file))
                .satisfies(e ->
                        assertThat(e.getMessage()).contains("is not valid JSON").doesNotContainPattern("\\p{Cntrl}"));
    }

    @Test
    void checksTheWholeFile() throws IOException {
        assertThat(ManifestReader.check(file("{\"a\":[1]," + METADATA + ",\"nodes\":{" + MODEL + "}} "))
                        .projectName())
                .isEqualTo("shop");
        String[][] bad = {
            {",\"nodes\":{", "is cut off at byte "},
            {"}}", "is not valid JSON at byte "},
            {"}{}", "something follows its end at byte "},
            {",\"x\":" + "[".repeat(3000), "goes beyond a limit at byte "},
            {",\"x\":" + "9".repeat(20_000) + "}", "a number of more than 10000 digits"}
        };
        for (String[] end : bad) {
            Path file = file("{" + METADATA + end[0]);
            assertThatThrownBy(() -> ManifestReader.check(file))
                    .as(end[0].substring(0, 2))
                    .isInstanceOf(ManifestException.class)
                    .hasMessageStartingWith(file.toString())
                    .hasMessageContaining(end[1]);
        }
    }

    @Test
    void refusesWhatFollowsTheEnd() throws IOException {
        refused(file("{" + METADATA + "}\n{}"), "something follows its end at byte 132");
        assertThat(ManifestReader.read(file("{" + METADATA + "} \n")).resources())
                .isEmpty();
    }

    @Test
    void takesLimitsFromSystemProperties() throws ManifestException {
        assertThat(ReadLimits.defaults().depth()).isEqualTo(1000);
        System.setProperty("dbtslim.read.depth", "7");
        try {
            assertThat(ReadLimits.defaults().depth()).isEqualTo(7);
            System.setProperty("dbtslim.read.depth", "many");
            assertThatThrownBy(ReadLimits::defaults).hasMessage("dbtslim.read.depth is a whole number, not \"many\".");
            System.setProperty("dbtslim.read.depth", "5000");
            assertThatThrownBy(ReadLimits::defaults).hasMessage("dbtslim.read.depth is from 1 to 1000, not 5000.");
        } finally {
            System.clearProperty("dbtslim.read.depth");
        }
    }

    /** As deep as is allowed at all, with the stack that a thread has by default. */
    @Test
    void nestsAsDeepAsTheLimitOnADefaultStack() throws Exception {
        Path deep = file("{" + METADATA + ",\"nodes\":{\"model.shop.a\":{\"config\":{\"meta\":" + "[".repeat(990)
                + "]".repeat(990) + "}}},\"future\":" + "{\"a\":".repeat(990) + "1" + "}".repeat(990) + "}");
        ReadLimits limits = new ReadLimits(1000, 1 << 16, 1 << 24, Long.MAX_VALUE);
        Object[] found = new Object[1];
        Thread other = new Thread(
                null,
                () -> {
                    try {
                        found[0] = ManifestReader.read(deep, limits).resources().size();
                    } catch (IOException | StackOverflowError e) {
                        found[0] = e;
                    }
                },
                "default stack",
                1 << 20);
        other.start();
        other.join();

        assertThat(found[0]).isEqualTo(1);
        refused(
                file("{" + METADATA + ",\"future\":" + "[".repeat(100_000)),
                "goes beyond a limit at byte 1140: values are nested more than 1000 deep");
    }

    @Test
    void saysThatAFileIsMissing() throws ManifestException {
        refused(folder.resolve("nowhere.json"), "does not exist");
    }

    private void refused(Path file, String sentence) throws ManifestException {
        refused(file, ReadLimits.defaults(), sentence);
    }

    private static void refused(Path file, ReadLimits limits, String... sentences) {
        assertThatThrownBy(() -> ManifestReader.read(file, limits))
                .isInstanceOf(ManifestException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContainingAll(sentences);
    }

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("manifest.json"), content);
    }
}
