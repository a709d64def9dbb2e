package io.jenkins.plugins.dbtslim.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which names of the database a manifest uses. */
class DatabaseNamesTest {
    @TempDir
    Path folder;

    @Test
    void areThoseOfNodesAndSources() throws IOException {
        Path manifest = Files.writeString(folder.resolve("manifest.json"), """
                {"metadata": {"schema": "no"},
                 "nodes": {
                   "model.shop.a": {"schema": "marts", "database": "warehouse", "name": "a",
                                    "config": {"cluster": "quick", "schema": "not_final"}},
                   "seed.shop.b": {"schema": null, "database": 7, "config": []},
                   "odd": "text"},
                 "sources": {"source.shop.c": {"schema": "raw", "database": "lake"}},
                 "disabled": {"model.shop.d": [{"schema": "no"}]}}
                """);
        assertThat(DatabaseNames.of(manifest)).containsExactly("lake", "marts", "quick", "raw", "warehouse");
    }

    @Test
    void aFileThatIsNoManifestSaysSo() throws IOException {
        Path file = Files.writeString(folder.resolve("manifest.json"), "[]");
        assertThatExceptionOfType(ManifestException.class).isThrownBy(() -> DatabaseNames.of(file));
    }
}
