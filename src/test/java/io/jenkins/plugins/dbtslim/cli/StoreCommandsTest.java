package io.jenkins.plugins.dbtslim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.cli.StoreBench.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fetch and publish, as a user runs them, on a store that works. */
class StoreCommandsTest {
    @TempDir
    private Path folder;

    private StoreBench bench;

    @BeforeEach
    void open() throws IOException {
        bench = new StoreBench(folder);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void publishedManifestComesBackWithItsProvenance() throws IOException {
        Path manifest = bench.manifest("shop", 300_000);
        Result published = bench.publish(manifest, "--build", "https://ci.example/job/shop/42/", "--commit", "c0ffee");
        Result fetched = bench.fetch();

        assertThat(published.err()).isEmpty();
        assertThat(fetched.err()).isEmpty();
        assertThat(published.status()).isZero();
        assertThat(fetched.status()).isZero();
        assertThat(bench.state.resolve("manifest.json")).hasSameBinaryContentAs(manifest);
        assertThat(Files.readString(bench.state.resolve("provenance.json")))
                .contains("\"build\" : \"https://ci.example/job/shop/42/\"", "\"commit\" : \"c0ffee\"", bench.uri);
        assertThat(fetched.out())
                .containsExactly(
                        "Using AWS_ACCESS_KEY_ID of the environment",
                        "Fetched " + bench.uri
                                + " (0.3 MB, dbt 1.9.4, generated 2026-11-20T10:00:00.000000Z, published by"
                                + " https://ci.example/job/shop/42/)");
        assertThat(bench.proxy.requests())
                .containsExactly(
                        "HEAD /" + bench.bucket + "/shop/manifest.json",
                        "PUT /" + bench.bucket + "/shop/manifest.json",
                        "HEAD /" + bench.bucket + "/shop/manifest.json",
                        "GET /" + bench.bucket + "/shop/manifest.json");
    }
}
