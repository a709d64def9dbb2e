package io.jenkins.plugins.dbtslim.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files beyond 2 GB, packed on disk, are read in little memory where nobody looks, and mistakes in them are found. */
class ManifestExtremesTest {
    private static final long LITTLE = 24 << 20;
    private static final long COMPARED = 1_500_000;
    private static final String HEAD = "{\"metadata\":{\"dbt_schema_version\":"
            + "\"https://schemas.getdbt.com/dbt/manifest/v12.json\",\"dbt_version\":\"1.9.11\"},\"nodes\":{";

    @TempDir
    Path folder;

    private long allocated;

    @Test
    void skipsLongTextsInLittleMemory() throws IOException {
        Path file = file(50_000_000L, "}}");

        Manifest manifest = read(file);

        assertThat(manifest.resources()).hasSize(1);
        assertThat(allocated).isLessThan(LITTLE);
        ResourceText text = ManifestTexts.read(file, Set.of("model.shop.a")).get("model.shop.a");
        assertThat(text.rawCode()).hasSize(ManifestTexts.LONGEST_TEXT + 1).endsWith("…");
    }

    @Test
    @Tag("long")
    void skipsTextsOfHundredsOfMegabytes() throws IOException {
        Manifest manifest = read(file(300_000_000, "}}"));

        assertThat(manifest.resources()).hasSize(1);
        assertThat(allocated).isLessThan(LITTLE);
    }

    @Test
    @Tag("long")
    void findsAMistakeBeyondTwoGigabytes() throws IOException {
        Path file = file(2_550_000_000L, ",}}");

        assertThatThrownBy(() -> read(file))
                .isInstanceOf(ManifestException.class)
                .hasMessageMatching(".* is not valid JSON at byte 255\\d{7}: Unexpected character \\('}'.*");
        assertThat(allocated).isLessThan(LITTLE);
    }

    @Test
    @Tag("long")
    void readsMoreThanTwoGigabytes() throws IOException {
        Path file = file(2_550_000_000L, ",\"model.shop.b\":{\"name\":\"b\",\"description\":\"last\"}}}");

        assertThat(read(file).resource("model.shop.b").name()).isEqualTo("b");
        assertThat(ManifestTexts.read(file, Set.of("model.shop.b"))
                        .get("model.shop.b")
                        .description())
                .isEqualTo("last");
    }

    /** A model with three texts (what is compared, what is shown, and of a size what is skipped), and what follows it. */
    private Path file(long skipped, String rest) throws IOException {
        Path file = folder.resolve("manifest.json.gz");
        byte[] piece = "select a, b from c\\n".repeat(5000).getBytes(StandardCharsets.US_ASCII);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file), 1 << 16)) {
            String before = HEAD + "\"model.shop.a\":{";
            for (String key : new String[] {"raw_code", "description", "compiled_code"}) {
                out.write((before + "\"" + key + "\":\"").getBytes(StandardCharsets.US_ASCII));
                for (long left = key.startsWith("compiled") ? skipped : COMPARED; left > 0; left -= piece.length) {
                    // Not in the middle of an escape.
                    out.write(piece, 0, left < piece.length ? (int) left / 20 * 20 : piece.length);
                }
                out.write('"');
                before = ",";
            }
            out.write(("}" + rest).getBytes(StandardCharsets.US_ASCII));
        }
        return file;
    }

    private Manifest read(Path file) throws ManifestException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        try {
            return ManifestReader.read(file);
        } finally {
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
    }
}
